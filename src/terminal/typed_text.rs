//! Lines while they are typed, and what is shown of them. Pure: nothing here knows a terminal.
//!
//! Only the last line can be changed, and only at its end. So lines are only added on the screen,
//! and a voice that reads them out says each once.

use unicode_width::UnicodeWidthStr;

use crate::terminal::input::{Input, Key, KeyPress};
use crate::text::{last_to_delete, one_line};

/// What was typed so far.
#[derive(Debug)]
pub(super) struct TypedText {
    pub(super) text: String,
    /// What is to be written on the screen and was not yet.
    pub(super) echo: String,
    /// Where the open line begins.
    open_line: usize,
    /// Whether it may have several lines.
    has_lines: bool,
    /// Whether nothing of it is shown.
    is_secret: bool,
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Nothing,
    /// A line was ended.
    NextLine,
    /// The end, if the two empty lines before are not in the middle of a paste.
    EndUnlessPasted,
    End,
    OpenEditor,
    Cancel,
    Suspend,
}

impl TypedText {
    /// One line, which begins empty.
    pub(super) fn line() -> Self {
        let (text, echo) = (String::new(), String::new());
        Self { text, echo, open_line: 0, has_lines: false, is_secret: false }
    }

    /// One line of which nothing is shown, with room so that no part of it stays in memory.
    pub(super) fn secret() -> Self {
        Self { text: String::with_capacity(1024), is_secret: true, ..Self::line() }
    }

    /// A text of several lines, which begins with these.
    pub(super) fn lines(text: &str) -> Self {
        let open_line = text.rfind('\n').map_or(0, |at| at + 1);
        let shown: Vec<String> = text.split('\n').map(one_line).collect();
        Self {
            text: text.to_owned(),
            echo: shown.join("\n"),
            open_line,
            has_lines: true,
            is_secret: false,
        }
    }

    /// The last line as it is shown.
    pub(super) fn shown_line(&self) -> String {
        if self.is_secret {
            return String::new();
        }
        one_line(&self.text[self.open_line..])
    }

    pub(super) fn take(&mut self, input: &Input) -> Wanted {
        match input {
            Input::Paste(text) if self.has_lines => {
                for (number, line) in text.split('\n').enumerate() {
                    if number > 0 {
                        self.end_line();
                    }
                    self.add(line);
                }
                return Wanted::NextLine;
            }
            // In one line, the caller decides what the line breaks of a paste mean.
            Input::Text(text) | Input::Paste(text) => self.add(text),
            Input::Key(press) => return self.press(*press),
        }
        Wanted::Nothing
    }

    fn press(&mut self, press: KeyPress) -> Wanted {
        let KeyPress { key, ctrl, alt, .. } = press;
        match (key, ctrl, alt) {
            (Key::Enter, ..) if !self.has_lines => return Wanted::End,
            (Key::Enter, ..) => {
                self.end_line();
                let ends = ends_in_empty_lines(&self.text);
                return if ends { Wanted::EndUnlessPasted } else { Wanted::NextLine };
            }
            (Key::Tab, false, false) => self.add("\t"),
            (Key::Backspace, false, false) => {
                let line = &self.text[self.open_line..];
                self.cut(line.len() - last_to_delete(line));
            }
            (Key::Char('w'), true, false) | (Key::Backspace, ..) => {
                let line = self.text[self.open_line..].trim_end();
                self.cut(line.trim_end_matches(|c: char| !c.is_whitespace()).len());
            }
            (Key::Char('u'), true, false) => self.cut(0),
            (Key::Char('e'), ..) if self.has_lines => return Wanted::OpenEditor,
            (Key::Char('d'), true, false) => return Wanted::End,
            (Key::Char('c'), true, false) => return Wanted::Cancel,
            (Key::Char('z'), true, false) => return Wanted::Suspend,
            _ => {}
        }
        Wanted::Nothing
    }

    fn add(&mut self, text: &str) {
        self.text.push_str(text);
        if !self.is_secret {
            self.echo.push_str(&one_line(text));
        }
    }

    fn end_line(&mut self) {
        self.text.push('\n');
        self.echo.push('\n');
        self.open_line = self.text.len();
    }

    /// Removes all but this number of bytes of the open line.
    fn cut(&mut self, kept: usize) {
        let before = self.shown_line();
        self.text.truncate(self.open_line + kept);
        self.echo.push_str(&erase(&before, &self.shown_line()));
    }
}

/// What makes the end of a line look so, of which `before` is on the screen.
fn erase(before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let columns = |kept: &str| before.width().saturating_sub(kept.width());
    let mut kept = after;
    // An accent takes no column: it goes with its letter, and the letter is written again.
    while columns(kept) == 0 && !kept.is_empty() {
        kept = &kept[..kept.len() - last_to_delete(kept)];
    }
    "\x08 \x08".repeat(columns(kept)) + &after[kept.len()..]
}

/// Whether the text ends in two empty lines or consists of them.
fn ends_in_empty_lines(text: &str) -> bool {
    text.ends_with("\n\n\n") || text == "\n\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKSPACE: Input = Input::Key(KeyPress::plain(Key::Backspace));
    const ENTER: Input = Input::Key(KeyPress::plain(Key::Enter));

    fn text(text: &str) -> Input {
        Input::Text(text.to_owned())
    }

    fn ctrl(letter: char) -> Input {
        Input::Key(KeyPress::ctrl(Key::Char(letter)))
    }

    /// The text after these inputs, and what was written on the screen for the last one.
    fn typed(mut typed: TypedText, inputs: &[Input]) -> (String, String) {
        for input in inputs {
            typed.echo.clear();
            typed.take(input);
        }
        (typed.text, typed.echo)
    }

    #[test]
    fn what_is_typed_is_shown_as_it_is_and_made_safe() {
        for (input, kept, shown) in [
            (text("Füße 世界"), "Füße 世界", "Füße 世界"),
            (text("a\u{202e}b"), "a\u{202e}b", "a<U+202E>b"),
            (Input::Key(KeyPress::plain(Key::Tab)), "\t", " "),
            (Input::Paste("one\ntwo".to_owned()), "one\ntwo", "one two"),
            (Input::Key(KeyPress::plain(Key::Up)), "", ""),
            (Input::Key(KeyPress::plain(Key::Escape)), "", ""),
        ] {
            let found = typed(TypedText::line(), std::slice::from_ref(&input));
            assert_eq!(found, (kept.to_owned(), shown.to_owned()), "{input:?}");
        }
        let pasted = typed(TypedText::lines("a"), &[Input::Paste("b\nc".to_owned())]);
        assert_eq!(pasted, ("ab\nc".to_owned(), "b\nc".to_owned()));
    }

    #[test]
    fn backspace_takes_the_last_sign_from_the_line_and_its_columns_from_the_screen() {
        let back = "\x08 \x08";
        for (line, kept, shown) in [
            ("ab", "a", back.to_owned()),
            ("世", "", back.repeat(2)),
            ("a👩‍👩‍👧", "a", back.repeat(2)),
            ("e\u{301}", "e", format!("{back}e")),
            ("ที่", "ที", format!("{back}ที")),
            ("a\u{202e}", "a", back.repeat(8)),
            ("a\u{200b}", "a", String::new()),
            ("", "", String::new()),
        ] {
            let found = typed(TypedText::line(), &[text(line), BACKSPACE]);
            assert_eq!(found, (kept.to_owned(), shown), "{line:?}");
        }
    }

    #[test]
    fn a_word_or_the_line_is_taken_away_and_never_a_line_before_it() {
        let (back, start) = ("\x08 \x08", TypedText::lines);
        let word = typed(start("one\ntwo three "), &[ctrl('w')]);
        assert_eq!(word, ("one\ntwo ".to_owned(), back.repeat(6)));
        let line = typed(start("one\ntwo three"), &[ctrl('u')]);
        assert_eq!(line, ("one\n".to_owned(), back.repeat(9)));
        for key in [ctrl('u'), ctrl('w'), BACKSPACE] {
            assert_eq!(typed(start("one\n"), &[key]), ("one\n".to_owned(), String::new()));
        }
    }

    #[test]
    fn two_empty_lines_end_the_text_and_one_does_not() {
        for (text, wanted) in [
            ("words", Wanted::NextLine),
            ("words\n", Wanted::NextLine),
            ("words\n\n", Wanted::EndUnlessPasted),
            ("", Wanted::NextLine),
            ("\n", Wanted::EndUnlessPasted),
            ("words\n\nmore", Wanted::NextLine),
        ] {
            assert_eq!(TypedText::lines(text).take(&ENTER), wanted, "{text:?}");
        }
    }

    #[test]
    fn nothing_of_a_secret_is_shown() {
        for keys in [&[text("words")][..], &[text("words"), BACKSPACE], &[ctrl('u'), text("word")]]
        {
            let (kept, shown) = typed(TypedText::secret(), keys);
            assert!(kept.starts_with("word"));
            assert_eq!((shown, TypedText::secret().shown_line()), (String::new(), String::new()));
        }
    }

    #[test]
    fn some_keys_end_what_is_typed() {
        let editor = Input::Key(KeyPress::alt(Key::Char('e')));
        for (input, of_lines, of_line) in [
            (ENTER, Wanted::NextLine, Wanted::End),
            (ctrl('d'), Wanted::End, Wanted::End),
            (ctrl('c'), Wanted::Cancel, Wanted::Cancel),
            (ctrl('z'), Wanted::Suspend, Wanted::Suspend),
            (ctrl('e'), Wanted::OpenEditor, Wanted::Nothing),
            (editor, Wanted::OpenEditor, Wanted::Nothing),
        ] {
            assert_eq!(TypedText::lines("").take(&input), of_lines, "{input:?}");
            assert_eq!(TypedText::line().take(&input), of_line, "{input:?}");
        }
    }
}
