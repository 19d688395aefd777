//! The keys of the browser: what was typed, one key at a time, and what each key means.

use crate::terminal::input::{Input, Key, KeyPress};

/// One key, or one paste.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stroke {
    Char(char),
    /// It is text for the search line, and never a key.
    Paste(String),
    Key(KeyPress),
}

impl From<Stroke> for Input {
    fn from(stroke: Stroke) -> Self {
        match stroke {
            Stroke::Char(letter) => Self::Text(letter.to_string()),
            Stroke::Paste(text) => Self::Paste(text),
            Stroke::Key(press) => Self::Key(press),
        }
    }
}

impl Stroke {
    /// Whether it is text where something is typed.
    pub fn is_text(&self) -> bool {
        !matches!(self, Self::Key(_))
    }
}

/// What a key means where nothing is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Move(Step),
    /// Also while the list has the keys.
    ScrollText(isize),
    Next,
    Previous,
    Open,
    Back,
    Escape,
    ChangePane,
    Search,
    Calendar,
    OtherYears,
    Shelf,
    Edit,
    Afterthought,
    Love,
    Undo,
    Redo,
    Help,
    Leave,
}

/// How far a key moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    By(isize),
    /// Across, in the calendar.
    Across(isize),
    Pages(isize),
    First,
    Last,
}

/// What was typed, as single keys.
pub fn strokes(inputs: Vec<Input>) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    for input in inputs {
        match input {
            Input::Text(text) => strokes.extend(text.chars().map(Stroke::Char)),
            Input::Paste(text) => strokes.push(Stroke::Paste(text)),
            Input::Key(press) => strokes.push(Stroke::Key(press)),
        }
    }
    strokes
}

/// Whether a key is this letter with Ctrl.
pub(super) fn is_ctrl(stroke: &Stroke, letter: char) -> bool {
    *stroke == Stroke::Key(KeyPress::ctrl(Key::Char(letter)))
}

/// What a key means; `None` if it means nothing.
pub(super) fn command(stroke: &Stroke) -> Option<Command> {
    use Command::Move;
    Some(match stroke {
        Stroke::Char(letter) => return of_letter(*letter),
        Stroke::Paste(_) => return None,
        Stroke::Key(press) if press.ctrl => match press.key {
            Key::Char('f') => Move(Step::Pages(1)),
            Key::Char('b') => Move(Step::Pages(-1)),
            Key::Char('n') => Move(Step::By(1)),
            Key::Char('p') => Move(Step::By(-1)),
            _ => return None,
        },
        Stroke::Key(press) => match press.key {
            Key::Down => Move(Step::By(1)),
            Key::Up => Move(Step::By(-1)),
            Key::Right => Move(Step::Across(1)),
            Key::Left => Move(Step::Across(-1)),
            Key::PageDown => Move(Step::Pages(1)),
            Key::PageUp => Move(Step::Pages(-1)),
            Key::Home => Move(Step::First),
            Key::End => Move(Step::Last),
            Key::Enter => Command::Open,
            Key::Tab => Command::ChangePane,
            Key::Escape => Command::Escape,
            Key::Backspace => Command::Back,
            Key::Function(1) => Command::Help,
            _ => return None,
        },
    })
}

fn of_letter(letter: char) -> Option<Command> {
    Some(match letter {
        'j' => Command::Move(Step::By(1)),
        'k' => Command::Move(Step::By(-1)),
        'g' => Command::Move(Step::First),
        'G' => Command::Move(Step::Last),
        ' ' => Command::ScrollText(1),
        'b' => Command::ScrollText(-1),
        'n' => Command::Next,
        'p' => Command::Previous,
        '/' => Command::Search,
        'c' => Command::Calendar,
        'r' => Command::OtherYears,
        's' => Command::Shelf,
        'e' => Command::Edit,
        'a' => Command::Afterthought,
        'l' => Command::Love,
        'u' => Command::Undo,
        'U' => Command::Redo,
        '?' => Command::Help,
        'q' => Command::Leave,
        _ => return None,
    })
}
