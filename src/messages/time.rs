//! Days, weekdays, months, periods and distances in words.

use chrono::{Datelike, Weekday};

use crate::journal::look_back::rest::Holiday;
use crate::journal::look_back::review::{Ago, Distance};
use crate::journal::{Day, DayStart, Period};
use crate::messages::numbers;

/// From Monday on.
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WEEKDAYS_IN_SHORT: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAYS_IN_A_LETTER: [&str; 7] = ["M", "T", "W", "T", "F", "S", "S"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_IN_SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `Sunday 22 November 2026`
pub fn day(day: Day) -> String {
    format!("{} {}", weekday(day.weekday()), date(day))
}

/// After midnight, before the next day starts: `Sunday 22 November 2026, until 04:00`
pub fn day_until(day: Day, end: DayStart) -> String {
    format!("{}, until {end}", self::day(day))
}

/// `22 November 2026`
pub fn date(day: Day) -> String {
    format!("{} {}", day_and_month(day), day.date().year())
}

/// `22 November`
pub fn day_and_month(day: Day) -> String {
    format!("{} {}", day.date().day(), month(day))
}

/// `2026-11-22 Sun`
pub fn day_with_weekday(day: Day) -> String {
    format!("{day} {}", weekday_in_short(day.weekday()))
}

/// `Sunday`
pub fn weekday(weekday: Weekday) -> &'static str {
    WEEKDAYS[weekday.num_days_from_monday() as usize]
}

/// `Sun`: always three columns.
pub fn weekday_in_short(weekday: Weekday) -> &'static str {
    WEEKDAYS_IN_SHORT[weekday.num_days_from_monday() as usize]
}

/// `S`: always one column.
pub fn weekday_in_a_letter(weekday: Weekday) -> &'static str {
    WEEKDAYS_IN_A_LETTER[weekday.num_days_from_monday() as usize]
}

/// The month that a day lies in: `November`.
pub fn month(day: Day) -> &'static str {
    MONTHS[day.date().month0() as usize]
}

/// The same in three columns: `Nov`.
pub fn month_in_short(day: Day) -> &'static str {
    MONTHS_IN_SHORT[day.date().month0() as usize]
}

/// `2026`, or `November 2026`
pub fn period(period: Period) -> String {
    let year = period.first().date().year();
    if period.is_month() { format!("{} {year}", month(period.first())) } else { year.to_string() }
}

/// A week by its first and last day: `16 to 22 November 2026`.
pub fn week(week: Period) -> String {
    let (first, last) = (week.first(), week.last());
    let begins = match (
        first.date().year() == last.date().year(),
        first.date().month() == last.date().month(),
    ) {
        (true, true) => first.date().day().to_string(),
        (true, false) => day_and_month(first),
        _ => date(first),
    };
    format!("{begins} to {}", date(last))
}

/// `2026-12-24 to 2026-12-26`, or one day.
pub fn holiday(holiday: Holiday) -> String {
    let Holiday { first, last } = holiday;
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}

/// `1 week`, `3 months`
pub fn distance(distance: Distance) -> String {
    let (count, one, more) = match distance {
        Distance::Days(days) => (days, "day", "days"),
        Distance::Weeks(weeks) => (weeks, "week", "weeks"),
        Distance::Months(months) => (months, "month", "months"),
        Distance::Years(years) => (years, "year", "years"),
        Distance::EveryYear => return "every year".to_owned(),
    };
    numbers::count(count.into(), one, more)
}

/// How long ago, to begin a sentence: `A week ago`, `2 years ago`; before another day: `A week
/// earlier`.
pub fn distance_back(back: Distance, is_from_today: bool) -> String {
    let word = if is_from_today { "ago" } else { "earlier" };
    match back {
        Distance::Days(1) => format!("A day {word}"),
        Distance::Weeks(1) => format!("A week {word}"),
        Distance::Months(1) => format!("A month {word}"),
        Distance::Years(1) => format!("A year {word}"),
        back => format!("{} {word}", distance(back)),
    }
}

/// How long ago, to begin a line: `1 week ago`, `Older`.
pub fn ago(ago: Ago) -> String {
    match ago {
        Ago::Distance(back) => format!("{} ago", distance(back)),
        Ago::Older => "Older".to_owned(),
        Ago::OpenStep => "Open step".to_owned(),
    }
}

/// Years in order: `2019`, `2019 and 2024 to 2026`.
pub fn years(years: &[i32]) -> String {
    let parts: Vec<String> = (years.chunk_by(|year, next| *next == year + 1))
        .flat_map(|row| match row {
            [first, _, .., last] => vec![format!("{first} to {last}")],
            few => few.iter().map(ToString::to_string).collect(),
        })
        .collect();
    match parts.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn a_day_in_words_has_its_weekday_and_no_leading_zero() {
        assert_eq!(day(day_of("2026-11-22")), "Sunday 22 November 2026");
        assert_eq!(day(day_of("2024-02-29")), "Thursday 29 February 2024");
        assert_eq!(day(day_of("2027-01-01")), "Friday 1 January 2027");
    }

    #[test]
    fn short_names_are_of_one_width() {
        assert!(WEEKDAYS_IN_SHORT.iter().chain(&MONTHS_IN_SHORT).all(|name| name.len() == 3));
        assert!(WEEKDAYS_IN_A_LETTER.iter().all(|name| name.len() == 1));
        assert_eq!(day_with_weekday(day_of("2026-11-22")), "2026-11-22 Sun");
    }

    #[test]
    fn a_week_names_its_month_and_year_once_where_they_are_the_same() {
        for (day, wanted) in [
            ("2026-11-22", "16 to 22 November 2026"),
            ("2026-12-01", "30 November to 6 December 2026"),
            ("2027-01-01", "28 December 2026 to 3 January 2027"),
        ] {
            assert_eq!(week(Period::week_of(day_of(day), Weekday::Mon)), wanted);
        }
    }

    #[test]
    fn a_distance_has_its_unit() {
        assert_eq!(distance(Distance::Weeks(1)), "1 week");
        assert_eq!(distance(Distance::Months(3)), "3 months");
        assert_eq!(ago(Ago::Distance(Distance::Years(1))), "1 year ago");
    }

    #[test]
    fn years_in_a_row_are_a_range() {
        for (years_of_entries, wanted) in [
            (&[][..], ""),
            (&[2026], "2026"),
            (&[2025, 2026], "2025 and 2026"),
            (&[2024, 2025, 2026], "2024 to 2026"),
            (&[2019, 2021, 2022, 2023, 2025, 2026], "2019, 2021 to 2023, 2025 and 2026"),
        ] {
            assert_eq!(years(years_of_entries), wanted);
        }
    }
}
