//! The statistics of a journal: numbers and small bars.

use chrono::Datelike;
use unicode_width::UnicodeWidthStr;

use crate::journal::look_back::stats::{Month, StepCounts, Streaks};
use crate::journal::{Stats, StepState};
use crate::messages::numbers::{days, grouped};
use crate::messages::{steps as step_words, time};
use crate::text::{Page, Role, Sheet, Text};

/// The statistics of a whole journal, with bars if the page has a width.
pub fn stats(stats: &Stats, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    let bars = page.width.is_some();
    let mut rows = vec![
        ("Days written".to_owned(), days_written(stats)),
        ("Words".to_owned(), words(stats)),
        ("Last 30 days".to_owned(), last_30(stats, bars, page)),
    ];
    let Streaks { current, best } = stats.streaks;
    // A streak of no days is left out.
    if current > 0 {
        rows.push(("Days in a row".to_owned(), days(current)));
    }
    if best > current {
        rows.push(("Most in a row".to_owned(), days(best)));
    }
    if stats.series_finished > 0 {
        rows.push(("Series finished".to_owned(), grouped(stats.series_finished)));
    }
    rows.extend(steps(stats.steps).map(|steps| ("Steps".to_owned(), steps)));
    put_rows(&mut sheet, &rows);
    let written: Vec<&Month> = stats.months.iter().skip_while(|month| month.days == 0).collect();
    if !written.is_empty() {
        sheet.blank();
        sheet.line(Role::Quiet, "Words by month");
        put_rows(&mut sheet, &months(&written, bars, page));
    }
    sheet.into_text()
}

/// Adds a line for each label with its value.
fn put_rows(sheet: &mut Sheet, rows: &[(String, String)]) {
    let widest = rows.iter().map(|(label, _)| label.width()).max().unwrap_or_default();
    for (label, value) in rows {
        sheet.line(Role::Plain, &format!("{label:widest$}  {value}"));
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
    match stats.words.checked_div(stats.days) {
        Some(each) => format!("{words}, about {} a day", grouped(each)),
        None => words,
    }
}

fn last_30(stats: &Stats, bars: bool, page: Page) -> String {
    let days = stats.last_30;
    if bars { format!("{days:2}  {}", bar(days, 30, 30, page)) } else { days.to_string() }
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

/// A label and a value for each month: its words, with a bar if `bars`.
fn months(months: &[&Month], bars: bool, page: Page) -> Vec<(String, String)> {
    let most = months.iter().map(|month| month.words).max().unwrap_or_default();
    let widest = grouped(most).len();
    let row = |month: &&Month| {
        let first = month.first;
        let label = format!("{} {}", time::month_in_short(first), first.date().year());
        let words = format!("{:>widest$}", grouped(month.words));
        let room = page.width.unwrap_or_default().saturating_sub(label.len() + widest + 4).min(40);
        let bar = if bars { bar(month.words, most, room as u64, page) } else { String::new() };
        (label, format!("{words}  {bar}").trim_end().to_owned())
    };
    months.iter().map(row).collect()
}

/// A bar whose share of `room` columns is that of the part in the whole; at least one column long
/// if the part is not 0.
fn bar(part: u64, whole: u64, room: u64, page: Page) -> String {
    let length = (part * room).checked_div(whole).unwrap_or_default();
    let length = if part > 0 { length.max(1) } else { 0 };
    let sign = if page.utf8 { "\u{2588}" } else { "#" };
    sign.repeat(usize::try_from(length).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_part_and_never_empty_for_something() {
        for (part, whole, wanted) in [(0, 10, ""), (1, 1000, "#"), (5, 10, "#####"), (0, 0, "")] {
            assert_eq!(bar(part, whole, 10, Page::UNSET), wanted, "{part} of {whole}");
        }
    }
}
