//! The signs of the calendar, their roles, and the line that says what they mean.
//!
//! Each mark has a sign of its own, so that the calendar can be read without colours.

use unicode_width::UnicodeWidthStr;

use crate::journal::Calendar;
use crate::journal::look_back::calendar::Mark;
use crate::messages::{numbers, time};
use crate::text::{Page, Role, Sheet};

/// The sign of a mark, one column wide.
pub fn sign(mark: Mark, page: Page) -> &'static str {
    let shades = if page.utf8 { ["░", "▒", "▓", "█"] } else { ["-", "+", "*", "#"] };
    match mark {
        Mark::Blank => " ",
        Mark::Nothing if page.utf8 => "\u{b7}",
        Mark::Nothing => ".",
        Mark::Rest => "~",
        Mark::Shade(shade) => shades[shade.clamp(1, 4) - 1],
    }
}

/// The role of a mark.
pub fn role(mark: Mark) -> Role {
    match mark {
        Mark::Blank => Role::Plain,
        Mark::Nothing | Mark::Rest => Role::Quiet,
        Mark::Shade(_) => Role::Amount,
    }
}

/// Adds what the signs mean, only those that stand in this calendar. `today` is the sign of today;
/// empty if there is none.
pub fn put_legend(sheet: &mut Sheet, calendar: &Calendar, today: &str, page: Page) {
    let shades = (1..=4).map(Mark::Shade);
    let marks = std::iter::once(Mark::Nothing).chain(shades).chain([Mark::Rest]);
    let marks = marks.filter(|mark| calendar.days.iter().any(|day| day.mark == *mark));
    let mut items: Vec<(Role, &str, String)> =
        marks.map(|mark| (role(mark), sign(mark, page), meaning(mark, calendar))).collect();
    // The highest numbers come last, so the unit stands there.
    if let Some((_, _, last)) =
        items.iter_mut().rfind(|(_, _, text)| text.contains(char::is_numeric))
    {
        last.push_str(if last == "1" { " word" } else { " words" });
    }
    if !today.is_empty() && calendar.period.contains(calendar.today) {
        items.push((Role::Today, today, "today".to_owned()));
    }
    sheet.blank();
    let mut line: Vec<(Role, &str)> = Vec::new();
    let mut taken = 0;
    for (role, sign, text) in &items {
        let width = sign.width() + 1 + text.width();
        if taken > 0 && taken + 2 + width > page.screen {
            sheet.pieces(&line);
            line.clear();
            taken = 0;
        }
        if taken > 0 {
            line.push((Role::Plain, "  "));
            taken += 2;
        }
        line.extend([(*role, *sign), (Role::Plain, " "), (Role::Plain, text)]);
        taken += width;
    }
    if !line.is_empty() {
        sheet.pieces(&line);
    }
}

/// Adds how much was written in the period of a calendar.
pub(super) fn put_written(sheet: &mut Sheet, calendar: &Calendar) {
    let (days, words) = calendar.written();
    let words = usize::try_from(words).unwrap_or(usize::MAX);
    let (days, words) = (numbers::days(days as u64), numbers::words(words));
    sheet.blank();
    sheet.line(
        Role::Plain,
        &format!("{days} written, {words} in {}.", time::period(calendar.period)),
    );
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
}
