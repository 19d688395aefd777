//! Draws text with roles into a buffer of cells: what each role looks like on a full screen, as
//! `terminal::draw` does it for the lines of other output.
//!
//! Only the terminal's own colours are used, and none of them says something alone: on a page
//! without colours nothing has a style, and signs tell. Nothing is drawn outside the area.

use ratatui_core::buffer::{Buffer, CellWidth};
use ratatui_core::layout::Rect;
use ratatui_core::style::{Color, Style};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Line, Page, Role, Text, one_line, shorten};

/// The columns between the two texts of a bar, at least.
const GAP: u16 = 2;

/// Draws lines from the top of an area down. A line that is wider than the area is cut; see
/// [`fold`].
pub fn text(lines: &[Line], area: Rect, color: bool, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    for (y, line) in (area.top()..area.bottom()).zip(lines) {
        let mut x = area.left();
        for (role, piece) in line {
            let room = usize::from(area.right().saturating_sub(x));
            (x, _) = buf.set_stringn(x, y, piece, room, style(*role, color));
        }
    }
}

/// The look of a role. Without colours there is none.
pub fn style(role: Role, color: bool) -> Style {
    let style = Style::new();
    if !color {
        return style;
    }
    match role {
        Role::Plain => style,
        Role::Heading | Role::Today => style.bold(),
        Role::Quiet => style.dim(),
        Role::Question => style.italic(),
        Role::Found => style.bold().underlined(),
        Role::Removed => style.fg(Color::Red),
        Role::Added | Role::Amount => style.fg(Color::Green),
    }
}

/// Draws one line with a text at its left, in this role, and a quiet one at its right end. Where
/// there is no room for both, the right one is left out and the left one is cut.
pub fn bar(role: Role, left: &str, right: &str, area: Rect, page: Page, buf: &mut Buffer) {
    let area = Rect { height: area.height.min(1), ..area }.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let left = shorten(left, area.width.into(), page.utf8);
    let (end, y) =
        buf.set_stringn(area.x, area.y, left, area.width.into(), style(role, page.color));
    let right = one_line(right);
    let start = area.right().saturating_sub(width(&right));
    if start >= end.saturating_add(GAP) || (start >= area.left() && end == area.left()) {
        buf.set_stringn(start, y, right, area.width.into(), style(Role::Quiet, page.color));
    }
}

/// The columns of a text that is safe to show.
pub fn width(text: &str) -> u16 {
    text.graphemes(true).map(CellWidth::cell_width).fold(0, u16::saturating_add)
}

/// The lines of a text with those that are wider than this broken at the last letter that fits, so
/// that none of them is cut: an address, code, a table.
pub fn fold(text: &Text, width: u16) -> Vec<Line> {
    let mut folded = Vec::with_capacity(text.lines().len());
    for line in text.lines() {
        let mut current = Line::new();
        let mut taken = 0u16;
        for (role, piece) in line {
            let mut start = 0;
            for (at, grapheme) in piece.grapheme_indices(true) {
                let columns = grapheme.cell_width();
                if taken > 0 && taken.saturating_add(columns) > width {
                    current.push((*role, piece[start..at].to_owned()));
                    folded.push(std::mem::take(&mut current));
                    (taken, start) = (0, at);
                }
                taken = taken.saturating_add(columns);
            }
            current.push((*role, piece[start..].to_owned()));
        }
        folded.push(current);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sheet;
    use proptest::prelude::*;
    use ratatui_core::style::Modifier;

    fn shown(buf: &Buffer) -> Vec<String> {
        let row = |y| {
            let mut row = String::new();
            let mut x = buf.area.left();
            while x < buf.area.right() {
                let symbol = buf[(x, y)].symbol();
                row.push_str(symbol);
                x += width(symbol).max(1);
            }
            row
        };
        (buf.area.top()..buf.area.bottom()).map(row).collect()
    }

    fn empty(width: u16, height: u16) -> Buffer {
        Buffer::empty(Rect::new(0, 0, width, height))
    }

    fn pieces(pieces: &[(Role, &str)]) -> Text {
        let mut sheet = Sheet::new(Page::UNSET);
        sheet.pieces(pieces);
        sheet.into_text()
    }

    #[test]
    fn each_role_looks_as_it_does_in_other_output_and_has_no_look_without_colours() {
        for (role, wanted) in [
            (Role::Plain, Style::new()),
            (Role::Heading, Style::new().add_modifier(Modifier::BOLD)),
            (Role::Today, Style::new().add_modifier(Modifier::BOLD)),
            (Role::Quiet, Style::new().add_modifier(Modifier::DIM)),
            (Role::Question, Style::new().add_modifier(Modifier::ITALIC)),
            (Role::Found, Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)),
            (Role::Removed, Style::new().fg(Color::Red)),
            (Role::Added, Style::new().fg(Color::Green)),
            (Role::Amount, Style::new().fg(Color::Green)),
        ] {
            assert_eq!(style(role, true), wanted, "{role:?}");
            assert_eq!(style(role, false), Style::new(), "{role:?}");
        }
    }

    #[test]
    fn lines_stay_inside_their_area_also_where_that_is_outside_the_buffer() {
        let text_of = pieces(&[(Role::Plain, "one "), (Role::Heading, "two three four")]);
        let mut buf = empty(10, 3);
        text(text_of.lines(), Rect::new(2, 1, 6, 1), true, &mut buf);
        assert_eq!(shown(&buf), ["          ", "  one tw  ", "          "]);
        assert_eq!(buf[(6, 1)].modifier, Modifier::BOLD);
        for area in [Rect::new(8, 2, 40, 9), Rect::new(40, 40, 5, 5), Rect::new(0, 0, 0, 0)] {
            text(text_of.lines(), area, true, &mut buf);
            bar(Role::Quiet, "left", "right", area, Page::UNSET, &mut buf);
        }
    }

    #[test]
    fn a_wide_letter_that_does_not_fit_is_left_out_whole() {
        let mut buf = empty(6, 1);
        text(pieces(&[(Role::Plain, "a世界は")]).lines(), Rect::new(0, 0, 4, 1), false, &mut buf);
        assert_eq!(shown(&buf), ["a世   "]);
    }

    #[test]
    fn a_bar_keeps_its_left_text_before_its_right_one() {
        let drawn = |left: &str, right: &str, columns: u16| {
            let mut buf = empty(columns, 1);
            bar(Role::Heading, left, right, buf.area, Page::UNSET, &mut buf);
            shown(&buf).remove(0)
        };
        assert_eq!(drawn("left", "right", 12), "left   right");
        assert_eq!(drawn("left", "right", 11), "left  right");
        assert_eq!(drawn("left", "right", 10), "left      ");
        assert_eq!(drawn("a long text", "right", 8), "a lon...");
        assert_eq!(drawn("", "right", 8), "   right");
        assert_eq!(drawn("a\x1b[2J\nb\u{202e}", "", 20), "a^[[2J b<U+202E>    ");
    }

    #[test]
    fn a_bar_is_quiet_at_its_right_end_and_plain_without_colours() {
        let look = |color| {
            let mut buf = empty(5, 1);
            bar(Role::Heading, "a", "b", buf.area, Page { color, ..Page::UNSET }, &mut buf);
            buf.content().iter().map(|cell| cell.modifier).collect::<Vec<_>>()
        };
        let (plain, bold, dim) = (Modifier::empty(), Modifier::BOLD, Modifier::DIM);
        assert_eq!(look(true), [bold, plain, plain, plain, dim]);
        assert_eq!(look(false), [plain; 5]);
    }

    proptest! {
        #[test]
        fn folded_lines_hold_all_letters_and_none_is_too_wide(
            first in "\\PC{0,40}", second in "\\PC{0,40}", columns in 2u16..12,
        ) {
            let text = pieces(&[(Role::Plain, &first), (Role::Found, &second)]);
            let folded = fold(&text, columns);
            let plain = |lines: &[Line]| -> String {
                lines.iter().flatten().map(|(_, piece)| piece.as_str()).collect()
            };
            prop_assert_eq!(plain(&folded), plain(text.lines()));
            for line in &folded {
                let graphemes = line.iter().flat_map(|(_, piece)| piece.graphemes(true));
                let letters: Vec<u16> = graphemes.map(CellWidth::cell_width).collect();
                prop_assert!(letters.iter().sum::<u16>() <= columns || letters.len() == 1);
            }
        }
    }
}
