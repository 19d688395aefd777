//! The last paragraphs of a lesson and of an article: what speaks to the reader, what is a
//! question, what closes the whole.

use unicode_segmentation::UnicodeSegmentation;

use crate::format::article::headings;
use crate::format::article::paragraphs::is_break;
use crate::journal::lesson::name::comparable;

/// Words that speak to the reader.
const READER: [&str; 12] = [
    "we",
    "us",
    "our",
    "ours",
    "ourselves",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
    "let's",
    "we're",
];

/// Beginnings of a paragraph after which an article ends. A text that begins with one of these
/// words only by chance goes on after it, so each stands as a title or before a sign.
const CLOSING_TITLES: [&str; 14] = [
    "conclusion",
    "in conclusion",
    "final thoughts",
    "final words",
    "closing thoughts",
    "wrapping up",
    "to sum up",
    "summary",
    "about the author",
    "further reading",
    "related articles",
    "related posts",
    "references",
    "sources",
];

/// Beginnings of a paragraph that are plainly said about the article or its author.
const ABOUT_ARTICLE: [&str; 10] = [
    "thanks for reading",
    "thank you for reading",
    "let me know",
    "leave a comment",
    "subscribe to",
    "follow me on",
    "originally published",
    "originally appeared",
    "this article was",
    "share this",
];

/// Words that are said about the article if the paragraph speaks to the reader.
const TO_READER: [&str; 12] = [
    "these lessons",
    "these rules",
    "this article",
    "this post",
    "in the comments",
    "leave a comment",
    "haven't seen",
    "haven't watched",
    "haven't read",
    "have not seen",
    "have not watched",
    "have not read",
];

/// Whether a paragraph speaks to the reader: `we`, `you` or `your` outside what somebody says.
pub(super) fn speaks_to_reader(paragraph: &str) -> bool {
    let spoken = without_speech(paragraph);
    spoken.unicode_words().any(|word| {
        let word = comparable(word);
        let stem = word.split('\'').next().unwrap_or_default();
        READER.contains(&word.as_str()) || matches!(stem, "we" | "you")
    })
}

/// The paragraph without what stands in double quotation marks.
fn without_speech(paragraph: &str) -> String {
    let mut outside = String::new();
    let mut is_inside = false;
    for c in paragraph.chars() {
        match c {
            '"' => is_inside = !is_inside,
            '\u{201c}' | '\u{ab}' | '\u{201e}' => is_inside = true,
            '\u{201d}' | '\u{bb}' => is_inside = false,
            _ if is_inside => {}
            _ => outside.push(c),
        }
    }
    // A mark without its other half belongs to nobody's speech.
    if is_inside { paragraph.to_owned() } else { outside }
}

/// The words after `Takeaway:`, if a paragraph begins so.
pub(super) fn labelled_takeaway(paragraph: &str) -> Option<String> {
    labelled(
        paragraph,
        &["takeaway", "the takeaway", "the lesson", "what we learn", "moral", "the moral"],
    )
}

/// The words after `Question:`, if a paragraph begins so.
pub(super) fn labelled_question(paragraph: &str) -> Option<String> {
    labelled(
        paragraph,
        &["question", "the question", "ask yourself", "reflect", "question for today"],
    )
    .filter(|question| !question.contains('\n'))
}

/// What follows one of these labels and a colon or a dash, without the signs of bold letters.
fn labelled(paragraph: &str, labels: &[&str]) -> Option<String> {
    let plain = paragraph.trim_start_matches(['*', '_']);
    let (label, text) = plain.split_once([':', '\u{2013}', '\u{2014}'])?;
    let label = comparable(label.trim_end_matches(['*', '_', ' ']));
    let text = text.trim_start_matches(['*', '_', ' ']).trim();
    (labels.contains(&label.as_str()) && !text.is_empty()).then(|| text.to_owned())
}

/// The place of the paragraph that closes the article, after the last lesson's text; the number of
/// paragraphs if none plainly does. The first paragraph is always the lesson's. `level` is that of
/// the headings of the lessons: one that is no deeper belongs to the article.
pub(super) fn start(body: &[String], level: Option<usize>) -> usize {
    let is_heading_of_article = |paragraph: &str| {
        let found = headings::markdown_level(paragraph);
        found.is_some_and(|found| level.is_some_and(|level| found <= level))
    };
    let closes = |at: &usize| {
        let paragraph = body[*at].as_str();
        let next = body.get(at + 1).map(String::as_str).unwrap_or_default();
        // A line between two parts of a story is no end; below a takeaway it is.
        let ends = is_break(paragraph)
            && *at + 1 < body.len()
            && (speaks_to_reader(&body[at - 1]) || is_closing(next) || is_heading_of_article(next));
        ends || is_heading_of_article(paragraph) || is_closing(paragraph)
    };
    (1..body.len()).find(closes).unwrap_or(body.len())
}

fn is_closing(paragraph: &str) -> bool {
    let plain = paragraph.trim_start_matches(['*', '_', '#', ' ']);
    let text = comparable(plain);
    let is_title = |title: &&str| {
        text.strip_prefix(*title).is_some_and(|rest| {
            rest.trim_start_matches(['*', '_']).is_empty()
                || rest.starts_with([',', ':', '.', '*', '\u{2013}', '\u{2014}'])
        })
    };
    CLOSING_TITLES.iter().any(is_title)
        || ABOUT_ARTICLE.iter().any(|words| text.starts_with(words))
        || (TO_READER.iter().any(|words| text.contains(words)) && speaks_to_reader(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_speaks_to_the_reader_outside_of_speech() {
        for text in [
            "We all start somewhere.",
            "Ask for what you\u{2019}re worth.",
            "This is your own basket.",
            "He said \"no\". You can too.",
            "Let\u{2019}s begin.",
        ] {
            assert!(speaks_to_reader(text), "{text}");
        }
        for text in [
            "He said, \u{201c}You have to go.\u{201d} And she went.",
            "She told him: \"we will see\".",
            "The weather was wet. Youth passed.",
        ] {
            assert!(!speaks_to_reader(text), "{text}");
        }
    }

    #[test]
    fn a_label_names_the_takeaway_and_the_question() {
        let takeaway = |text| labelled_takeaway(text);
        assert_eq!(takeaway("**Takeaway:** Begin."), Some("Begin.".to_owned()));
        assert_eq!(takeaway("The lesson \u{2013} begin."), Some("begin.".to_owned()));
        assert_eq!(takeaway("The lesson was long: it took an hour."), None);
        assert_eq!(labelled_question("*Question*: Who?"), Some("Who?".to_owned()));
        assert_eq!(labelled_question("Question: one\n- two"), None);
    }

    #[test]
    fn an_article_is_closed_by_a_title_a_break_or_words_on_itself() {
        let body = |last: &[&str]| -> Vec<String> {
            ["The story."].iter().chain(last).map(|text| (*text).to_owned()).collect()
        };
        for (last, wanted) in [
            (&["More of it."][..], 2),
            (&["More.", "## All in all", "All in all."], 2),
            (&["More.", "### The second year", "It rained."], 4),
            (&["More.", "### Conclusion", "It rained."], 2),
            (&["You can.", "---", "About me."], 2),
            (&["More.", "---", "Thanks for reading!"], 2),
            (&["More.", "* * *", "It rained."], 4),
            (&["More.", "---"], 3),
            (&["In conclusion, five lessons."], 1),
            (&["In conclusion to his speech he wept."], 2),
            (&["Thanks for reading! Come again."], 1),
            (&["Let me know in the comments!"], 1),
            (&["If you haven\u{2019}t seen the film yet, do."], 1),
            (&["He said he hadn\u{2019}t read this article."], 2),
            (&["His readers would leave a comment in the book."], 2),
            (&["Summary"], 1),
            (&["**Final thoughts**", "x"], 1),
            (&[][..], 1),
        ] {
            assert_eq!(start(&body(last), Some(2)), wanted, "{last:?}");
        }
    }
}
