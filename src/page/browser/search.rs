//! The search line: what is typed there, and where its results go.

use unicode_segmentation::UnicodeSegmentation;

use crate::page::browser::keys::{self, Stroke};
use crate::page::browser::{Action, Browser, Kind, Pane};
use crate::terminal::input::{Key, KeyPress};
use crate::text::one_line;

/// No more than this of a paste is searched for, in characters.
const LONGEST: usize = 200;

impl Browser {
    /// Opens the search line, with what was searched for if there are results.
    pub(super) fn begin_search(&mut self) {
        if !matches!(self.layer().kind, Kind::Search(_)) {
            self.open_layer(Kind::Search(String::new()));
        }
        self.pane = Pane::List;
        self.is_typing = true;
    }

    pub(super) fn type_words(&mut self, stroke: &Stroke) -> Action {
        let Kind::Search(words) = &self.layer().kind else { return Action::Nothing };
        let mut words = words.clone();
        match stroke {
            Stroke::Char(letter) => words.push(*letter),
            Stroke::Paste(text) => words.push_str(&one_line(text)),
            Stroke::Key(KeyPress { key: Key::Backspace, .. }) if words.is_empty() => {
                return self.leave_search();
            }
            Stroke::Key(KeyPress { key: Key::Backspace, .. }) => {
                let last = words.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
                words.truncate(last);
            }
            Stroke::Key(KeyPress { key: Key::Enter | Key::Tab, .. }) => {
                self.is_typing = self.layer().list.items.is_empty();
            }
            Stroke::Key(KeyPress { key: Key::Escape, .. }) => return self.leave_search(),
            Stroke::Key(KeyPress { key: Key::Up, .. }) => self.choose(-1),
            Stroke::Key(KeyPress { key: Key::Down, .. }) => self.choose(1),
            _ if keys::is_ctrl(stroke, 'u') => words.clear(),
            _ if keys::is_ctrl(stroke, 'w') => {
                let kept = words.trim_end();
                let kept = kept.rfind(char::is_whitespace).map_or(0, |at| at + 1);
                words.truncate(kept);
            }
            Stroke::Key(_) => {}
        }
        if let Some((end, _)) = words.char_indices().nth(LONGEST) {
            words.truncate(end);
        }
        let layer = self.layer_mut();
        if layer.kind != Kind::Search(words.clone()) {
            layer.kind = Kind::Search(words);
            layer.is_read = false;
        }
        Action::Nothing
    }

    /// Takes the search away: what was chosen before is chosen again.
    fn leave_search(&mut self) -> Action {
        self.layers.pop();
        self.is_typing = false;
        Action::Nothing
    }
}
