//! One key at a time: a line of choices, each with its key, and the value of the key pressed.
//!
//! What is typed ahead waits for the next question. A key that no choice takes does nothing, and
//! neither does a paste or more than one letter at once.

use std::io::{self, Write};
use std::time::Duration;

use crate::terminal::input::{Input, Key, KeyPress};
use crate::terminal::question::{Question, write};
use crate::terminal::{AskError, Phrases, Terminal};
use crate::text::{WIDEST, one_line};

/// One of the answers to choose from: its keys, of which the first is shown, the label beside it,
/// and the value that it gives. A letter is the same key with and without Shift.
#[derive(Debug, Clone, Copy)]
pub struct KeyChoice<T> {
    key: Key,
    others: &'static [Key],
    label: &'static str,
    value: T,
}

impl<T> KeyChoice<T> {
    pub fn new(letter: char, label: &'static str, value: T) -> Self {
        Self { key: Key::Char(letter), others: &[], label, value }
    }

    /// The default answer: Enter, the space bar, Right and Down.
    pub fn usual(label: &'static str, value: T) -> Self {
        Self { key: Key::Enter, others: &[Key::Char(' '), Key::Right, Key::Down], label, value }
    }

    /// The answer that changes nothing: this letter, Enter, Escape and Ctrl-D.
    pub fn nothing(letter: char, label: &'static str, value: T) -> Self {
        Self { key: Key::Char(letter), others: &[Key::Enter, Key::Escape], label, value }
    }

    /// The answer that leaves: this letter, Escape and Ctrl-D.
    pub fn leave(letter: char, label: &'static str, value: T) -> Self {
        Self { key: Key::Char(letter), others: &[Key::Escape], label, value }
    }

    /// The same choice with these keys beside the one that is shown.
    #[must_use]
    pub fn or(self, others: &'static [Key]) -> Self {
        Self { others, ..self }
    }

    fn takes(&self, key: Key) -> bool {
        is_same(self.key, key) || self.others.iter().any(|other| is_same(*other, key))
    }

    fn shown(&self) -> String {
        let label = self.label;
        match self.key {
            Key::Char(letter) => format!("[{letter}] {label}"),
            key => format!("[{key:?}] {label}"),
        }
    }
}

fn is_same(one: Key, other: Key) -> bool {
    match (one, other) {
        (Key::Char(one), Key::Char(other)) => one.to_lowercase().eq(other.to_lowercase()),
        (one, other) => one == other,
    }
}

impl Terminal {
    /// Asks for one key, without Enter, and returns the value of the first choice that takes it.
    /// The choices are shown below the text. They are erased after the answer, unless lines are
    /// plain. Errors if the person presses Ctrl-C, or if the terminal is gone.
    pub fn ask_key<T: Copy>(&mut self, choices: &[KeyChoice<T>]) -> Result<T, AskError> {
        Ok(self.ask(choices, false)?.value)
    }

    /// Asks a question that is answered by a letter, without Enter. The question and the answer
    /// stay on the screen. Somebody who types a sentence gives no answer: a letter is one if
    /// nothing comes after it. Errors as [`Terminal::ask_key`].
    pub fn ask_by_letter<T: Copy>(
        &mut self,
        question: &str,
        choices: &[KeyChoice<T>],
    ) -> Result<T, AskError> {
        self.flush()?;
        let question = textwrap::fill(&one_line(question), self.page.width.unwrap_or(WIDEST));
        writeln!(io::stderr().lock(), "{question}")?;
        let chosen = self.ask(choices, true)?;
        writeln!(io::stderr().lock(), "> {}", chosen.label)?;
        Ok(chosen.value)
    }

    /// Asks whether to go on; Enter means no. Otherwise as [`Terminal::ask_by_letter`].
    pub fn confirm(&mut self, question: &str) -> Result<bool, AskError> {
        let Phrases { yes_or_no, yes, no, .. } = self.phrases;
        let choices = [KeyChoice::new('y', yes, true), KeyChoice::nothing('n', no, false)];
        let question = format!("{} {yes_or_no}", one_line(question));
        let shown = textwrap::fill(&question, self.page.width.unwrap_or(WIDEST)) + " ";
        let mut question = Question::open(self)?;
        write(&shown)?;
        let chosen = wait_for_answer(&mut question, &choices, true, &shown);
        let answer = chosen.as_ref().map_or("", |choice| choice.label);
        write(&format!("{answer}\n"))?;
        Ok(chosen?.value)
    }

    /// Asks for one key, below a line of choices.
    fn ask<T: Copy>(
        &mut self,
        choices: &[KeyChoice<T>],
        by_letter: bool,
    ) -> Result<KeyChoice<T>, AskError> {
        // The width may have changed since the last question.
        let columns = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        let lines = layout(choices, columns);
        let (shown, erasing) = (lines.join("\n"), self.erasing(&lines));
        let mut question = Question::open(self)?;
        write(&shown)?;
        let chosen = wait_for_answer(&mut question, choices, by_letter, &shown);
        write(&erasing)?;
        chosen
    }

    /// What erases these lines, given the cursor at the end of the last one; a line break where
    /// nothing is erased.
    fn erasing(&self, lines: &[String]) -> String {
        match lines.len() {
            _ if self.is_dumb || self.plain_lines => "\n".to_owned(),
            ..=1 => "\r\x1b[J".to_owned(),
            count => format!("\r\x1b[{}A\x1b[J", count - 1),
        }
    }
}

/// Waits until a key chooses something. `shown` is what is on the open line.
fn wait_for_answer<T: Copy>(
    question: &mut Question,
    choices: &[KeyChoice<T>],
    by_letter: bool,
    shown: &str,
) -> Result<KeyChoice<T>, AskError> {
    loop {
        let Some(mut input) = question.next(None, shown)? else { continue };
        if !by_letter {
            input = first_letter(input, question);
        }
        if input == CTRL_Z {
            question.suspend()?;
            write(shown)?;
            continue;
        }
        let key = key(&input)?;
        match key.and_then(|key| chosen(choices, key)) {
            Some(choice) if !by_letter => return Ok(choice),
            Some(choice) if is_last(question, key, shown)? => return Ok(choice),
            None if !by_letter || matches!(input, Input::Key(_)) => {}
            // Somebody types words.
            _ => skip_words(question, shown)?,
        }
    }
}

/// The first letter of a text: where no sentence is expected, letters that were typed fast are keys,
/// one after the other. The rest waits.
fn first_letter(input: Input, question: &mut Question) -> Input {
    let Input::Text(text) = &input else { return input };
    let Some((at, _)) = text.char_indices().nth(1) else { return input };
    let (first, rest) = text.split_at(at);
    question.unread([Input::Text(rest.to_owned())]);
    Input::Text(first.to_owned())
}

/// The choices in as few lines as fit the width of the terminal, each choice whole.
fn layout<T>(choices: &[KeyChoice<T>], columns: usize) -> Vec<String> {
    let count = |text: &str| text.chars().count();
    let mut lines: Vec<String> = Vec::new();
    for shown in choices.iter().map(KeyChoice::shown) {
        match lines.last_mut() {
            // The last column stays free: after it, terminals differ on which line the cursor is.
            Some(line) if count(line) + 2 + count(&shown) < columns => {
                line.push_str("  ");
                line.push_str(&shown);
            }
            _ => lines.push(shown),
        }
    }
    lines
}

fn chosen<T: Copy>(choices: &[KeyChoice<T>], key: Key) -> Option<KeyChoice<T>> {
    choices.iter().find(|choice| choice.takes(key)).copied()
}

/// The key of an input; `None` if it can choose nothing. Errors if it is Ctrl-C.
fn key(input: &Input) -> Result<Option<Key>, AskError> {
    match input {
        Input::Key(press) if *press == KeyPress::ctrl(Key::Char('c')) => Err(AskError::Cancelled),
        Input::Key(press) if *press == KeyPress::ctrl(Key::Char('d')) => Ok(Some(Key::Escape)),
        Input::Key(press) => Ok(Some(press.key).filter(|key| *press == KeyPress::plain(*key))),
        Input::Text(text) => {
            let mut letters = text.chars();
            let letter = letters.next();
            Ok(letter.filter(|_| letters.next().is_none()).map(Key::Char))
        }
        Input::Paste(_) => Ok(None),
    }
}

/// Whether nothing is typed for a moment after this key. Enter may follow a letter: many press it
/// without thinking, and no word ends so soon.
fn is_last(question: &mut Question, key: Option<Key>, shown: &str) -> Result<bool, AskError> {
    let is_letter = matches!(key, Some(Key::Char(_)));
    let mut next = question.next(Some(MOMENT), shown)?;
    if is_letter && next == Some(ENTER) {
        next = question.next(Some(MOMENT), shown)?;
    }
    let is_last = next.is_none();
    question.unread(next);
    Ok(is_last)
}

/// Passes over all that is typed until there is a pause. Errors if it is Ctrl-C.
fn skip_words(question: &mut Question, shown: &str) -> Result<(), AskError> {
    while let Some(input) = question.next(Some(PAUSE), shown)? {
        key(&input)?;
    }
    Ok(())
}

/// Somebody who types a word presses its next letter sooner.
const MOMENT: Duration = Duration::from_millis(200);

/// Nobody pauses so long within a sentence that they type without looking.
const PAUSE: Duration = Duration::from_millis(500);

const ENTER: Input = Input::Key(KeyPress::plain(Key::Enter));
const CTRL_Z: Input = Input::Key(KeyPress::ctrl(Key::Char('z')));

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICES: [KeyChoice<&str>; 4] = [
        KeyChoice { key: Key::Enter, others: &[Key::Right, Key::Down], label: "on", value: "on" },
        KeyChoice { key: Key::Char('b'), others: &[Key::Left], label: "back", value: "back" },
        KeyChoice { key: Key::Char('ö'), others: &[], label: "open", value: "open" },
        KeyChoice { key: Key::Char('q'), others: &[Key::Escape], label: "stop", value: "stop" },
    ];

    #[test]
    fn one_letter_or_key_can_choose_and_nothing_else() {
        let text = |text: &str| Input::Text(text.to_owned());
        for (input, wanted) in [
            (text("Q"), Some(Key::Char('Q'))),
            (text(" "), Some(Key::Char(' '))),
            (text("世"), Some(Key::Char('世'))),
            (ENTER, Some(Key::Enter)),
            (Input::Key(KeyPress::ctrl(Key::Char('d'))), Some(Key::Escape)),
            (Input::Key(KeyPress::plain(Key::Up)), Some(Key::Up)),
            (text("no"), None),
            (text("  "), None),
            (Input::Paste("y".to_owned()), None),
            (Input::Key(KeyPress::shift(Key::Up)), None),
            (Input::Key(KeyPress::ctrl(Key::Right)), None),
            (Input::Key(KeyPress::alt(Key::Char('q'))), None),
            (CTRL_Z, None),
        ] {
            assert_eq!(key(&input).expect("not left"), wanted, "{input:?}");
        }
        let ctrl_c = Input::Key(KeyPress::ctrl(Key::Char('c')));
        assert!(matches!(key(&ctrl_c), Err(AskError::Cancelled)));
    }

    #[test]
    fn a_key_chooses_in_either_case_and_others_choose_nothing() {
        let chosen = |key| chosen(&CHOICES, key).map(|choice| choice.value);
        for (key, wanted) in [
            (Key::Enter, Some("on")),
            (Key::Right, Some("on")),
            (Key::Char('b'), Some("back")),
            (Key::Char('B'), Some("back")),
            (Key::Char('Ö'), Some("open")),
            (Key::Left, Some("back")),
            (Key::Escape, Some("stop")),
            (Key::Up, None),
            (Key::Char('x'), None),
        ] {
            assert_eq!(chosen(key), wanted, "{key:?}");
        }
    }

    #[test]
    fn the_choices_stand_on_one_line_where_it_fits() {
        let lines = |columns| layout(&CHOICES, columns);
        assert_eq!(lines(80), ["[Enter] on  [b] back  [ö] open  [q] stop"]);
        assert_eq!(lines(22), ["[Enter] on  [b] back", "[ö] open  [q] stop"]);
        assert_eq!(lines(20), ["[Enter] on", "[b] back  [ö] open", "[q] stop"]);
        assert_eq!(lines(5).len(), 4);
    }

    #[test]
    fn the_ways_to_make_a_choice_give_it_its_keys() {
        let on = KeyChoice::usual("on", 1);
        let keys = [Key::Enter, Key::Char(' '), Key::Right, Key::Down];
        assert!(keys.map(|key| on.takes(key)) == [true; 4]);
        let leave = KeyChoice::leave('q', "stop", 2);
        assert!([Key::Char('Q'), Key::Escape].map(|key| leave.takes(key)) == [true; 2]);
        let back = KeyChoice::new('b', "back", 3).or(&[Key::Left, Key::Up]);
        assert!([Key::Char('b'), Key::Left, Key::Up].map(|key| back.takes(key)) == [true; 3]);
        assert!(!back.takes(Key::Enter) && !back.takes(Key::Escape));
    }
}
