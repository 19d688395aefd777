//! What changes the text, and how it is undone.
//!
//! A change keeps what stood in a place before it, and not what stands there now: undoing and
//! redoing exchange the two. So a text that is pasted is not kept twice.

use std::mem;
use std::ops::Range;

use crate::page::text_area::paragraph::Paragraph;
use crate::page::text_area::{Caret, Place, TextArea};
use crate::text::last_to_delete;

/// The changes that can be undone, the newest last, and those that can be redone.
#[derive(Debug, Default)]
pub(super) struct History {
    undo: Vec<Change>,
    redo: Vec<Change>,
    /// What the last key did, if the next one of its kind goes on with it.
    pub(super) run: Option<Run>,
}

/// A change, as it is when it can be undone or redone.
#[derive(Debug)]
struct Change {
    /// What stands there now.
    range: Range<Place>,
    /// What stood there before, or stands there after it is redone.
    other: String,
    before: Caret,
    after: Caret,
}

/// Keys that follow each other and do the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    Typing,
    Backspace,
    Delete,
    /// Cutting what stands before the cursor, or after it.
    CutBefore,
    CutAfter,
}

/// The oldest changes are forgotten when all take more bytes than this.
const MOST_BYTES: usize = 64 << 20;

impl TextArea {
    /// Puts typed text in place of what is selected. Each word, with the white space after it, can
    /// be undone by itself.
    pub fn type_text(&mut self, text: &str) {
        let text = self.admitted(text);
        if text.is_empty() {
            return;
        }
        let begins_word = !text.starts_with(char::is_whitespace) && self.is_after_white_space();
        let goes_on = self.history.run == Some(Run::Typing) && !begins_word;
        let Change { range, mut other, mut before, .. } =
            self.exchange(self.selected_or_cursor(), &text);
        let mut start = range.start;
        let mut steps = words(&text).map(|word| {
            let range = start..after(start, word);
            start = range.end;
            let after = Caret::at(range.end);
            let before = mem::replace(&mut before, after);
            Change { range, other: mem::take(&mut other), before, after }
        });
        let undo = &mut self.history.undo;
        if goes_on
            && let Some(last) = undo.last_mut().filter(|last| last.range.end == range.start)
            && let Some(step) = steps.next()
        {
            (last.range.end, last.after) = (step.range.end, step.after);
        }
        undo.extend(steps);
        if let Some(last) = undo.last_mut() {
            last.after = self.caret;
        }
        self.history.new_change(Some(Run::Typing));
    }

    /// Puts a text in place of what is selected, as one change.
    pub fn paste(&mut self, text: &str) {
        let text = self.admitted(text);
        if !text.is_empty() {
            self.change(self.selected_or_cursor(), &text, None);
        }
    }

    /// Begins a new paragraph at the cursor.
    pub fn enter(&mut self) {
        self.paste("\n");
    }

    /// Removes what is selected, or what Backspace takes before the cursor.
    pub(super) fn backspace(&mut self) {
        let Place { paragraph, byte } = self.caret.cursor;
        let start = match last_to_delete(&self.paragraphs[paragraph].text()[..byte]) {
            0 => self.left(),
            length => Place { paragraph, byte: byte - length },
        };
        self.remove_to(start, Run::Backspace);
    }

    /// Removes what is selected, or the grapheme after the cursor.
    pub(super) fn delete(&mut self) {
        self.remove_to(self.right(), Run::Delete);
    }

    /// Removes what is between the cursor and this place, or what is selected.
    pub(super) fn remove_to(&mut self, place: Place, run: Run) {
        let (range, run) = match self.selection() {
            Some(selection) => (selection, None),
            None => (span(self.caret.cursor, place), Some(run)),
        };
        if !range.is_empty() {
            self.change(range, "", run);
        }
    }

    /// Cuts what is between the cursor and this place, or what is selected. What was cut directly
    /// before it stays with it.
    pub(super) fn cut_to(&mut self, place: Place, run: Run) {
        let range = self.selection().unwrap_or_else(|| span(self.caret.cursor, place));
        if range.is_empty() {
            return;
        }
        let cut = self.between(&range);
        match self.history.run {
            Some(Run::CutBefore | Run::CutAfter) if run == Run::CutBefore => {
                self.cut.insert_str(0, &cut);
            }
            Some(Run::CutBefore | Run::CutAfter) => self.cut.push_str(&cut),
            _ => self.cut = cut,
        }
        self.change(range, "", None);
        self.history.run = Some(run);
    }

    pub(super) fn undo(&mut self) {
        if let Some(change) = self.history.undo.pop() {
            let undone = self.exchange_back(change);
            self.caret = self.snapped(undone.before);
            self.history.redo.push(undone);
        }
    }

    pub(super) fn redo(&mut self) {
        if let Some(change) = self.history.redo.pop() {
            let redone = self.exchange_back(change);
            self.caret = self.snapped(redone.after);
            self.history.undo.push(redone);
        }
    }

    fn exchange_back(&mut self, change: Change) -> Change {
        let Change { range, other, before, after } = change;
        self.history.run = None;
        let Change { range, other, .. } = self.exchange(range, &other);
        Change { range, other, before, after }
    }

    /// Changes the text and keeps how to undo it, with the change before it if that is of the same
    /// run.
    fn change(&mut self, range: Range<Place>, new: &str, run: Option<Run>) {
        let change = self.exchange(range, new);
        let goes_on = run.is_some() && self.history.run == run;
        match self.history.undo.last_mut().filter(|_| goes_on) {
            Some(last)
                if run == Some(Run::Backspace) && last.range.start == change.before.cursor =>
            {
                last.other.insert_str(0, &change.other);
                (last.range, last.after) = (change.range, change.after);
            }
            Some(last) if run == Some(Run::Delete) && last.range == change.range => {
                last.other.push_str(&change.other);
                last.after = change.after;
            }
            _ => self.history.undo.push(change),
        }
        self.history.new_change(run);
    }

    /// Puts a text in the place of another, with the cursor after it.
    fn exchange(&mut self, range: Range<Place>, new: &str) -> Change {
        let before = self.caret;
        let other = self.between(&range);
        let Range { start, end } = range;
        if start.paragraph == end.paragraph && !new.contains('\n') {
            self.paragraphs[start.paragraph].replace(start.byte..end.byte, new);
        } else {
            self.exchange_paragraphs(start, end, new);
        }
        let end = after(start, new);
        self.caret = self.snapped(Caret::at(end));
        self.goal = None;
        self.version += 1;
        Change { range: start..end, other, before, after: self.caret }
    }

    fn exchange_paragraphs(&mut self, start: Place, end: Place, new: &str) {
        let rest = self.paragraphs[end.paragraph].text()[end.byte..].to_owned();
        let mut lines = new.split('\n');
        let first = &mut self.paragraphs[start.paragraph];
        let length = first.text().len();
        first.replace(start.byte..length, lines.next().unwrap_or_default());
        let width = self.width;
        let lines = lines.map(|line| Paragraph::new(line.to_owned(), width));
        let added: Vec<_> = lines.collect();
        let last = start.paragraph + added.len();
        self.paragraphs.splice(start.paragraph + 1..=end.paragraph, added);
        let last = &mut self.paragraphs[last];
        let length = last.text().len();
        last.replace(length..length, &rest);
    }

    /// The text between two places.
    pub(super) fn between(&self, range: &Range<Place>) -> String {
        let Range { start, end } = *range;
        if start.paragraph == end.paragraph {
            return self.paragraphs[start.paragraph].text()[start.byte..end.byte].to_owned();
        }
        let mut text = self.paragraphs[start.paragraph].text()[start.byte..].to_owned();
        for paragraph in &self.paragraphs[start.paragraph + 1..end.paragraph] {
            text.push('\n');
            text.push_str(paragraph.text());
        }
        text.push('\n');
        text.push_str(&self.paragraphs[end.paragraph].text()[..end.byte]);
        text
    }

    fn is_after_white_space(&self) -> bool {
        let Place { paragraph, byte } = self.caret.cursor;
        self.paragraphs[paragraph].text()[..byte].ends_with(char::is_whitespace)
    }

    /// A cursor that stood here in the same text stands here; in another, at the next place.
    fn snapped(&self, caret: Caret) -> Caret {
        let Place { paragraph, byte } = caret.cursor;
        let byte = self.paragraphs[paragraph].snap(byte);
        Caret { cursor: Place { paragraph, byte }, ..caret }
    }
}

impl History {
    /// What was undone cannot be redone after a new change.
    fn new_change(&mut self, run: Option<Run>) {
        self.redo.clear();
        self.run = run;
        let size = |change: &Change| change.other.len() + size_of::<Change>();
        let mut bytes: usize = self.undo.iter().map(size).sum();
        let is_too_much = |change: &&Change| {
            let is_over = bytes > MOST_BYTES;
            bytes -= size(change);
            is_over
        };
        let oldest = self.undo.iter().take_while(is_too_much).count();
        self.undo.drain(..oldest);
    }
}

/// The place after a text that begins at a place.
fn after(start: Place, text: &str) -> Place {
    match text.rfind('\n') {
        None => Place { byte: start.byte + text.len(), ..start },
        Some(last) => Place {
            paragraph: start.paragraph + text.matches('\n').count(),
            byte: text.len() - last - 1,
        },
    }
}

fn span(one: Place, other: Place) -> Range<Place> {
    one.min(other)..one.max(other)
}

/// A text in words, each with the white space after it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let space = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let next = rest[space..].find(|c: char| !c.is_whitespace());
        let (word, after) = rest.split_at(next.map_or(rest.len(), |next| space + next));
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}
