//! Draws text with the escape sequences of a terminal: what each role looks like.

use std::fmt::Write;

use anstyle::{Ansi256Color, AnsiColor, Color, RgbColor, Style};

use crate::text::{Role, Text};

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorDepth {
    #[default]
    Sixteen,
    TwoHundredFiftySix,
    True,
}

/// The text with the escape sequences for a terminal of this colour depth.
pub(super) fn draw(text: &Text, depth: ColorDepth) -> String {
    let mut drawn = String::with_capacity(2 * text.size());
    for line in text.lines() {
        let mut current = Style::new();
        for (role, piece) in line.iter().filter(|(_, piece)| !piece.is_empty()) {
            let style = style(*role, depth);
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

fn style(role: Role, depth: ColorDepth) -> Style {
    let style = Style::new();
    match role {
        Role::Plain => style,
        Role::Heading | Role::Today => style.bold(),
        Role::Quiet => style.dimmed(),
        Role::Question => style.italic(),
        // Underlined too: bold alone looks like plain text on some terminals.
        Role::Found => style.bold().underline(),
        Role::Removed => AnsiColor::Red.on_default(),
        Role::Added => AnsiColor::Green.on_default(),
        Role::Shade(shade) => green(shade, depth),
    }
}

/// The green of a shade: the more words, the brighter.
fn green(shade: u8, depth: ColorDepth) -> Style {
    let shade = usize::from(shade.min(4));
    match depth {
        ColorDepth::Sixteen => {
            let green = AnsiColor::Green.on_default();
            let bright = AnsiColor::BrightGreen.on_default();
            [Style::new().dimmed(), green.dimmed(), green, bright, bright.bold()][shade]
        }
        ColorDepth::TwoHundredFiftySix => {
            Style::new().fg_color(Some(Color::from(Ansi256Color([65, 28, 34, 40, 83][shade]))))
        }
        ColorDepth::True => {
            let greens =
                [(86, 107, 84), (58, 138, 70), (70, 166, 84), (84, 196, 98), (140, 233, 150)];
            let (red, green, blue) = greens[shade];
            Style::new().fg_color(Some(Color::from(RgbColor(red, green, blue))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Page, Sheet};

    const DEPTHS: [ColorDepth; 3] =
        [ColorDepth::Sixteen, ColorDepth::TwoHundredFiftySix, ColorDepth::True];

    fn drawn(pieces: &[(Role, &str)], depth: ColorDepth) -> String {
        let mut sheet = Sheet::new(Page::UNSET);
        sheet.pieces(pieces);
        draw(&sheet.into_text(), depth)
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
        ] {
            for depth in DEPTHS {
                assert_eq!(drawn(&[(role, "a")], depth), wanted, "{role:?}");
            }
        }
    }

    #[test]
    fn each_piece_is_styled_alone_and_an_empty_line_is_bare() {
        let pieces = [(Role::Heading, "a "), (Role::Quiet, "b"), (Role::Plain, "c")];
        let wanted = "\x1b[1ma \x1b[0m\x1b[2mb\x1b[0mc\n";
        assert_eq!(drawn(&pieces, ColorDepth::Sixteen), wanted);
        assert_eq!(drawn(&[(Role::Heading, "")], ColorDepth::Sixteen), "\n");
    }

    #[test]
    fn neighbours_that_look_the_same_are_styled_once() {
        let pieces = [(Role::Quiet, "Mon "), (Role::Shade(0), ".")];
        assert_eq!(drawn(&pieces, ColorDepth::Sixteen), "\x1b[2mMon .\x1b[0m\n");
        let wanted = "\x1b[2mMon \x1b[0m\x1b[38;5;65m.\x1b[0m\n";
        assert_eq!(drawn(&pieces, ColorDepth::TwoHundredFiftySix), wanted);
    }

    #[test]
    fn each_shade_has_a_colour_of_its_own_in_every_depth() {
        for depth in DEPTHS {
            let styles = (0..=4).map(|shade| green(shade, depth).render().to_string());
            let styles: Vec<String> = styles.collect();
            for (at, one) in styles.iter().enumerate() {
                assert!(!styles[..at].contains(one), "{depth:?} {one:?}");
            }
            let codes = match depth {
                ColorDepth::Sixteen => "[",
                ColorDepth::TwoHundredFiftySix => "[38;5;",
                ColorDepth::True => "[38;2;",
            };
            assert!(styles.iter().all(|style| style.contains(codes)), "{styles:?}");
            if depth == ColorDepth::Sixteen {
                assert!(styles.iter().all(|style| !style.contains("38;")), "{styles:?}");
            }
        }
    }
}
