//! The lesson of a day as Markdown. It may come from a stranger, so nothing in it is more than
//! text: no markup, no picture from elsewhere, no tag.

use crate::journal::Lesson;
use crate::text::sanitise;

/// The lesson below its title: where it comes from, the story and the takeaway, and the question.
pub fn lesson(lesson: &Lesson) -> String {
    let text = &lesson.text;
    let told = [quoted(&text.story), quoted(&text.takeaway)].join("\n>\n");
    format!(
        "## {}\n\n*{}, {}/{}*\n\n{told}\n\n**{}**",
        line(&text.title),
        line(&lesson.source.title),
        lesson.number,
        lesson.series_length,
        line(&text.question),
    )
}

fn quoted(text: &str) -> String {
    let quoted = |line: &str| match plain(line) {
        line if line.is_empty() => ">".to_owned(),
        line => format!("> {line}"),
    };
    let text = sanitise(text);
    text.lines().map(str::trim).map(quoted).collect::<Vec<_>>().join("\n")
}

fn line(text: &str) -> String {
    let text = sanitise(text);
    plain(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The text with a backslash before each sign that could begin markup.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_doubled = before == c || rest.peek() == Some(&c);
        let is_markup = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '$' | '&' | '^' | '|' => true,
            '~' | '=' | '%' | ':' => is_doubled,
            // At the beginning of a line these make a list or a rule.
            '-' | '+' => plain.is_empty(),
            _ => false,
        };
        if is_markup {
            plain.push('\\');
        }
        plain.push(c);
        before = c;
    }
    plain
}
