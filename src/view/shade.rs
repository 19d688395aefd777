//! The signs of the calendar, their colours, and the line that says what they mean.
//!
//! Each mark has a sign of its own, so that the calendar reads the same without any colour.

use anstyle::{Ansi256Color, AnsiColor, Color, RgbColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::journal::Calendar;
use crate::journal::look_back::calendar::Mark;
use crate::messages::{numbers, time};
use crate::text::{ColorDepth, Page};
use crate::view::sheet::{PLAIN, QUIET, STRONG, Sheet};

/// The sign of a mark, one column wide.
pub(super) fn sign(mark: Mark, page: Page) -> &'static str {
    let shades = if page.utf8 { ["░", "▒", "▓", "█"] } else { ["-", "+", "*", "#"] };
    match mark {
        Mark::Blank => " ",
        Mark::Nothing if page.utf8 => "\u{b7}",
        Mark::Nothing => ".",
        Mark::Rest => "~",
        Mark::Shade(shade) => shades[shade.clamp(1, 4) - 1],
    }
}

/// The style of a mark: greens, of which more words have a brighter one.
pub(super) fn style(mark: Mark, page: Page) -> Style {
    let shade = match mark {
        Mark::Blank => return PLAIN,
        Mark::Nothing | Mark::Rest => 0,
        Mark::Shade(shade) => shade.clamp(1, 4),
    };
    match page.depth {
        ColorDepth::Sixteen => {
            let green = AnsiColor::Green.on_default();
            let bright = AnsiColor::BrightGreen.on_default();
            [QUIET, green.dimmed(), green, bright, bright.bold()][shade]
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

/// Says what the signs on the page mean, those that stand on it and no others. `today` is the sign
/// of today, if it has one of its own.
pub(super) fn put_legend(sheet: &mut Sheet, calendar: &Calendar, today: &str, page: Page) {
    let shades = (1..=4).map(Mark::Shade);
    let marks = std::iter::once(Mark::Nothing).chain(shades).chain([Mark::Rest]);
    let marks = marks.filter(|mark| calendar.days.iter().any(|day| day.mark == *mark));
    let mut items: Vec<(Style, &str, String)> =
        marks.map(|mark| (style(mark, page), sign(mark, page), meaning(mark, calendar))).collect();
    // The most words come last and end the numbers.
    if let Some((_, _, last)) =
        items.iter_mut().rfind(|(_, _, text)| text.contains(char::is_numeric))
    {
        last.push_str(if last == "1" { " word" } else { " words" });
    }
    if !today.is_empty() && calendar.period.contains(calendar.today) {
        items.push((STRONG, today, "today".to_owned()));
    }
    sheet.blank();
    let mut line: Vec<(Style, &str)> = Vec::new();
    let mut taken = 0;
    for (style, sign, text) in &items {
        let width = sign.width() + 1 + text.width();
        if taken > 0 && taken + 2 + width > page.screen {
            sheet.pieces(&line);
            line.clear();
            taken = 0;
        }
        if taken > 0 {
            line.push((PLAIN, "  "));
            taken += 2;
        }
        line.extend([(*style, *sign), (PLAIN, " "), (PLAIN, text)]);
        taken += width;
    }
    if !line.is_empty() {
        sheet.pieces(&line);
    }
}

/// Says how much was written in the time that a calendar covers.
pub(super) fn put_written(sheet: &mut Sheet, calendar: &Calendar) {
    let (days, words) = calendar.written();
    let words = usize::try_from(words).unwrap_or(usize::MAX);
    let (days, words) = (numbers::days(days as u64), numbers::words(words));
    sheet.blank();
    sheet.line(PLAIN, &format!("{days} written, {words} in {}.", time::period(calendar.period)));
}

fn meaning(mark: Mark, calendar: &Calendar) -> String {
    match mark {
        Mark::Blank => String::new(),
        Mark::Nothing => "nothing".to_owned(),
        Mark::Rest => "rest".to_owned(),
        Mark::Shade(shade) => match calendar.shades.range(shade) {
            (from, None) => format!("{from}+"),
            (from, Some(to)) if from == to => from.to_string(),
            (from, Some(to)) => format!("{from}-{to}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthChar;

    const MARKS: [Mark; 7] = [
        Mark::Blank,
        Mark::Nothing,
        Mark::Rest,
        Mark::Shade(1),
        Mark::Shade(2),
        Mark::Shade(3),
        Mark::Shade(4),
    ];

    #[test]
    fn each_mark_has_a_sign_of_its_own_that_is_one_column_wide() {
        for utf8 in [false, true] {
            let page = Page { utf8, ..Page::UNSET };
            let signs = MARKS.map(|mark| sign(mark, page));
            for (at, one) in signs.iter().enumerate() {
                assert!(!signs[..at].contains(one), "{one:?}");
                assert_eq!(one.chars().map(UnicodeWidthChar::width).collect::<Vec<_>>(), [Some(1)]);
                assert!(utf8 || one.is_ascii(), "{one:?}");
                assert!(!"^>".contains(one), "{one:?} marks today");
            }
        }
    }

    #[test]
    fn each_shade_has_a_colour_of_its_own_in_every_depth() {
        for depth in [ColorDepth::Sixteen, ColorDepth::TwoHundredFiftySix, ColorDepth::True] {
            let page = Page { color: true, depth, ..Page::UNSET };
            let styles = MARKS[2..].iter().map(|mark| style(*mark, page).render().to_string());
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
