//! Draws text with the escape sequences of a terminal: what each role looks like.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use crate::text::{Role, Text};

/// The text with the escape sequences of a terminal.
///
/// Only the colours that a person has chosen for the terminal are used, so that they read well on
/// its background, be it light or dark.
pub(super) fn draw(text: &Text) -> String {
    let mut drawn = String::with_capacity(2 * text.size());
    for line in text.lines() {
        let mut current = Style::new();
        for (role, piece) in line.iter().filter(|(_, piece)| !piece.is_empty()) {
            let style = style(*role);
            // Neighbours that look the same are styled once.
            if style != current {
                let _ = write!(drawn, "{current:#}{style}");
                current = style;
            }
            drawn.push_str(piece);
        }
        if current != Style::new() {
            let _ = write!(drawn, "{current:#}");
        }
        drawn.push('\n');
    }
    drawn
}

fn style(role: Role) -> Style {
    let style = Style::new();
    match role {
        Role::Plain => style,
        Role::Heading | Role::Today => style.bold(),
        Role::Quiet => style.dimmed(),
        Role::Question => style.italic(),
        // Underlined too: bold alone looks like plain text on some terminals.
        Role::Found => style.bold().underline(),
        Role::Removed => AnsiColor::Red.on_default(),
        // Signs tell how much it is.
        Role::Added | Role::Amount => AnsiColor::Green.on_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Page, Sheet};

    fn drawn(pieces: &[(Role, &str)]) -> String {
        let mut sheet = Sheet::new(Page::UNSET);
        sheet.pieces(pieces);
        draw(&sheet.into_text())
    }

    #[test]
    fn each_role_has_its_escape_sequence_and_ends_it() {
        for (role, wanted) in [
            (Role::Plain, "a\n"),
            (Role::Heading, "\x1b[1ma\x1b[0m\n"),
            (Role::Today, "\x1b[1ma\x1b[0m\n"),
            (Role::Quiet, "\x1b[2ma\x1b[0m\n"),
            (Role::Question, "\x1b[3ma\x1b[0m\n"),
            (Role::Found, "\x1b[1m\x1b[4ma\x1b[0m\n"),
            (Role::Removed, "\x1b[31ma\x1b[0m\n"),
            (Role::Added, "\x1b[32ma\x1b[0m\n"),
            (Role::Amount, "\x1b[32ma\x1b[0m\n"),
        ] {
            assert_eq!(drawn(&[(role, "a")]), wanted, "{role:?}");
        }
    }

    #[test]
    fn each_piece_is_styled_alone_and_an_empty_line_is_bare() {
        let pieces = [(Role::Heading, "a "), (Role::Quiet, "b"), (Role::Plain, "c")];
        let wanted = "\x1b[1ma \x1b[0m\x1b[2mb\x1b[0mc\n";
        assert_eq!(drawn(&pieces), wanted);
        assert_eq!(drawn(&[(Role::Heading, "")]), "\n");
    }

    #[test]
    fn neighbours_that_look_the_same_are_styled_once() {
        let pieces = [(Role::Heading, "Mon "), (Role::Today, ".")];
        assert_eq!(drawn(&pieces), "\x1b[1mMon .\x1b[0m\n");
        let pieces = [(Role::Quiet, "Mon "), (Role::Amount, "#")];
        assert_eq!(drawn(&pieces), "\x1b[2mMon \x1b[0m\x1b[32m#\x1b[0m\n");
    }
}
