//! Keys in any order: against a simple model, and back again by undo.

use super::*;
use crate::terminal::input::Input;
use crate::text::last_to_delete;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// A text as one string, with a cursor and where a selection began.
#[derive(Debug)]
struct Model {
    text: String,
    cursor: usize,
    anchor: usize,
}

impl Model {
    fn places(&self) -> Vec<usize> {
        let starts = self.text.grapheme_indices(true).map(|(at, _)| at);
        starts.chain([self.text.len()]).collect()
    }

    fn replace(&mut self, start: usize, end: usize, new: &str) {
        self.text.replace_range(start..end, new);
        let places = self.places();
        self.cursor = *places.iter().find(|at| **at >= start + new.len()).expect("the end");
        self.anchor = self.cursor;
    }

    fn take(&mut self, input: &Input) {
        let (start, end) = (self.cursor.min(self.anchor), self.cursor.max(self.anchor));
        let places = self.places();
        let left = places.iter().rfind(|at| **at < self.cursor).copied();
        let right = places.iter().find(|at| **at > self.cursor).copied();
        match input {
            Input::Text(text) | Input::Paste(text) if text.is_empty() => {}
            Input::Text(text) | Input::Paste(text) => self.replace(start, end, text),
            Input::Key(press) => match press.key {
                Key::Enter => self.replace(start, end, "\n"),
                Key::Backspace | Key::Delete if start < end => self.replace(start, end, ""),
                Key::Backspace => {
                    let line = self.text[..start].rsplit('\n').next().unwrap_or_default();
                    let removed =
                        last_to_delete(line).max(usize::from(line.is_empty() && start > 0));
                    self.replace(start - removed, start, "");
                }
                Key::Delete => self.replace(start, right.unwrap_or(start), ""),
                Key::Left | Key::Right => {
                    let is_left = press.key == Key::Left;
                    let next = if is_left { left } else { right };
                    self.cursor = match (press.shift, start < end) {
                        (false, true) => {
                            if is_left {
                                start
                            } else {
                                end
                            }
                        }
                        _ => next.unwrap_or(self.cursor),
                    };
                    if !press.shift {
                        self.anchor = self.cursor;
                    }
                }
                _ => unreachable!("the model knows no other key"),
            },
        }
    }
}

/// Texts of letters that join each other, white space and line breaks.
fn letters(most: usize) -> impl Strategy<Value = String> {
    let signs = "abc  \t.,'\n\n世งคीनि\u{301}\u{200b}\u{200d}🇩🇪👩🏽❤\u{fe0f}\u{20e3}1\u{1100}\u{1161}\u{11a8}\u{1b}\u{202e}";
    let signs: Vec<char> = signs.chars().collect();
    prop::collection::vec(prop::sample::select(signs), 0..most)
        .prop_map(|letters| letters.into_iter().collect())
}

fn typed() -> impl Strategy<Value = Input> {
    prop_oneof![
        letters(6).prop_map(|text| Input::Text(text.replace('\n', " "))),
        letters(12).prop_map(Input::Paste),
    ]
}

fn simple_key() -> impl Strategy<Value = Input> {
    let keys = [
        plain(Key::Enter),
        plain(Key::Backspace),
        plain(Key::Backspace),
        plain(Key::Delete),
        plain(Key::Left),
        plain(Key::Right),
        plain(Key::Left),
        shift(Key::Left),
        shift(Key::Right),
    ];
    prop::sample::select(keys.to_vec()).prop_map(Input::Key)
}

/// Every key that means something but undo and redo.
fn any_key() -> impl Strategy<Value = Input> {
    let moves = [
        Key::Left,
        Key::Right,
        Key::Up,
        Key::Down,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
    ];
    let mut keys: Vec<KeyPress> = "wukxcva".chars().map(ctrl).collect();
    keys.extend("bfda".chars().map(alt));
    for key in moves.into_iter().chain([Key::Backspace, Key::Delete]) {
        keys.extend([plain(key), shift(key), KeyPress::ctrl(key)]);
        keys.push(KeyPress { shift: true, ..KeyPress::ctrl(key) });
    }
    keys.push(plain(Key::Enter));
    prop::sample::select(keys).prop_map(Input::Key)
}

fn assert_sound(area: &mut TextArea, width: u16, height: u16) -> Result<(), TestCaseError> {
    let text = area.text();
    let places: Vec<usize> =
        text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
    prop_assert!(places.contains(&cursor(area)), "{}", marked(area));
    // As it would be drawn, had it been opened so.
    let drawn = frame(area, width, height).1;
    prop_assert!(drawn.x < width && drawn.y < height);
    let mut anew = TextArea::new(&text);
    prop_assert_eq!(area.rows(width, usize::MAX), anew.rows(width, usize::MAX));
    Ok(())
}

/// Presses a key until it changes nothing more, and returns each text.
fn all(area: &mut TextArea, key: KeyPress) -> Vec<String> {
    let mut texts = vec![area.text()];
    loop {
        let version = area.version();
        press(area, &[key]);
        if area.version() == version {
            return texts;
        }
        texts.push(area.text());
    }
}

proptest! {
    #[test]
    fn simple_keys_do_what_the_model_does(
        text in letters(20),
        inputs in prop::collection::vec(prop_oneof![typed(), simple_key(), simple_key()], 1..30),
    ) {
        let mut area = TextArea::new(&text);
        let mut model = Model { cursor: text.len(), anchor: text.len(), text };
        for input in inputs {
            area.take(&input);
            model.take(&input);
            prop_assert_eq!(area.text(), model.text.clone(), "{:?}", input);
            prop_assert_eq!(cursor(&area), model.cursor, "{:?}", input);
        }
    }

    #[test]
    fn any_keys_leave_a_sound_text_and_undo_and_redo_go_all_the_way(
        text in letters(40),
        inputs in prop::collection::vec(prop_oneof![typed(), any_key(), any_key()], 1..40),
        width in 1u16..14, height in 1u16..5,
    ) {
        let mut area = TextArea::new(&text);
        for input in inputs {
            area.take(&input);
            assert_sound(&mut area, width, height)?;
        }
        let last = area.text();
        let mut undone = all(&mut area, ctrl('_'));
        prop_assert_eq!(undone.last(), Some(&text));
        let redone = all(&mut area, ctrl('y'));
        undone.reverse();
        prop_assert_eq!(&undone, &redone);
        prop_assert_eq!(area.text(), last);
        assert_sound(&mut area, width, height)?;
    }

    #[test]
    fn undo_and_redo_give_back_the_cursor_and_the_selection(
        text in letters(30), moves in prop::collection::vec(any_key(), 0..6), input in typed(),
    ) {
        let mut area = TextArea::new(&text);
        for key in moves {
            area.take(&key);
        }
        let before = (area.text(), area.caret);
        let version = area.version();
        let (Input::Text(pasted) | Input::Paste(pasted)) = input else { unreachable!() };
        area.paste(&pasted);
        prop_assume!(area.version() > version);
        let after = (area.text(), area.caret);
        press(&mut area, &[plain(Key::Left), ctrl('_')]);
        prop_assert_eq!((area.text(), area.caret), before);
        press(&mut area, &[ctrl('y')]);
        prop_assert_eq!((area.text(), area.caret), after);
    }
}
