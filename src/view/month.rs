//! A month as a page of a wall calendar: a row for each week, a cell for each day.

use chrono::{Datelike, Weekday};

use crate::journal::Calendar;
use crate::journal::lesson::ShelvedSeries;
use crate::journal::look_back::calendar::{CalendarDay, Mark, SeriesStretch};
use crate::messages::time;
use crate::text::{Cell, Page, Role, Sheet, Table, Text};
use crate::view::calendar::weeks;
use crate::view::shade::{put_legend, put_written, role, sign};

/// What the number beside the sign of a day means.
const NUMBER: &str = "The number beside a sign is that of the lesson.";

/// A month with the day, the shade and the lesson's number in each cell, the series of these
/// numbers, and what the signs mean. On a page that is too narrow for seven cells, each day is a
/// line.
pub(super) fn month(
    calendar: &Calendar,
    series: &[ShelvedSeries],
    week_start: Weekday,
    page: Page,
) -> Text {
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Heading, &time::period(calendar.period));
    let numbers = calendar.days.iter().filter_map(|day| day.entry.place.as_ref());
    let digits = numbers.map(|place| place.number.to_string().len()).max().unwrap_or(1);
    match DayCell::fitting(digits, page) {
        Some(cell) => put_weeks(&mut sheet, calendar, week_start, cell, page),
        None => put_days(&mut sheet, calendar, page),
    }
    let stretches = calendar.stretches();
    if !stretches.is_empty() {
        sheet.blank();
        sheet.table(&table(&stretches, series));
    }
    put_legend(&mut sheet, calendar, ">", page);
    if !stretches.is_empty() {
        sheet.line(Role::Plain, NUMBER);
    }
    put_written(&mut sheet, calendar);
    sheet.into_text()
}

/// The columns of a cell: the mark of today, two digits of the day, `before_sign` spaces, the sign,
/// a space, `digits` columns for the lesson's number, and `after` spaces.
#[derive(Debug, Clone, Copy)]
struct DayCell {
    before_sign: usize,
    digits: usize,
    after: usize,
}

impl DayCell {
    /// The widest cell of which seven fit on the page.
    fn fitting(digits: usize, page: Page) -> Option<Self> {
        [(1, 1), (1, 0), (0, 0)]
            .map(|(before_sign, after)| Self { before_sign, digits, after })
            .into_iter()
            .find(|cell| 7 * cell.width() - cell.after <= page.screen)
    }

    fn width(self) -> usize {
        "> 1".len() + self.before_sign + "# ".len() + self.digits + self.after
    }
}

fn put_weeks(
    sheet: &mut Sheet,
    calendar: &Calendar,
    week_start: Weekday,
    cell: DayCell,
    page: Page,
) {
    let mut names = String::new();
    let mut weekday = week_start;
    for _ in 0..7 {
        let name = time::weekday_in_short(weekday);
        names.push_str(&format!(" {name:<width$}", width = cell.width() - 1));
        weekday = weekday.succ();
    }
    sheet.pieces(&[(Role::Quiet, names.trim_end())]);
    for week in weeks(calendar, week_start) {
        let mut pieces: Vec<(Role, String)> = Vec::new();
        for day in week {
            match day {
                Some(day) => pieces.extend(cell_pieces(day, calendar, cell, page)),
                None => pieces.push((Role::Plain, " ".repeat(cell.width()))),
            }
        }
        let pieces: Vec<(Role, &str)> =
            pieces.iter().map(|(role, text)| (*role, text.as_str())).collect();
        sheet.pieces(&pieces);
    }
}

fn cell_pieces(
    day: &CalendarDay,
    calendar: &Calendar,
    cell: DayCell,
    page: Page,
) -> Vec<(Role, String)> {
    let is_today = day.entry.day == calendar.today;
    let number = day.entry.day.date().day();
    let lesson = day.entry.place.as_ref().map(|place| place.number.to_string()).unwrap_or_default();
    let number_role = match day.mark {
        _ if is_today => Role::Today,
        Mark::Blank => Role::Quiet,
        _ => Role::Plain,
    };
    vec![
        (number_role, if is_today { ">" } else { " " }.to_owned()),
        (number_role, format!("{number:>2}")),
        (Role::Plain, " ".repeat(cell.before_sign)),
        (role(day.mark), sign(day.mark, page).to_owned()),
        (Role::Plain, format!(" {lesson:<width$}", width = cell.digits + cell.after)),
    ]
}

fn put_days(sheet: &mut Sheet, calendar: &Calendar, page: Page) {
    for day in &calendar.days {
        let today = if day.entry.day == calendar.today { ">" } else { " " };
        let place = day.entry.place.as_ref();
        let number = place.map(|place| format!(" {}", place.number)).unwrap_or_default();
        let weekday = time::weekday_in_short(day.entry.day.weekday());
        sheet.pieces(&[
            (Role::Today, today),
            (Role::Plain, &format!("{:>2} {weekday} ", day.entry.day.date().day())),
            (role(day.mark), sign(day.mark, page)),
            (Role::Plain, &number),
        ]);
    }
}

/// The days of each stretch, its series, and the numbers of the lessons.
fn table(stretches: &[SeriesStretch], series: &[ShelvedSeries]) -> Table {
    let mut table = Table::new(&[(2, 0), (1, 8), (0, 5)]);
    for stretch in stretches {
        let days = range(stretch.first.date().day(), stretch.last.date().day());
        let title = series.iter().find(|series| series.slug == stretch.series);
        let title = title.map(|series| series.title.as_str()).unwrap_or_default();
        let numbers = ranges(stretch.numbers.iter().copied());
        let slug = Cell::new(Role::Plain, stretch.series.as_str());
        table.row([
            Cell::new(Role::Plain, days),
            slug.ending_in(format!(" {numbers}")),
            Cell::new(Role::Plain, title),
        ]);
    }
    table
}

/// Numbers in rising order; consecutive ones become a range: `1-3, 5`.
pub(super) fn ranges(numbers: impl IntoIterator<Item = u32>) -> String {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match found.last_mut() {
            Some((_, last)) if number == *last + 1 => *last = number,
            _ => found.push((number, number)),
        }
    }
    let ranges: Vec<String> = found.iter().map(|(first, last)| range(*first, *last)).collect();
    ranges.join(", ")
}

fn range(first: u32, last: u32) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::look_back::calendar::{EntryDay, Place};
    use crate::journal::{Day, Period, Rests};
    use proptest::prelude::*;

    fn page(screen: usize) -> Page {
        Page { width: Some(screen.min(72)), screen, ..Page::UNSET }
    }

    /// A month of which every day was served the lesson of its own number, or `lesson`.
    fn served(period: Period, today: Day, lesson: Option<u32>) -> Calendar {
        let entries = period.days().map(|day| {
            let number = lesson.unwrap_or(day.date().day());
            let series = "walks".parse().expect("a slug");
            EntryDay {
                day,
                word_count: Some(1),
                place: Some(Place { series, number, title: String::new() }),
            }
        });
        let (entries, first) = (entries.collect(), Some(period.first()));
        Calendar::new(period, entries, &Rests::default(), first, today)
    }

    proptest! {
        #[test]
        fn each_day_stands_once_under_the_name_of_its_weekday(
            year in 1900i32..=9998,
            number in 1u32..=12,
            week_start in 0u8..7,
            today in 1u32..=28,
            screen in 56usize..130,
        ) {
            let period = Period::of_month(year, number).expect("a month");
            let today = period.first().plus_days(u64::from(today) - 1).expect("in range");
            let calendar = served(period, today, None);
            let week_start = Weekday::try_from(week_start).expect("a weekday");
            let text = month(&calendar, &[], week_start, page(screen)).plain();
            let mut lines = text.lines();
            prop_assert_eq!(lines.next().unwrap_or_default(), time::period(period));
            let names = lines.next().expect("the names");
            let mut seen = Vec::new();
            for line in lines.take_while(|line| !line.is_empty()) {
                let columns = names.match_indices(char::is_uppercase).map(|(at, _)| at);
                for (column, weekday) in columns.zip(names.split_whitespace()) {
                    let from = column - 1;
                    let cell = line.get(from..line.len().min(from + 8)).unwrap_or_default();
                    // A cell is as in " 8 # 8" and ">22 #22".
                    let digits = |c: char| !c.is_ascii_digit();
                    let day = cell.get(..3).unwrap_or_default();
                    let Ok(day) = day.trim_matches(digits).parse::<u32>() else { continue };
                    let date = period.first().plus_days(u64::from(day) - 1).expect("in range");
                    prop_assert_eq!(date.weekday().to_string(), weekday);
                    let lesson = cell[3..].replace('#', " ");
                    let lesson = lesson.split_whitespace().next().expect("a lesson");
                    prop_assert_eq!(lesson, day.to_string());
                    prop_assert_eq!(cell.starts_with('>'), date == today, "{}", cell);
                    seen.push(date);
                }
            }
            prop_assert_eq!(seen, period.days().collect::<Vec<_>>());
        }

        #[test]
        fn no_line_is_wider_than_the_page(screen in 20usize..130, lesson in 1u32..100_000) {
            let period = Period::of_month(2026, 11).expect("a month");
            let calendar = served(period, period.last(), Some(lesson));
            let text = month(&calendar, &[], Weekday::Mon, page(screen)).plain();
            for line in text.lines() {
                prop_assert!(line.len() <= screen, "{} > {}: {}", line.len(), screen, line);
            }
        }
    }

    #[test]
    fn sixty_columns_hold_seven_cells_with_lessons_of_three_digits() {
        let period = Period::of_month(2026, 11).expect("a month");
        let lines = |lesson, screen| {
            let calendar = served(period, period.last(), Some(lesson));
            let text = month(&calendar, &[], Weekday::Mon, page(screen)).plain();
            text.lines().take_while(|line| !line.is_empty()).count()
        };
        let (weeks, days) = (8, 31);
        for (lesson, screen, wanted) in [
            (4, 60, weeks),
            (44, 60, weeks),
            (444, 60, weeks),
            (4, 42, weeks),
            (4, 41, days),
            (4444, 60, days),
        ] {
            assert_eq!(lines(lesson, screen), wanted, "{lesson} at {screen}");
        }
    }

    #[test]
    fn a_stretch_names_its_days_its_series_and_its_lessons() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let stretch = |first, last, numbers: &[u32]| SeriesStretch {
            first: day(first),
            last: day(last),
            series: "walks".parse().expect("a slug"),
            numbers: numbers.iter().copied().collect(),
        };
        let series = ShelvedSeries {
            slug: "walks".parse().expect("a slug"),
            title: "Five walks".to_owned(),
            source: crate::journal::Source::default(),
            introduction: None,
            lessons: 5,
            served: 5,
            paused: false,
            in_progress: false,
        };
        let one = stretch("2026-11-03", "2026-11-09", &[4, 5, 1, 2]);
        let shown = |stretch: SeriesStretch, series: &[ShelvedSeries]| {
            let mut sheet = Sheet::new(Page::UNSET);
            sheet.table(&table(&[stretch], series));
            sheet.into_text().plain()
        };
        assert_eq!(shown(one, &[series]), "3-9  walks 1-2, 4-5  Five walks\n");
        // A series that is no longer on the shelf has no title.
        assert_eq!(shown(stretch("2026-11-03", "2026-11-03", &[7]), &[]), "3  walks 7\n");
    }
}
