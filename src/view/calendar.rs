//! A year as a map: a row for each weekday, a column for each week.

use chrono::{Datelike, Weekday};

use crate::journal::Calendar;
use crate::journal::look_back::calendar::CalendarDay;
use crate::messages::time;
use crate::text::{Page, Role, Sheet, Text};
use crate::view::shade::{put_legend, put_written, role, sign};

/// The columns of a weekday's name and the space after it.
const LABEL: usize = 4;
/// The columns that a month's name needs beyond its week, if that is the last week of a band.
const OVERHANG: usize = 2;

/// The days of a week from its first weekday on; `None` for days outside the period.
pub type Week<'a> = [Option<&'a CalendarDay>; 7];

/// The weeks of a calendar, in order.
pub fn weeks(calendar: &Calendar, week_start: Weekday) -> Vec<Week<'_>> {
    let mut weeks: Vec<Week<'_>> = Vec::new();
    for day in &calendar.days {
        let at = day.entry.day.weekday().days_since(week_start) as usize;
        match weeks.last_mut() {
            Some(week) if at > 0 => week[at] = Some(day),
            _ => {
                let mut week = [None; 7];
                week[at] = Some(day);
                weeks.push(week);
            }
        }
    }
    weeks
}

/// A year as a map of weeks by weekdays, and what its signs mean. A year that is wider than the
/// page is broken into bands, one below the other.
pub(super) fn year(calendar: &Calendar, week_start: Weekday, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    let weeks = weeks(calendar, week_start);
    // If there is room, a space after each week makes the days about square.
    let gap = usize::from(LABEL + 2 * weeks.len() - 1 <= page.screen);
    let whole = gap == 1 || LABEL + weeks.len() <= page.screen;
    let band =
        if whole { weeks.len() } else { page.screen.saturating_sub(LABEL + OVERHANG).max(1) };
    sheet.line(Role::Heading, &time::period(calendar.period));
    for (at, band) in weeks.chunks(band).enumerate() {
        if at > 0 {
            sheet.blank();
        }
        put_band(&mut sheet, calendar, band, week_start, gap, page);
    }
    put_legend(&mut sheet, calendar, "^", page);
    sheet.into_text()
}

/// The same, with how much was written in the year.
pub(super) fn year_with_sums(calendar: &Calendar, week_start: Weekday, page: Page) -> Text {
    let mut sheet = Sheet::new(page);
    put_written(&mut sheet, calendar);
    let mut text = year(calendar, week_start, page);
    text.append(sheet.into_text());
    text
}

fn put_band(
    sheet: &mut Sheet,
    calendar: &Calendar,
    weeks: &[Week<'_>],
    week_start: Weekday,
    gap: usize,
    page: Page,
) {
    let column = |week: usize| LABEL + week * (1 + gap);
    let mut months = String::new();
    for (week, days) in weeks.iter().enumerate() {
        let first = days.iter().flatten().find(|day| day.entry.day.date().day() == 1);
        if let Some(day) = first {
            let name = time::month_in_short(day.entry.day);
            months = format!("{months:width$}{name}", width = column(week));
        }
    }
    sheet.pieces(&[(Role::Quiet, &months)]);
    let mut weekday = week_start;
    for row in 0..7 {
        let label = time::weekday_in_short(weekday);
        weekday = weekday.succ();
        let days: Vec<Option<&CalendarDay>> = weeks.iter().map(|week| week[row]).collect();
        let drawn = days.iter().rposition(|day| day.is_some_and(|day| sign(day.mark, page) != " "));
        let days = &days[..drawn.map_or(0, |last| last + 1)];
        let mut pieces: Vec<(Role, &str)> = vec![(Role::Quiet, label)];
        for (week, day) in days.iter().enumerate() {
            pieces.push((Role::Plain, if week == 0 || gap > 0 { " " } else { "" }));
            pieces
                .push(day.map_or((Role::Plain, " "), |day| (role(day.mark), sign(day.mark, page))));
        }
        sheet.pieces(&pieces);
    }
    let holds_today =
        |week: &Week<'_>| week.iter().flatten().any(|day| day.entry.day == calendar.today);
    if let Some(week) = weeks.iter().position(holds_today) {
        sheet.pieces(&[(Role::Plain, &" ".repeat(column(week))), (Role::Today, "^")]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::look_back::calendar::EntryDay;
    use crate::journal::{Day, Period, Rests};
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn page(screen: usize) -> Page {
        Page { width: Some(screen.min(72)), screen, ..Page::UNSET }
    }

    /// A year that is over, with words on one day.
    fn year_with(day: Day) -> Calendar {
        let period = Period::of_year(day.date().year()).expect("a year");
        let entries = vec![EntryDay { day, word_count: Some(1), place: None }];
        Calendar::new(period, entries, &Rests::default(), Some(period.first()), period.last())
    }

    /// The name and the signs of each weekday, with a space if a week has no such day; and the
    /// other lines, which have the names of months and the mark of today.
    fn read(text: &str, gap: usize) -> ([(String, String); 7], Vec<String>) {
        let mut rows: [(String, String); 7] = Default::default();
        let mut others = Vec::new();
        let mut row = 0;
        // The heading before and the legend after are not part of the map.
        for line in text.lines().skip(1).take_while(|line| !line.contains("nothing")) {
            if line.starts_with(|c: char| c.is_ascii_uppercase()) {
                let (name, days) = line.split_at(LABEL.min(line.len()));
                rows[row % 7].0 = name.trim().to_owned();
                rows[row % 7].1.extend(days.chars().step_by(1 + gap));
                row += 1;
            } else {
                others.push(line.to_owned());
            }
        }
        (rows, others)
    }

    fn gap_at(screen: usize, weeks: usize) -> usize {
        usize::from(LABEL + 2 * weeks - 1 <= screen)
    }

    proptest! {
        #[test]
        fn each_day_of_a_year_stands_once_in_the_row_of_its_weekday_and_the_column_of_its_week(
            year in 1900i32..=9998,
            ordinal in 1u32..=365,
            start in 0u8..7,
            screen in 20usize..130,
        ) {
            let date = NaiveDate::from_yo_opt(year, ordinal).expect("a date");
            let calendar = year_with(Day::new(date).expect("a day"));
            let week_start = Weekday::try_from(start).expect("a weekday");
            let text = super::year(&calendar, week_start, page(screen)).plain();
            for line in text.lines() {
                prop_assert!(line.len() <= screen, "{} > {screen}: {line}", line.len());
            }
            // The weeks counted another way: the days before the year's first week begins, by
            // seven.
            let new_year = NaiveDate::from_yo_opt(year, 1).expect("a date");
            let before = new_year.weekday().days_since(week_start);
            let weeks = (before as usize + calendar.days.len()).div_ceil(7);
            let (rows, _) = read(&text, gap_at(screen, weeks));
            for (number, (name, signs)) in rows.iter().enumerate() {
                let weekday = Weekday::try_from((start + u8::try_from(number).expect("small")) % 7);
                let weekday = weekday.expect("a weekday");
                prop_assert_eq!(name, &weekday.to_string());
                let wanted = calendar.days.iter().filter(|day| day.entry.day.weekday() == weekday);
                let drawn = signs.chars().filter(|sign| *sign != ' ').count();
                prop_assert_eq!(drawn, wanted.count(), "{}", weekday);
                let at = signs.find('#');
                let column = (ordinal - 1 + before) / 7;
                let wanted = (date.weekday() == weekday).then_some(column as usize);
                prop_assert_eq!(at, wanted, "{}", text);
            }
        }

        #[test]
        fn each_month_is_named_above_the_week_of_its_first_day_and_today_marked_below_its_week(
            year in 1900i32..=9998,
            start in 0u8..7,
            screen in 58usize..130,
        ) {
            let last = NaiveDate::from_ymd_opt(year, 12, 31).and_then(Day::new).expect("a day");
            let calendar = year_with(last);
            let week_start = Weekday::try_from(start).expect("a weekday");
            let text = super::year(&calendar, week_start, page(screen)).plain();
            let before = calendar.period.first().weekday().days_since(week_start);
            let weeks = (before as usize + calendar.days.len()).div_ceil(7);
            let gap = gap_at(screen, weeks);
            let column = |day: Day| {
                let ordinal = day.date().ordinal0() + before;
                LABEL + (ordinal / 7) as usize * (1 + gap)
            };
            let (_, others) = read(&text, gap);
            for (month, name) in (1..=12).zip("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(' ')) {
                let first = NaiveDate::from_ymd_opt(year, month, 1).and_then(Day::new);
                prop_assert_eq!(others[0].find(name), first.map(column), "{}", text);
            }
            prop_assert_eq!(others[1].find('^'), Some(column(last)));
        }
    }

    #[test]
    fn the_map_is_as_wide_as_the_page_allows() {
        // 2026 has 53 weeks that begin on a Monday; 2028, which is a leap year, 54 on a Sunday.
        let calendar = |day: &str| year_with(day.parse().expect("a day"));
        let rows = |day: &str, week_start, screen| {
            let text = super::year(&calendar(day), week_start, page(screen)).plain();
            let is_row = |line: &&str| line.starts_with("Mon");
            let rows: Vec<usize> = text.lines().filter(is_row).map(str::len).collect();
            rows
        };
        // 2026 ends on a Thursday, so no Monday is missing at its end.
        for (screen, wanted) in [
            (130, &[4 + 105][..]),
            (109, &[4 + 105]),
            (108, &[4 + 53]),
            (57, &[4 + 53]),
            (56, &[4 + 50, 4 + 3]),
            (40, &[4 + 34, 4 + 19]),
            (20, &[4 + 14, 4 + 14, 4 + 14, 4 + 11]),
        ] {
            assert_eq!(rows("2026-07-01", Weekday::Mon, screen), wanted, "{screen}");
        }
        // It begins on a Saturday, so the 54th week is a Sunday alone.
        assert_eq!(rows("2028-07-01", Weekday::Sun, 58), [4 + 53]);
        assert_eq!(rows("2028-07-01", Weekday::Sun, 57), [4 + 51, 4 + 2]);
    }
}
