//! Articles of numbered lessons, as people write and share them: plain text or Markdown.
//!
//! A reader does not understand an article. It goes by headings with numbers in a row, by
//! paragraphs, and by a few words, and the person sees and can change the result before it is
//! stored. So nothing is left out but what plainly closes the article, and that is returned too.

mod closing;
mod headings;
mod number_words;
mod paragraphs;

#[cfg(test)]
mod tests;

use crate::format::article::headings::Heading;
use crate::format::article::paragraphs::paragraphs;
use crate::format::{Fault, FormatError};

/// An article with its lessons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// The title of the whole, if it begins with one.
    pub title: Option<String>,
    /// What stands before the first lesson, without the title. Paragraphs have an empty line
    /// between them, as in all texts here.
    pub introduction: Option<String>,
    pub lessons: Vec<ArticleLesson>,
    /// What stands after the last lesson and was left out, because it closes the article.
    pub closing: Option<String>,
}

/// One lesson of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleLesson {
    /// One line.
    pub title: String,
    pub story: String,
    /// The last paragraph, if it speaks to the reader and is not the only one.
    pub takeaway: Option<String>,
    /// The question, if the article plainly asks one.
    pub question: Option<String>,
}

/// Reads an article. Errors if no numbered lessons can be told in it, if one of them has no text,
/// or if it is not text.
pub fn read(text: &str) -> Result<Article, FormatError> {
    if let Some(at) = text.find('\0') {
        let line = text[..at].matches('\n').count() as u64 + 1;
        return Err(FormatError::at_line(line, Fault::Nul));
    }
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let all = lines.len();
    let (named, lines) = front_matter(&lines);
    let line_of = |heading: &Heading| (all - lines.len() + heading.line) as u64 + 1;
    let headings = headings::find(lines);
    let Some(first) = headings.first() else { return Err(Fault::NoLessons.into()) };
    let (title, introduction) = before_lessons(&lines[..first.line]);
    let title = named.or(title);
    let mut article = Article { title, introduction, lessons: Vec::new(), closing: None };
    for (at, heading) in headings.iter().enumerate() {
        let next = headings.get(at + 1);
        let end = next.map_or(lines.len(), |next| next.line);
        let mut body: Vec<String> = heading.text.iter().cloned().collect();
        body.extend(paragraphs(&lines[heading.text_line..end]));
        if next.is_none() {
            let closing = body.split_off(closing::start(&body, heading.level));
            article.closing = joined(&closing);
        }
        let lesson = lesson(heading, body)
            .ok_or_else(|| FormatError::at_line(line_of(heading), Fault::LessonWithoutText))?;
        article.lessons.push(lesson);
    }
    Ok(article)
}

/// The longest front matter, in lines.
const LONGEST_FRONT_MATTER: usize = 100;

/// The title in the front matter of a Markdown file, and the lines after it.
fn front_matter<'a, 'b>(lines: &'a [&'b str]) -> (Option<String>, &'a [&'b str]) {
    let is_end = |line: &&str| matches!(line.trim_end(), "---" | "...");
    if lines.first().is_none_or(|line| line.trim_end() != "---") {
        return (None, lines);
    }
    let Some(end) = lines.iter().skip(1).take(LONGEST_FRONT_MATTER).position(is_end) else {
        return (None, lines);
    };
    let (matter, rest) = lines.split_at(end + 2);
    let title = matter.iter().find_map(|line| line.strip_prefix("title:"));
    let title = title.map(|title| title.trim().trim_matches(['"', '\'']).to_owned());
    (title.filter(|title| !title.is_empty()), rest)
}

/// The title of the article and its introduction.
fn before_lessons(lines: &[&str]) -> (Option<String>, Option<String>) {
    let mut before = paragraphs(lines);
    let title = before.first().and_then(|first| headings::title_of_article(first));
    if title.is_some() {
        before.remove(0);
    }
    before.retain(|paragraph| !paragraphs::is_break(paragraph));
    (title, joined(&before))
}

/// A lesson from its paragraphs; `None` if there are none.
fn lesson(heading: &Heading, mut body: Vec<String>) -> Option<ArticleLesson> {
    body.retain(|paragraph| !paragraphs::is_break(paragraph));
    let question = take_last(&mut body, closing::labelled_question);
    let takeaway = take_last(&mut body, |last| {
        closing::labelled_takeaway(last)
            .or_else(|| closing::speaks_to_reader(last).then(|| last.to_owned()))
    });
    let title = heading.title.clone();
    Some(ArticleLesson { title, story: joined(&body)?, takeaway, question })
}

/// Takes the last paragraph away if `found` finds something in it, and it is not the only one.
fn take_last(body: &mut Vec<String>, found: impl FnOnce(&str) -> Option<String>) -> Option<String> {
    if body.len() < 2 {
        return None;
    }
    let found = found(body.last()?)?;
    body.pop();
    Some(found)
}

fn joined(paragraphs: &[String]) -> Option<String> {
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
}
