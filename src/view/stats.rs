//! The statistics of a journal: numbers and small bars; in words, numbers alone.

use chrono::Datelike;
use unicode_width::UnicodeWidthStr;

use crate::journal::look_back::stats::{Month, StepCounts, Streaks};
use crate::journal::{Stats, StepState};
use crate::messages::numbers::{days, grouped};
use crate::messages::{numbers, steps as step_words, time};
use crate::text::{Page, Role, Sheet, Text};

/// In less room than this a bar says nothing.
const SHORTEST: usize = 5;

/// The statistics of a whole journal, with bars if the page has a width.
pub fn stats(stats: &Stats, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    let mut rows = vec![
        Row::new("Days written", days_written(stats)),
        Row::new("Words", words(stats)),
        last_30(stats, page),
    ];
    let Streaks { current, best } = stats.streaks;
    // A streak of no days is left out.
    if current > 0 {
        rows.push(Row::new("Days in a row", days(current)));
    }
    if best > current {
        rows.push(Row::new("Most in a row", days(best)));
    }
    if stats.series_finished > 0 {
        rows.push(Row::new("Series finished", grouped(stats.series_finished)));
    }
    rows.extend(steps(stats.steps).map(|steps| Row::new("Steps", steps)));
    put_rows(&mut sheet, &rows, page);
    let written: Vec<&Month> = stats.months.iter().skip_while(|month| month.days == 0).collect();
    if page.in_words {
        put_rows(&mut sheet, &months_in_words(&written), page);
    } else if !written.is_empty() {
        sheet.blank();
        sheet.line(Role::Quiet, "Words by month");
        put_rows(&mut sheet, &months(&written, page), page);
    }
    sheet.into_text()
}

/// A label, its value, and a bar beside it, which may be empty.
struct Row {
    label: String,
    value: String,
    bar: String,
}

impl Row {
    fn new(label: &str, value: String) -> Self {
        Self { label: label.to_owned(), value, bar: String::new() }
    }
}

/// Adds a line for each label with its value.
fn put_rows(sheet: &mut Sheet, rows: &[Row], page: Page) {
    if page.in_words {
        let lines = rows.iter().map(|row| format!("{}: {}", row.label, row.value));
        return lines.for_each(|line| sheet.line(Role::Plain, &line));
    }
    let widest = rows.iter().map(|row| row.label.width()).max().unwrap_or_default();
    for Row { label, value, bar } in rows {
        let label = format!("{label:widest$}  ");
        if bar.is_empty() {
            sheet.labelled(Role::Plain, &label, value);
        } else {
            let text = format!("{label}{value}  ");
            sheet.pieces(&[(Role::Plain, &text), (Role::Amount, bar)]);
        }
    }
}

fn days_written(stats: &Stats) -> String {
    let days = grouped(stats.days);
    match stats.without_words {
        0 => days,
        others => format!("{days}, and {} without words", grouped(others)),
    }
}

fn words(stats: &Stats) -> String {
    let words = grouped(stats.words);
    // Rounded to the nearest.
    match (stats.words + stats.days / 2).checked_div(stats.days) {
        Some(each) => format!("{words}, about {} a day", grouped(each)),
        None => words,
    }
}

fn last_30(stats: &Stats, page: Page) -> Row {
    let (days, label) = (stats.last_30, "Last 30 days");
    if page.in_words {
        return Row::new(label, format!("words on {}", self::days(days)));
    }
    // The longest label of these rows has 15 columns.
    let bar = bar(days, 30, 30, room(15 + 2 + 2, page), page);
    let value = if bar.is_empty() { days.to_string() } else { format!("{days:2}") };
    Row { bar, ..Row::new(label, value) }
}

/// A row for each month: its days with words, and how many words.
fn months_in_words(months: &[&Month]) -> Vec<Row> {
    let row = |month: &&Month| {
        let first = month.first;
        let label = format!("{} {}", time::month(first), first.date().year());
        let words = numbers::words(usize::try_from(month.words).unwrap_or(usize::MAX));
        Row::new(
            &label,
            match month.days {
                0 => "nothing written".to_owned(),
                count => format!("{}, {words}", days(count)),
            },
        )
    };
    months.iter().map(row).collect()
}

/// The columns that are left for a bar after this many columns and two spaces; 0 if the page has no
/// bars.
fn room(taken: usize, page: Page) -> usize {
    page.width.unwrap_or_default().saturating_sub(taken + 2)
}

/// How many steps there are in each state, as text; `None` if there are no steps.
pub(super) fn steps(steps: StepCounts) -> Option<String> {
    let StepCounts { open, done, partly, dropped } = steps;
    let states = [
        (done, StepState::Done),
        (partly, StepState::Partly),
        (dropped, StepState::Dropped),
        (open, StepState::Open),
    ];
    let parts: Vec<String> = (states.iter())
        .filter(|(number, _)| *number > 0)
        .map(|(number, state)| format!("{} {}", grouped(*number), step_words::state(*state)))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A row for each month: its words, with a bar if there is room.
fn months(months: &[&Month], page: Page) -> Vec<Row> {
    let most = months.iter().map(|month| month.words).max().unwrap_or_default();
    let widest = grouped(most).len();
    let row = |month: &&Month| {
        let first = month.first;
        let label = format!("{} {}", time::month_in_short(first), first.date().year());
        let room = room(label.len() + 2 + widest, page);
        let bar = bar(month.words, most, 40, room, page);
        Row { bar, ..Row::new(&label, format!("{:>widest$}", grouped(month.words))) }
    };
    months.iter().map(row).collect()
}

/// A bar whose share of `longest` columns is that of the part in the whole; at least one column
/// long if the part is not 0. It is shorter where there is less room, and there is none in very
/// little.
fn bar(part: u64, whole: u64, longest: usize, room: usize, page: Page) -> String {
    let columns = if room < SHORTEST { 0 } else { room.min(longest) } as u64;
    let length = (part * columns).checked_div(whole).unwrap_or_default();
    let length = if part > 0 { length.max(1).min(columns) } else { 0 };
    let sign = if page.utf8 { "\u{2588}" } else { "#" };
    sign.repeat(usize::try_from(length).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_part_and_never_empty_for_something() {
        for (part, whole, wanted) in [(0, 10, ""), (1, 1000, "#"), (5, 10, "#####"), (0, 0, "")] {
            assert_eq!(bar(part, whole, 10, 80, Page::UNSET), wanted, "{part} of {whole}");
        }
        assert_eq!(bar(5, 10, 30, 8, Page::UNSET), "####", "it fits its room");
        assert_eq!(bar(5, 10, 30, 4, Page::UNSET), "", "too little room");
    }
}
