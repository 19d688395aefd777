//! Articles of numbered lessons.

use dwell::format::article::read;

use super::utf8;

/// Every text is an article or an error, and an article has words of the text only, in its order.
pub(super) fn articles(input: &[u8]) {
    let Some(text) = utf8(input) else { return };
    let Ok(article) = read(text) else { return };
    assert!(!article.lessons.is_empty());
    let mut rest = text.chars().filter(|c| c.is_alphanumeric());
    let mut follow = |part: &str| {
        for wanted in part.chars().filter(|c| c.is_alphanumeric()) {
            assert!(rest.any(|c| c == wanted), "{part:?} is not in its place in the article");
        }
    };
    // The title may be that of the front matter, and a title of the text is then in the
    // introduction.
    follow(article.title.as_deref().unwrap_or_default());
    follow(article.introduction.as_deref().unwrap_or_default());
    for lesson in &article.lessons {
        assert!(!lesson.title.contains('\n') && !lesson.title.trim().is_empty());
        assert!(!lesson.story.trim().is_empty());
        follow(&lesson.title);
        follow(&lesson.story);
        follow(lesson.takeaway.as_deref().unwrap_or_default());
        follow(lesson.question.as_deref().unwrap_or_default());
    }
    follow(article.closing.as_deref().unwrap_or_default());
}
