//! What is drawn.

use super::*;
use ratatui_core::style::Modifier;

const TEXT: &str = "The house is quiet, and I have the morning to myself. I did not call, though I \
                    said I would.\n\nTomorrow: call Anna before nine.";

#[test]
fn words_are_wrapped_to_the_area_on_a_wide_and_on_a_narrow_screen() {
    let (buffer, cursor) = frame(&mut TextArea::new(TEXT), 80, 5);
    assert_eq!(
        lines(&buffer),
        [
            "The house is quiet, and I have the morning to myself. I did not call, though I",
            "said I would.",
            "",
            "Tomorrow: call Anna before nine.",
            "",
        ]
    );
    assert_eq!(cursor, Position::new(32, 3));
    let mut area = TextArea::new(TEXT);
    let (buffer, cursor) = frame(&mut area, 40, 6);
    assert_eq!(
        lines(&buffer),
        [
            "The house is quiet, and I have the",
            "morning to myself. I did not call,",
            "though I said I would.",
            "",
            "Tomorrow: call Anna before nine.",
            "",
        ]
    );
    assert_eq!(cursor, Position::new(32, 4));
    assert_eq!((area.rows(40, 100), area.rows(40, 2), area.cursor_row_column()), (5, 2, (4, 32)));
}

#[test]
fn the_view_moves_as_little_as_the_cursor_needs() {
    let text: Vec<_> = (0..20).map(|number| number.to_string()).collect();
    let mut area = TextArea::new(&text.join("\n"));
    assert_eq!(lines(&frame(&mut area, 10, 4).0), ["16", "17", "18", "19"]);
    press(&mut area, &[plain(Key::Up); 3]);
    assert_eq!(lines(&frame(&mut area, 10, 4).0), ["16", "17", "18", "19"]);
    press(&mut area, &[plain(Key::Up)]);
    assert_eq!(lines(&frame(&mut area, 10, 4).0), ["15", "16", "17", "18"]);
    press(&mut area, &[KeyPress::ctrl(Key::Home)]);
    assert_eq!(lines(&frame(&mut area, 10, 4).0), ["0", "1", "2", "3"]);
    press(&mut area, &[plain(Key::Down); 4]);
    assert_eq!(lines(&frame(&mut area, 10, 4).0), ["1", "2", "3", "4"]);
}

#[test]
fn the_view_holds_as_much_of_the_text_as_it_can() {
    let mut area = TextArea::new("0\n1\n2\n3\n4\n5\n6\n7");
    frame(&mut area, 10, 3);
    // A higher window, and a shorter text.
    assert_eq!(lines(&frame(&mut area, 10, 5).0), ["3", "4", "5", "6", "7"]);
    press(&mut area, &[plain(Key::Backspace); 5]);
    assert_eq!(lines(&frame(&mut area, 10, 5).0), ["1", "2", "3", "4", ""]);
}

#[test]
fn white_space_at_a_break_hangs_and_the_cursor_stays_in_the_area() {
    let mut area = at_start("one two     three");
    frame(&mut area, 8, 3);
    press(&mut area, &[plain(Key::Right); 10]);
    let (buffer, cursor) = frame(&mut area, 8, 3);
    assert_eq!(lines(&buffer), ["one two", "three", ""]);
    assert_eq!(cursor, Position::new(7, 0));
}

#[test]
fn a_full_row_shows_the_cursor_after_its_last_letter() {
    let mut area = TextArea::new("");
    area.type_text("1234567");
    assert_eq!(frame(&mut area, 8, 2).1, Position::new(7, 0));
    area.type_text("8");
    assert_eq!(frame(&mut area, 8, 2).1, Position::new(1, 1));
}

#[test]
fn what_a_terminal_would_obey_is_drawn_in_a_visible_form() {
    let mut area = TextArea::new("a\u{1b}[2Jb\u{202e}c\u{200b}d\te\n\u{301}f");
    let (buffer, cursor) = frame(&mut area, 40, 2);
    assert_eq!(lines(&buffer), ["a^[[2Jb<U+202E>cd   e", "◌\u{301}f"]);
    assert_eq!(cursor, Position::new(2, 1));
}

#[test]
fn what_is_selected_is_reversed_with_its_line_breaks() {
    let mut area = TextArea::new("one\n\n世界");
    press(&mut area, &[shift(Key::Up), shift(Key::Up), shift(Key::Left)]);
    let (buffer, _) = frame(&mut area, 10, 3);
    let reversed = |x, y| buffer[(x, y)].modifier.contains(Modifier::REVERSED);
    let rows: Vec<String> =
        (0..3).map(|y| (0..6).map(|x| if reversed(x, y) { 'r' } else { '.' }).collect()).collect();
    assert_eq!(rows, ["..rr..", "r.....", "r.r..."]);
    // Without the focus there is neither a selection nor a cursor.
    let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 3));
    assert_eq!(area.draw(buffer.area, false, &mut buffer), None);
    assert!(buffer.content.iter().all(|cell| cell.modifier.is_empty()));
    assert_eq!(lines(&buffer), ["one", "", "世界"]);
}

#[test]
fn nothing_is_drawn_outside_of_the_area() {
    let mut area = TextArea::new("世界 is wide\n\u{1b}\nand more\nand more");
    for width in 0..12 {
        for height in 0..6 {
            for (x, y) in [(0, 0), (3, 2), (9, 4), (20, 20)] {
                let mut buffer =
                    Buffer::filled(Rect::new(0, 0, 10, 5), ratatui_core::buffer::Cell::new("#"));
                let asked = Rect::new(x, y, width, height);
                let cursor = area.draw(asked, true, &mut buffer);
                assert!(
                    cursor.is_none_or(|cursor| asked.intersection(buffer.area).contains(cursor))
                );
                for position in buffer.area.positions().filter(|at| !asked.contains(*at)) {
                    assert_eq!(buffer[position].symbol(), "#", "{asked:?}");
                }
            }
        }
    }
}
