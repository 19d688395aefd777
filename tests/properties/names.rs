//! What a person types for a day, a time or a thing.

use std::fmt::Display;
use std::str::FromStr;

use dwell::clock::Clock;
use dwell::journal::lesson::LessonName;
use dwell::journal::lesson::slug;
use dwell::journal::look_back::rest::RestWeekdays;
use dwell::journal::look_back::review::Distances;
use dwell::journal::{Day, DayName, DayStart, ParseError, Period, PeriodName, Slug};
use dwell::messages;

use super::{check_message, utf8};

/// A name is refused in plain words, or means a day or a period in the years that dwell keeps, and
/// is shown as it can be typed.
pub(super) fn day_names(input: &[u8]) {
    let Some(text) = utf8(input) else { return };
    let todays = ["1900-01-01", "2024-02-29", "2026-11-22", "9998-12-31"];
    let todays = todays.map(|day| day.parse::<Day>().expect("a day"));
    if let Ok(name) = text.parse::<DayName>() {
        for today in todays {
            if let Some(day) = name.resolve(today) {
                shown_as_typed::<DayName>(text);
                assert_eq!(day.to_string().parse(), Ok(day));
                assert!(matches!(name, DayName::On(_)) || day <= today, "{text:?}: {day}");
            }
            assert!(name.on_or_after(today).is_none_or(|day| day >= today));
        }
    }
    if let Some(name) = shown_as_typed::<PeriodName>(text) {
        for period in todays.iter().filter_map(|today| name.resolve(*today)) {
            assert!(period.first() <= period.last());
            assert!(period == Period::month_of(period.first()) || period == period.whole_year());
        }
    }
    shown_as_typed::<Day>(text);
    shown_as_typed::<DayStart>(text);
}

/// Other values that are typed as words.
pub(super) fn words(input: &[u8]) {
    let Some(text) = utf8(input) else { return };
    shown_as_typed::<Slug>(text);
    shown_as_typed::<Distances>(text);
    if let Err(error) = text.parse::<RestWeekdays>() {
        check_message(&messages::parse::error(&error));
    }
    let name: LessonName = text.parse().expect("every text is a name");
    assert_eq!(name.to_string().parse::<LessonName>().expect("a name"), name);
    if let Some(tag) = slug::tag(text) {
        assert_eq!(slug::tag(&tag).as_ref(), Some(&tag), "a tag that is shown can be typed");
    }
}

/// The clock is read, or refused in plain words. The first line is `DWELL_NOW` and the second `TZ`.
pub(super) fn clock(input: &[u8]) {
    let Some(text) = utf8(input) else { return };
    let (now, zone) = match text.split_once('\n') {
        Some((now, zone)) => (now, Some(zone.to_owned())),
        None => (text, None),
    };
    let clock = Clock { set_to: Some(now.to_owned()), zone, day_start: DayStart::default() };
    match clock.now() {
        Ok(now) => {
            let again = Clock { set_to: Some(now.at.to_rfc3339()), ..Clock::default() };
            assert_eq!(again.now(), Ok(now));
            let date = Day::new(now.at.date_naive()).expect("a day within the years");
            assert!((0..=1).contains(&date.days_since(now.day)), "{now:?}");
        }
        Err(error) => check_message(&messages::clock::error(&error)),
    }
}

/// The value of a text, which is shown in a form that means the same.
fn shown_as_typed<T>(text: &str) -> Option<T>
where
    T: FromStr<Err = ParseError> + Display + PartialEq + std::fmt::Debug,
{
    match text.parse::<T>() {
        Ok(value) => {
            assert_eq!(value.to_string().parse().as_ref(), Ok(&value), "{text:?}");
            Some(value)
        }
        Err(error) => {
            check_message(&messages::parse::error(&error));
            None
        }
    }
}
