//! What each key does.

use super::*;
use crate::terminal::input::Input;

#[test]
fn typing_is_undone_in_words_and_redone() {
    let mut area = TextArea::new("");
    for letter in "hello my  world".chars() {
        area.type_text(&letter.to_string());
    }
    let mut seen = Vec::new();
    for _ in 0..4 {
        press(&mut area, &[ctrl('_')]);
        seen.push(area.text());
    }
    assert_eq!(seen, ["hello my  ", "hello ", "", ""]);
    press(&mut area, &[ctrl('y'), alt('r'), ctrl('y'), ctrl('y')]);
    assert_eq!(marked(&area), "hello my  world|");
    // The same words, typed faster than they were read.
    let mut area = TextArea::new("");
    area.type_text("hel");
    area.type_text("lo my  world");
    press(&mut area, &[alt('u')]);
    assert_eq!(marked(&area), "hello my  |");
    press(&mut area, &[alt('z'), alt('z')]);
    assert_eq!(area.text(), "");
}

#[test]
fn moving_ends_what_one_undo_takes_away() {
    let mut area = TextArea::new("");
    area.type_text("on");
    press(&mut area, &[plain(Key::Left), plain(Key::Right)]);
    area.type_text("ly");
    press(&mut area, &[ctrl('_')]);
    assert_eq!(area.text(), "on");
    area.type_text("e");
    press(&mut area, &[ctrl('y')]);
    assert_eq!(area.text(), "one", "what was undone is gone after a change");
}

#[test]
fn what_was_deleted_in_one_go_comes_back_in_one_go() {
    let mut area = TextArea::new("one two\nthree");
    press(&mut area, &[plain(Key::Backspace); 8]);
    assert_eq!(area.text(), "one t");
    press(&mut area, &[ctrl('_')]);
    assert_eq!(marked(&area), "one two\nthree|");
    press(&mut area, &[KeyPress::ctrl(Key::Home)]);
    press(&mut area, &[plain(Key::Delete); 8]);
    assert_eq!(area.text(), "three");
    press(&mut area, &[ctrl('_')]);
    assert_eq!(marked(&area), "|one two\nthree");
}

#[test]
fn a_paste_is_one_change_with_what_it_replaced() {
    let mut area = at_start("one two three");
    press(&mut area, &[alt('f'), plain(Key::Right)]);
    press(&mut area, &[shift(Key::Right), shift(Key::Right), shift(Key::Right)]);
    area.paste("2\n\nii");
    assert_eq!(marked(&area), "one 2\n\nii| three");
    let version = area.version();
    press(&mut area, &[ctrl('_')]);
    assert_eq!(area.text(), "one two three");
    assert!(area.version() > version);
    area.type_text("2");
    assert_eq!(area.text(), "one 2 three", "what was selected is selected again");
    press(&mut area, &[ctrl('_'), plain(Key::Backspace)]);
    assert_eq!(marked(&area), "one | three");
}

#[test]
fn a_selection_is_cut_copied_and_put_back() {
    let mut area = TextArea::new("one two");
    assert_eq!(area.press(ctrl('c')), Pressed::NotMine);
    assert_eq!(area.press(ctrl('x')), Pressed::NotMine);
    press(&mut area, &[KeyPress { shift: true, ..KeyPress::ctrl(Key::Left) }, ctrl('x')]);
    assert_eq!(marked(&area), "one |");
    press(&mut area, &[ctrl('a'), ctrl('v'), ctrl('v')]);
    assert_eq!(marked(&area), "twotwo|one ");
    press(&mut area, &[alt('a'), ctrl('c'), plain(Key::Right), ctrl('v')]);
    assert_eq!(marked(&area), "twotwoone twotwoone |");
}

#[test]
fn a_move_without_shift_ends_the_selection() {
    for (key, wanted) in [
        (Key::Left, "o|ne two"),
        (Key::Right, "one| two"),
        (Key::Home, "|one two"),
        (Key::End, "one two|"),
    ] {
        let mut area = at_start("one two");
        press(&mut area, &[plain(Key::Right), shift(Key::Right), shift(Key::Right), plain(key)]);
        area.type_text("");
        assert_eq!(marked(&area), wanted, "{key:?}");
        assert_eq!(area.press(ctrl('c')), Pressed::NotMine);
    }
}

#[test]
fn words_and_paragraphs_are_cut_around_the_cursor() {
    for (key, wanted, put_back) in [
        (ctrl('w'), "a\none | three\nb", "a\none two-| three\nb"),
        (KeyPress::alt(Key::Backspace), "a\none | three\nb", "a\none two-| three\nb"),
        (KeyPress::ctrl(Key::Backspace), "a\none | three\nb", "a\none two-| three\nb"),
        (alt('d'), "a\none two-|\nb", "a\none two- three|\nb"),
        (KeyPress::ctrl(Key::Delete), "a\none two-|\nb", "a\none two- three|\nb"),
        (ctrl('k'), "a\none two-|\nb", "a\none two- three|\nb"),
        (ctrl('u'), "a\n| three\nb", "a\none two-| three\nb"),
    ] {
        let mut area = at_start("a\none two- three\nb");
        press(&mut area, &[plain(Key::Down), alt('f'), alt('f'), plain(Key::Right), key]);
        assert_eq!(marked(&area), wanted, "{key:?}");
        press(&mut area, &[ctrl('v')]);
        assert_eq!(marked(&area), put_back, "{key:?}");
        press(&mut area, &[ctrl('_'), ctrl('_')]);
        assert_eq!(marked(&area), "a\none two-| three\nb", "{key:?}");
    }
}

#[test]
fn what_is_cut_key_after_key_is_put_back_whole() {
    let mut area = TextArea::new("one two three");
    press(&mut area, &[ctrl('w'), ctrl('w'), ctrl('v')]);
    assert_eq!(area.text(), "one two three");
    let mut area = at_start("a\nb\nc");
    press(&mut area, &[ctrl('k'), ctrl('k'), ctrl('k'), ctrl('k')]);
    assert_eq!(area.text(), "c");
    press(&mut area, &[ctrl('v')]);
    assert_eq!(area.text(), "a\nb\nc");
}

#[test]
fn at_its_edges_a_paragraph_joins_its_neighbour() {
    let mut area = at_start("one\ntwo");
    press(&mut area, &[plain(Key::Down), plain(Key::Backspace)]);
    assert_eq!(marked(&area), "one|two");
    press(&mut area, &[plain(Key::Enter), plain(Key::Left), plain(Key::Delete)]);
    assert_eq!(marked(&area), "one|two");
    press(&mut area, &[plain(Key::Enter), plain(Key::Enter)]);
    assert_eq!(marked(&area), "one\n\n|two");
    press(&mut area, &[ctrl('w')]);
    assert_eq!(marked(&area), "one\n|two");
}

#[test]
fn home_and_end_stay_in_the_row_however_often_they_are_pressed() {
    let mut area = at_start("one two three four");
    frame(&mut area, 9, 5);
    press(&mut area, &[plain(Key::Down), plain(Key::End)]);
    assert_eq!(marked(&area), "one two three| four");
    press(&mut area, &[plain(Key::End)]);
    assert_eq!(marked(&area), "one two three| four");
    press(&mut area, &[ctrl('a')]);
    assert_eq!(marked(&area), "one two |three four");
    press(&mut area, &[plain(Key::Home)]);
    assert_eq!(marked(&area), "one two |three four");
    press(&mut area, &[KeyPress::ctrl(Key::End)]);
    assert_eq!(marked(&area), "one two three four|");
}

#[test]
fn the_end_of_a_row_in_a_long_word_is_after_its_last_letter() {
    let mut area = at_start("日本語の長い文");
    frame(&mut area, 7, 5);
    press(&mut area, &[plain(Key::End)]);
    assert_eq!(frame(&mut area, 7, 5).1, Position::new(6, 0));
    press(&mut area, &[plain(Key::Down)]);
    assert_eq!(frame(&mut area, 7, 5).1, Position::new(6, 1));
    press(&mut area, &[plain(Key::Home)]);
    assert_eq!(marked(&area), "日本語|の長い文");
    press(&mut area, &[plain(Key::Up), plain(Key::End)]);
    area.type_text("x");
    assert_eq!(area.text(), "日本語xの長い文");
}

#[test]
fn up_and_down_keep_the_column_and_tell_where_the_text_ends() {
    let mut area = at_start("a long row\nb\n\nanother row");
    press(&mut area, &[plain(Key::End), plain(Key::Down), plain(Key::Down), plain(Key::Down)]);
    assert_eq!(marked(&area), "a long row\nb\n\nanother ro|w");
    assert_eq!(area.press(plain(Key::Down)), Pressed::AtBottom);
    press(&mut area, &[plain(Key::Up); 3]);
    assert_eq!(marked(&area), "a long row|\nb\n\nanother row");
    assert_eq!(area.press(plain(Key::Up)), Pressed::AtTop);
    // With Shift, the rest of the row is selected.
    assert_eq!(area.press(shift(Key::Up)), Pressed::Done);
    press(&mut area, &[plain(Key::Delete)]);
    assert_eq!(area.text(), "\nb\n\nanother row");
}

#[test]
fn a_page_is_as_high_as_it_was_drawn() {
    let text: Vec<_> = (0..50).map(|number| number.to_string()).collect();
    let mut area = at_start(&text.join("\n"));
    frame(&mut area, 20, 10);
    press(&mut area, &[plain(Key::PageDown), plain(Key::PageDown)]);
    assert_eq!(area.cursor_row_column(), (20, 0));
    press(&mut area, &[plain(Key::PageUp)]);
    assert_eq!(area.cursor_row_column(), (10, 0));
    press(&mut area, &[plain(Key::PageDown); 6]);
    assert_eq!(area.text().len(), cursor(&area));
}

#[test]
fn one_line_takes_no_line_break() {
    let mut area = TextArea::one_line("one\ntwo");
    assert_eq!(area.press(plain(Key::Enter)), Pressed::NotMine);
    area.paste(" a\r\nb\nc");
    assert_eq!(area.text(), "one two a b c");
    assert_eq!(area.take(&Input::Paste("\n".to_owned())), Pressed::Done);
    assert_eq!(area.text(), "one two a b c ");
    assert_eq!(area.press(plain(Key::Up)), Pressed::AtTop);
    assert_eq!(area.press(plain(Key::Down)), Pressed::AtBottom);
}

#[test]
fn the_keys_of_the_page_are_left_to_it() {
    let mut area = TextArea::new("one");
    let letters = ['d', 'e', 'z', 'l', 'q', 's'].map(ctrl);
    let keys = [Key::Tab, Key::Escape, Key::Function(1), Key::Insert].map(plain);
    for key in letters.into_iter().chain(keys).chain([alt('x'), KeyPress::ctrl(Key::Enter)]) {
        assert_eq!(area.press(key), Pressed::NotMine, "{key:?}");
    }
    assert_eq!((area.text().as_str(), area.version()), ("one", 0));
}

#[test]
fn the_version_grows_with_changes_alone() {
    let mut area = TextArea::new("one");
    press(&mut area, &[plain(Key::Left), plain(Key::Home), plain(Key::Backspace), ctrl('_')]);
    area.paste("");
    area.type_text("");
    assert_eq!(area.version(), 0);
    area.type_text("a");
    press(&mut area, &[plain(Key::Backspace)]);
    assert_eq!(area.version(), 2);
}

#[test]
fn a_text_without_words_is_blank() {
    assert!(TextArea::new(" \n\u{200b}\n").is_blank());
    assert!(!TextArea::new("\n\na").is_blank());
}
