//! Which day an instant belongs to, in every zone there is: daylight saving, the date line,
//! dates that were never lived, clocks that were set wrong, and the edges of the rule itself.
//! Also how days and day starts are read and written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Offset, TimeDelta, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use proptest::prelude::*;

use super::*;
use crate::journal::testing::day;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY_STARTS: [&str; 5] = ["00:00", "01:30", "02:00", "04:00", "12:00"];

fn start(text: &str) -> DayStart {
    text.parse().expect("a day start")
}

fn wall(text: &str) -> NaiveDateTime {
    text.parse().expect("a local date and time")
}

/// The day that a local date and time such as `2026-11-01T01:10:00` belongs to.
fn lived(local: &str, day_start: &str) -> Day {
    Day::lived(wall(local), start(day_start)).expect("within the years")
}

fn zone(name: &str) -> Tz {
    name.parse().expect("a zone")
}

fn instant(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text).expect("an instant").timestamp()
}

fn utc(at: i64) -> NaiveDateTime {
    DateTime::from_timestamp(at, 0).expect("an instant").naive_utc()
}

/// The day that the clock gives in a zone.
fn by_clock(zone: Tz, at: i64, day_start: DayStart) -> Day {
    let local = utc(at) + zone.offset_from_utc_datetime(&utc(at)).fix();
    Day::lived(local, day_start).expect("within the years")
}

/// The days that somebody was served a lesson on, each with the instant of its serving and whether
/// a later run showed that its clock was ahead.
#[derive(Debug, Default)]
struct Servings(BTreeMap<Day, (Moment, bool)>);

impl Servings {
    fn on<'a>(days: impl IntoIterator<Item = &'a str>) -> Self {
        Self(days.into_iter().map(|text| (day(text), (noon(day(text)).at, false))).collect())
    }

    fn days(&self) -> Vec<Day> {
        self.0.keys().copied().collect()
    }

    fn which_day(&self, now: Now) -> Today {
        let later = self.0.iter().filter(|(day, _)| **day > now.day);
        let ahead: Vec<ServedAhead> = later
            .map(|(day, (at, was_contradicted))| ServedAhead {
                day: *day,
                at: *at,
                was_contradicted: *was_contradicted,
            })
            .collect();
        today(now, self.0.contains_key(&now.day), &ahead)
    }

    /// Which day is today; serves it if it was not served yet.
    fn ask_at(&mut self, now: Now) -> Day {
        let today = self.which_day(now).day;
        if !self.0.contains_key(&today) {
            for (at, was_contradicted) in self.0.values_mut() {
                *was_contradicted |= is_too_far_before(now.at, *at);
            }
            self.0.insert(today, (now.at, false));
        }
        today
    }

    /// The same at noon.
    fn ask(&mut self, asked: Day) -> Day {
        self.ask_at(noon(asked))
    }

    fn ask_in(&mut self, name: &str, at: &str, day_start: &str) -> String {
        let asked = by_clock(zone(name), instant(at), start(day_start));
        self.ask_at(Now { at: moment(instant(at)), day: asked }).to_string()
    }
}

fn moment(at: i64) -> Moment {
    utc(at).and_utc().fixed_offset()
}

fn noon(day: Day) -> Now {
    let at = day.date().and_hms_opt(12, 0, 0).expect("noon").and_utc().fixed_offset();
    Now { at, day }
}

/// The days lived in a zone from two days before a date to two days after it, each with the
/// minutes it lasted, in the order in which the clock gave them.
fn days_around(zone: Tz, date: &str, day_start: &str) -> Vec<(Day, i64)> {
    let noon = day(date).date().and_hms_opt(12, 0, 0).expect("noon").and_utc().timestamp();
    let mut days: Vec<(Day, i64)> = Vec::new();
    for at in (noon - 60 * HOUR..noon + 60 * HOUR).step_by(900) {
        let asked = by_clock(zone, at, start(day_start));
        match days.last_mut() {
            Some((day, minutes)) if *day == asked => *minutes += 15,
            _ => days.push((asked, 15)),
        }
    }
    days
}

#[test]
fn a_day_begins_at_its_start_and_not_a_second_earlier() {
    for (day_start, before, at, after) in [
        ("00:00", "2026-11-21T23:59:59", "2026-11-22T00:00:00", "2026-11-22T00:00:01"),
        ("01:30", "2026-11-22T01:29:59", "2026-11-22T01:30:00", "2026-11-22T01:30:01"),
        ("04:00", "2026-11-22T03:59:59", "2026-11-22T04:00:00", "2026-11-22T04:00:01"),
        ("12:00", "2026-11-22T11:59:59", "2026-11-22T12:00:00", "2026-11-22T12:00:01"),
    ] {
        assert_eq!(lived(before, day_start), day("2026-11-21"), "before {day_start}");
        assert_eq!(lived(at, day_start), day("2026-11-22"), "at {day_start}");
        assert_eq!(lived(after, day_start), day("2026-11-22"), "after {day_start}");
    }
}

#[test]
fn a_minute_before_the_day_starts_is_still_yesterday() {
    for (day_start, before, after) in [
        ("00:00", "2026-11-21T23:59:00", "2026-11-22T00:01:00"),
        ("01:30", "2026-11-22T01:29:00", "2026-11-22T01:31:00"),
        ("04:00", "2026-11-22T03:59:00", "2026-11-22T04:01:00"),
        ("12:00", "2026-11-22T11:59:00", "2026-11-22T12:01:00"),
    ] {
        assert_eq!(lived(before, day_start), day("2026-11-21"), "before {day_start}");
        assert_eq!(lived(after, day_start), day("2026-11-22"), "after {day_start}");
    }
}

#[test]
fn the_last_millisecond_before_the_start_is_yesterday_and_so_is_a_leap_second() {
    assert_eq!(lived("2026-11-22T03:59:59.999", "04:00"), day("2026-11-21"));
    assert_eq!(lived("2016-12-31T23:59:60", "00:00"), day("2016-12-31"));
}

#[test]
fn a_night_after_the_end_of_a_month_or_a_year_belongs_to_the_old_one() {
    for (local, wanted) in [
        ("2024-03-01T03:00:00", "2024-02-29"),
        ("2025-03-01T03:00:00", "2025-02-28"),
        ("2024-02-29T03:00:00", "2024-02-28"),
        ("2024-02-29T05:00:00", "2024-02-29"),
        ("2027-01-01T00:30:00", "2026-12-31"),
    ] {
        assert_eq!(lived(local, "04:00"), day(wanted), "{local}");
    }
}

#[test]
fn a_change_of_the_clock_makes_a_day_longer_or_shorter_and_no_other() {
    for (name, date, wanted) in [
        ("Europe/Berlin", "2026-03-29", 23 * 60),
        ("Europe/Berlin", "2026-10-25", 25 * 60),
        ("Africa/Cairo", "2026-04-24", 23 * 60),
        ("Asia/Beirut", "2026-03-29", 23 * 60),
        ("America/Santiago", "2026-09-06", 23 * 60),
        ("America/Sao_Paulo", "2018-11-04", 23 * 60),
        ("America/Havana", "2026-11-01", 25 * 60),
        ("Australia/Lord_Howe", "2026-10-04", 23 * 60 + 30),
        ("Antarctica/Troll", "2026-03-29", 22 * 60),
        ("America/Godthab", "2026-03-28", 23 * 60),
        ("Europe/Dublin", "2026-10-25", 25 * 60),
        ("Africa/Casablanca", "2026-02-15", 25 * 60),
        ("America/New_York", "2026-11-01", 25 * 60),
    ] {
        let days = days_around(zone(name), date, "00:00");
        // The first and the last are cut off by the window.
        let inner = &days[1..days.len() - 1];
        assert!(inner.iter().any(|(lived, _)| *lived == day(date)), "{name}: {days:?}");
        for (lived, minutes) in inner {
            let expected = if *lived == day(date) { wanted } else { 24 * 60 };
            assert_eq!(*minutes, expected, "{name} {lived}");
        }
    }
}

#[test]
fn a_change_of_the_clock_before_the_day_starts_falls_on_the_day_before() {
    for (name, date, wanted) in [
        ("Europe/Berlin", "2026-03-28", 23 * 60),
        ("Europe/Berlin", "2026-10-24", 25 * 60),
        ("Africa/Cairo", "2026-04-23", 23 * 60),
        ("Australia/Lord_Howe", "2026-10-03", 23 * 60 + 30),
        ("Antarctica/Troll", "2026-03-28", 22 * 60),
        ("America/Havana", "2026-10-31", 25 * 60),
        ("America/Godthab", "2026-03-28", 23 * 60),
    ] {
        let days = days_around(zone(name), date, "04:00");
        let minutes = days.iter().find(|(lived, _)| *lived == day(date)).map(|found| found.1);
        assert_eq!(minutes, Some(wanted), "{name} {date}: {days:?}");
        assert!(days.is_sorted_by(|(one, _), (next, _)| one < next), "{name} {date}: {days:?}");
    }
}

#[test]
fn a_midnight_that_does_not_exist_still_starts_its_day() {
    for (name, last, first, date) in [
        ("Africa/Cairo", "2026-04-23T21:59:59Z", "2026-04-23T22:00:00Z", "2026-04-24"),
        ("Asia/Beirut", "2026-03-28T21:59:59Z", "2026-03-28T22:00:00Z", "2026-03-29"),
        ("America/Santiago", "2026-09-06T03:59:59Z", "2026-09-06T04:00:00Z", "2026-09-06"),
        ("America/Sao_Paulo", "2018-11-04T02:59:59Z", "2018-11-04T03:00:00Z", "2018-11-04"),
    ] {
        let given = |at| by_clock(zone(name), instant(at), start("00:00"));
        assert_eq!(Some(given(last)), day(date).minus_days(1), "{name}");
        assert_eq!(given(first), day(date), "{name}");
    }
}

#[test]
fn a_night_hour_that_comes_twice_is_served_once() {
    let mut servings = Servings::default();
    let mut ask = |at| servings.ask_in("America/Havana", at, "00:00");
    assert_eq!(ask("2026-11-01T03:59:59Z"), "2026-10-31");
    assert_eq!(ask("2026-11-01T04:30:00Z"), "2026-11-01");
    assert_eq!(ask("2026-11-01T05:30:00Z"), "2026-11-01", "half past midnight again");
    assert_eq!(servings.0.len(), 2);
}

#[test]
fn a_day_that_starts_within_the_repeated_hour_does_not_go_back() {
    // 01:50 in summer time is past the start of the day; 01:10 in winter time, twenty minutes
    // later, is before it.
    let (name, summer, winter) =
        ("America/New_York", "2026-11-01T05:50:00Z", "2026-11-01T06:10:00Z");
    assert_eq!(by_clock(zone(name), instant(winter), start("01:30")), day("2026-10-31"));
    let mut servings = Servings::on(["2026-10-30"]);
    assert_eq!(servings.ask_in(name, summer, "01:30"), "2026-11-01");
    assert_eq!(servings.ask_in(name, winter, "01:30"), "2026-11-01");
    assert_eq!(servings.ask_in(name, "2026-11-01T07:00:00Z", "01:30"), "2026-11-01");
    assert_eq!(servings.days(), ["2026-10-30", "2026-11-01"].map(day));
}

#[test]
fn a_day_that_the_clock_goes_back_to_is_today_if_it_has_a_serving() {
    let mut servings = Servings::on(["2026-10-30", "2026-10-31"]);
    let mut ask = |at| servings.ask_in("America/New_York", at, "01:30");
    assert_eq!(ask("2026-11-01T05:50:00Z"), "2026-11-01");
    assert_eq!(ask("2026-11-01T06:10:00Z"), "2026-10-31", "its own serving stands");
    assert_eq!(ask("2026-11-01T06:30:00Z"), "2026-11-01");
    assert_eq!(servings.0.len(), 3, "no lesson is served twice");
}

#[test]
fn flying_west_over_the_date_line_serves_nothing_new() {
    // 08:00 on the 22nd in Auckland is 09:00 on the 21st in Honolulu.
    let (takeoff, landing) = ("2026-11-21T19:00:00Z", "2026-11-21T20:00:00Z");
    let mut servings = Servings::on(["2026-11-20"]);
    assert_eq!(servings.ask_in("Pacific/Auckland", takeoff, "04:00"), "2026-11-22");
    assert_eq!(servings.ask_in("Pacific/Honolulu", takeoff, "04:00"), "2026-11-22");
    assert_eq!(servings.ask_in("Pacific/Honolulu", landing, "04:00"), "2026-11-22");
    assert_eq!(servings.days(), ["2026-11-20", "2026-11-22"].map(day));

    let mut daily = Servings::on(["2026-11-20", "2026-11-21"]);
    assert_eq!(daily.ask_in("Pacific/Auckland", takeoff, "04:00"), "2026-11-22");
    assert_eq!(daily.ask_in("Pacific/Honolulu", landing, "04:00"), "2026-11-21");
    let mut ask = |at| daily.ask_in("Pacific/Honolulu", at, "04:00");
    assert_eq!(ask("2026-11-22T20:00:00Z"), "2026-11-22", "lived a second time, served once");
    assert_eq!(ask("2026-11-23T20:00:00Z"), "2026-11-23");
    assert_eq!(daily.0.len(), 4);
}

#[test]
fn flying_east_over_the_date_line_serves_one_lesson_at_most() {
    let at = "2026-11-21T19:00:00Z";
    let mut servings = Servings::on(["2026-11-20"]);
    assert_eq!(servings.ask_in("Pacific/Honolulu", at, "04:00"), "2026-11-21");
    assert_eq!(servings.ask_in("Pacific/Auckland", at, "04:00"), "2026-11-22");
    assert_eq!(servings.ask_in("Pacific/Auckland", at, "04:00"), "2026-11-22");
    assert_eq!(servings.0.len(), 3);
}

#[test]
fn a_date_that_was_never_lived_costs_no_lesson() {
    for (name, missing) in [("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21")] {
        let days: Vec<Day> =
            days_around(zone(name), missing, "00:00").into_iter().map(|(lived, _)| lived).collect();
        let mut servings = Servings::default();
        for asked in &days {
            assert_eq!(servings.ask(*asked), *asked, "{name}");
        }
        assert_eq!(servings.0.len(), days.len(), "{name}: one serving for each day lived");
        assert!(!days.contains(&day(missing)), "{name}: {days:?}");
        let (before, after) = (day(missing).minus_days(1), day(missing).plus_days(1));
        let eve = days.iter().position(|lived| Some(*lived) == before).expect("the eve");
        assert_eq!(days.get(eve + 1).copied(), after, "{name}");
    }
}

#[test]
fn the_night_after_a_date_that_was_never_lived_is_the_rest_of_it() {
    // No wall clock showed the 30th, but the hours before the start of the 31st belong to it.
    for (name, missing) in [("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21")] {
        let days = days_around(zone(name), missing, "04:00");
        let minutes = days.iter().find(|(lived, _)| *lived == day(missing)).map(|found| found.1);
        assert_eq!(minutes, Some(4 * 60), "{name}: {days:?}");
        assert!(days.is_sorted_by(|(one, _), (next, _)| one < next), "{name}: {days:?}");
    }
}

/// The day of an instant such as `2026-11-22T08:00:00+01:00` on a clock that is set to it.
fn now(text: &str) -> Now {
    let at = crate::journal::testing::at(text);
    Now { at, day: Day::lived(at.naive_local(), start("04:00")).expect("within the years") }
}

#[test]
fn a_clock_that_is_behind_by_hours_leaves_today_as_it_is() {
    let mut servings = Servings::on(["2026-11-20", "2026-11-21"]);
    assert_eq!(servings.ask_at(now("2026-11-22T09:00:00+01:00")), day("2026-11-22"));
    for behind in ["2026-11-22T05:00:00+01:00", "2026-11-22T01:00:00+01:00"] {
        let today = servings.which_day(now(behind));
        assert!(today.too_far_ahead.is_none(), "{behind}");
    }
    // The 21st was served, so the night before the 22nd is its own day again.
    assert_eq!(servings.ask_at(now("2026-11-22T01:00:00+01:00")), day("2026-11-21"));
    let mut servings = Servings::on(["2026-11-19"]);
    servings.ask_at(now("2026-11-22T09:00:00+01:00"));
    for behind in
        ["2026-11-22T01:00:00+01:00", "2026-11-21T09:00:00+01:00", "2026-11-20T21:00:00+01:00"]
    {
        assert_eq!(servings.ask_at(now(behind)), day("2026-11-22"), "{behind}");
    }
    assert_eq!(servings.0.len(), 2, "nothing new was served");
    assert_eq!(servings.ask_at(now("2026-11-23T09:00:00+01:00")), day("2026-11-23"));
}

#[test]
fn a_clock_that_is_behind_by_days_is_told_and_locks_nobody_out() {
    for wrong in ["2026-11-20", "2026-11-18", "2025-11-22", "1969-12-31", "1900-01-01"] {
        let mut servings = Servings::on(["2026-11-19", "2026-11-21"]);
        assert_eq!(servings.ask(day("2026-11-22")), day("2026-11-22"));
        let today = servings.which_day(noon(day(wrong)));
        assert_eq!((today.day, today.too_far_ahead), (day(wrong), Some(day("2026-11-22"))));
        servings.ask(day(wrong));
        assert_eq!(servings.ask(day("2026-11-23")), day("2026-11-23"), "{wrong}");
    }
}

#[test]
fn a_clock_that_was_ahead_for_one_run_takes_no_day_from_the_days_before_it() {
    for (ahead, days) in
        [("2026-11-24", 2), ("2026-12-13", 20), ("2027-11-22", 30), ("2099-01-01", 30)]
    {
        let mut servings = Servings::on(["2026-11-21"]);
        assert_eq!(servings.ask(day(ahead)), day(ahead));
        // Every day until then, the wrong one included, is its own.
        for number in 0..days {
            let real = day("2026-11-22").plus_days(number).expect("in range");
            let today = servings.which_day(noon(real));
            assert_eq!(today.day, real, "{ahead}");
            assert_eq!(today.too_far_ahead, Some(day(ahead)), "{real}");
            assert_eq!(servings.ask(real), real, "{ahead}");
        }
    }
}

#[test]
fn a_clock_that_was_ahead_by_a_day_may_have_travelled() {
    let mut servings = Servings::on(["2026-11-21"]);
    assert_eq!(servings.ask(day("2026-11-23")), day("2026-11-23"));
    assert_eq!(servings.ask(day("2026-11-22")), day("2026-11-23"));
    assert_eq!(servings.ask(day("2026-11-23")), day("2026-11-23"));
    assert_eq!(servings.ask(day("2026-11-24")), day("2026-11-24"));
    assert_eq!(servings.0.len(), 3);
}

#[test]
fn a_clock_that_was_ahead_leaves_the_days_with_a_serving_as_they_are() {
    let mut servings = Servings::on(["2026-11-21"]);
    assert_eq!(servings.ask(day("2099-01-01")), day("2099-01-01"));
    assert_eq!(servings.ask(day("2026-11-21")), day("2026-11-21"));
    assert_eq!(servings.0.len(), 2);
}

#[test]
fn the_first_day_of_all_is_the_one_the_clock_gives() {
    let now = noon(day("2026-11-22"));
    let wanted = Today { day: now.day, by_clock: now.day, too_far_ahead: None };
    assert_eq!(today(now, false, &[]), wanted);
}

/// The offset at the start of the sweep and each later one, with the instant from which it held.
type Offsets = Vec<(i64, i32)>;

static SWEEP: LazyLock<(i64, i64)> =
    LazyLock::new(|| (instant("2020-01-01T00:00:00Z"), instant("2036-01-01T00:00:00Z")));

/// The offsets of all zones, each sequence once: many zones have had the same clock since 2020.
static ZONES: LazyLock<BTreeSet<Offsets>> =
    LazyLock::new(|| TZ_VARIANTS.iter().map(|zone| offsets(*zone)).collect());

fn offsets(zone: Tz) -> Offsets {
    let (from, to) = *SWEEP;
    let offset = |at| zone.offset_from_utc_datetime(&utc(at)).fix().local_minus_utc();
    let mut offsets = vec![(from, offset(from))];
    // No zone changes its clock twice in a week. The shortest time between is a month, in Morocco
    // at Ramadan.
    let week = 7 * 24 * HOUR;
    let mut before = (from, offset(from));
    for at in (from + week..=to).step_by(604_800) {
        let after = offset(at);
        if after != before.1 {
            let (mut low, mut high) = (before.0, at);
            while high - low > 1 {
                let middle = low.midpoint(high);
                if offset(middle) == before.1 { low = middle } else { high = middle }
            }
            offsets.push((high, after));
        }
        before = (at, after);
    }
    offsets
}

/// Calls `visit` with the day the clock gives every three hours from 2020 to 2035, and every
/// quarter of an hour around each change of the offset.
fn sweep(offsets: &Offsets, day_start: DayStart, mut visit: impl FnMut(Day, i64)) {
    let (from, to) = *SWEEP;
    let (around, dense, coarse) = (4 * HOUR, 15 * MINUTE, 3 * HOUR);
    let mut at = from;
    for (index, (_, offset)) in offsets.iter().enumerate() {
        let began = if index == 0 { from - around } else { offsets[index].0 };
        let ends = offsets.get(index + 1).map_or(to, |next| next.0);
        while at < ends {
            visit(given(at, *offset, day_start), at);
            let near = at < began + around || at + coarse > ends - around;
            at += if near { dense } else { coarse };
        }
        // The new offset is used from its first moment.
        at = ends;
    }
}

fn given(at: i64, offset: i32, day_start: DayStart) -> Day {
    Day::lived(utc(at + i64::from(offset)), day_start).expect("within the years")
}

/// Which day is today at an instant, after the newest serving.
fn today_after(at: i64, asked: Day, has_serving: bool, newest: Option<Day>, served_at: i64) -> Day {
    let newest = newest.filter(|newest| *newest > asked);
    let ahead =
        newest.map(|day| ServedAhead { day, at: moment(served_at), was_contradicted: false });
    today(Now { at: moment(at), day: asked }, has_serving, ahead.as_slice()).day
}

/// A person asks for the lesson often for sixteen years. Today never goes back, and every new
/// serving is for the day after the last one.
fn serves_every_day_once(day_start: &str) {
    for offsets in ZONES.iter() {
        let mut span: Option<(Day, Day)> = None;
        let mut served_at = 0;
        let mut servings: i64 = 0;
        sweep(offsets, start(day_start), |asked, at| {
            let newest = span.map(|(_, newest)| newest);
            let has_serving = span.is_some_and(|(first, newest)| (first..=newest).contains(&asked));
            let today = today_after(at, asked, has_serving, newest, served_at);
            if newest == Some(today) {
                return;
            }
            let next = newest.map_or(Some(today), |newest| newest.plus_days(1));
            assert_eq!(Some(today), next, "{} in {offsets:?}", utc(at));
            span = Some((span.map_or(today, |(first, _)| first), today));
            served_at = at;
            servings += 1;
        });
        let (first, newest) = span.expect("somebody asked");
        assert_eq!(servings, newest.days_since(first) + 1);
        assert!(first <= day("2020-01-01") && newest >= day("2035-12-31"), "{first} to {newest}");
    }
}

#[test]
fn in_every_zone_every_day_that_starts_at_four_is_served_once() {
    serves_every_day_once("04:00");
}

#[test]
fn in_every_zone_every_day_that_starts_at_midnight_is_served_once() {
    serves_every_day_once("00:00");
}

#[test]
fn in_no_zone_does_the_clock_give_a_day_twice_that_starts_at_four() {
    // Only a day start in a repeated hour can give a day twice, and the hour at four never repeats.
    for offsets in ZONES.iter() {
        let mut newest = day("1900-01-01");
        for window in changes(offsets) {
            for (at, offset) in window {
                let asked = given(at, offset, start("04:00"));
                assert!(newest <= asked, "{} in {offsets:?}", utc(at));
                newest = asked;
            }
        }
    }
}

#[test]
fn in_no_zone_does_today_go_back_for_somebody_who_first_comes_before_a_change() {
    for offsets in ZONES.iter() {
        for day_start in DAY_STARTS {
            let day_start = start(day_start);
            for window in changes(offsets) {
                let mut newest = None;
                let mut served_at = 0;
                for (at, offset) in window {
                    let asked = given(at, offset, day_start);
                    let has_serving = newest == Some(asked);
                    let today = today_after(at, asked, has_serving, newest, served_at);
                    assert!(newest <= Some(today), "{} in {offsets:?}", utc(at));
                    if newest != Some(today) {
                        served_at = at;
                    }
                    newest = Some(today);
                }
            }
        }
    }
}

/// For each change of the offset, the moments from a quarter of an hour before it to six hours
/// after it, with the offset at each.
fn changes(offsets: &Offsets) -> impl Iterator<Item = impl Iterator<Item = (i64, i32)>> {
    offsets.windows(2).map(|pair| {
        let ((_, before), (change, after)) = (pair[0], pair[1]);
        (change - 15 * MINUTE..change + 6 * HOUR)
            .step_by(900)
            .map(move |at| (at, if at < change { before } else { after }))
    })
}

#[test]
fn the_sweep_knows_the_zones_and_their_changes() {
    assert!(ZONES.len() > 50, "{}", ZONES.len());
    let berlin = offsets(zone("Europe/Berlin"));
    assert_eq!(berlin.len(), 1 + 2 * 16);
    assert!(berlin.contains(&(instant("2026-03-29T01:00:00Z"), 7200)));
    assert!(berlin.contains(&(instant("2026-10-25T01:00:00Z"), 3600)));
    assert_eq!(offsets(zone("Asia/Tokyo")), [(SWEEP.0, 9 * 3600)]);
}

#[test]
fn a_day_reads_back_from_what_is_written() {
    for text in ["2026-11-22", "2024-02-29", "1900-01-01", "9998-12-31", "2000-02-29"] {
        assert_eq!(day(text).to_string(), text);
    }
}

#[test]
fn what_is_not_exactly_a_day_is_refused() {
    for text in [
        "",
        "2026-11",
        "2026-11-22-01",
        "2026-11-2",
        "2026-1-22",
        "26-11-22",
        "02026-11-22",
        "+026-11-22",
        "-026-11-22",
        "2026-11-+2",
        "2026- 1-22",
        " 2026-11-22",
        "2026-11-22 ",
        "2026-11-22T07:00:00",
        "2026/11/22",
        "20261122",
        "2026-13-01",
        "2026-00-10",
        "2026-11-31",
        "2026-11-00",
        "2025-02-29",
        "1900-02-29",
        "1899-12-31",
        "9999-01-01",
        "0000-01-01",
        "２０２６-11-22",
        "today",
    ] {
        assert_eq!(text.parse::<Day>(), Err(ParseError::new(ValueKind::Day, text)), "{text:?}");
    }
}

#[test]
fn days_lie_between_the_years_1900_and_9998() {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
    assert_eq!(Day::new(date(1899, 12, 31)), None);
    assert_eq!(Day::new(date(1900, 1, 1)), Some(day("1900-01-01")));
    assert_eq!(Day::new(date(9998, 12, 31)), Some(day("9998-12-31")));
    assert_eq!(Day::new(date(9999, 1, 1)), None);
    assert_eq!(Day::new(NaiveDate::MIN), None);
    assert_eq!(Day::new(NaiveDate::MAX), None);
}

#[test]
fn the_first_and_the_last_night_fall_on_the_side_of_their_day() {
    assert_eq!(Day::lived(wall("1900-01-01T03:59:59"), DayStart::default()), None);
    assert_eq!(lived("1900-01-01T04:00:00", "04:00"), day("1900-01-01"));
    assert_eq!(lived("9999-01-01T03:59:59", "04:00"), day("9998-12-31"));
    assert_eq!(Day::lived(wall("9999-01-01T04:00:00"), DayStart::default()), None);
    assert_eq!(Day::lived(NaiveDateTime::MIN, DayStart::default()), None);
    assert_eq!(Day::lived(NaiveDateTime::MAX, DayStart::default()), None);
}

#[test]
fn no_distance_leaves_the_years() {
    let (first, last) = (day("1900-01-01"), day("9998-12-31"));
    assert_eq!((first.minus_days(1), last.plus_days(1)), (None, None));
    assert_eq!((first.minus_months(1), last.plus_months(1)), (None, None));
    assert_eq!((first.plus_days(u64::MAX), last.minus_days(u64::MAX)), (None, None));
    assert_eq!((first.plus_months(u32::MAX), last.minus_months(u32::MAX)), (None, None));
    assert_eq!(first.plus_days(0), Some(first));
    assert_eq!(last.days_since(first), 2_958_098);
    assert_eq!(first.days_since(last), -2_958_098);
}

#[test]
fn a_month_away_from_a_long_months_end_is_the_short_months_end() {
    for (from, months, wanted) in [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-02-28", 1, "2026-03-28"),
    ] {
        assert_eq!(day(from).plus_months(months), Some(day(wanted)), "{from} + {months}");
    }
    for (from, months, wanted) in [
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2026-05-31", 6, "2025-11-30"),
        ("2026-01-15", 1, "2025-12-15"),
    ] {
        assert_eq!(day(from).minus_months(months), Some(day(wanted)), "{from} - {months}");
    }
}

#[test]
fn a_day_starts_between_midnight_and_noon() {
    for text in ["00:00", "01:30", "04:00", "11:59", "12:00"] {
        assert_eq!(start(text).to_string(), text);
    }
    for text in ["", "4", "12:01", "23:00", "24:00", "04:60", "-1:00", "04:00:00", "4am", "0400"] {
        assert_eq!(
            text.parse::<DayStart>(),
            Err(ParseError::new(ValueKind::DayStart, text)),
            "{text:?}"
        );
    }
    assert_eq!(DayStart::default(), start("04:00"));
}

fn any_day() -> impl Strategy<Value = Day> {
    (0..=2_958_098u64).prop_map(|days| day("1900-01-01").plus_days(days).expect("in range"))
}

fn any_moment() -> impl Strategy<Value = NaiveDateTime> {
    (any_day(), 0..86_400i64).prop_map(|(day, seconds)| {
        day.date().and_time(NaiveTime::MIN) + TimeDelta::seconds(seconds)
    })
}

#[test]
fn travel_explains_a_clock_that_goes_back_by_thirty_six_hours() {
    let at = |text: &str| DateTime::parse_from_rfc3339(text).expect("an instant");
    let served = at("2026-11-24T07:00:00+14:00");
    for (now, too_far) in [
        ("2026-11-24T08:00:00+14:00", false),
        ("2026-11-23T05:00:00+00:00", false), // 12 hours, as over the date line
        ("2026-11-22T05:00:00+00:00", false), // 36 hours
        ("2026-11-22T04:59:59+00:00", true),
        ("1999-11-22T05:00:00+00:00", true),
    ] {
        assert_eq!(is_too_far_before(at(now), served), too_far, "{now}");
    }
}

proptest! {
    #[test]
    fn every_day_reads_back(day in any_day()) {
        prop_assert_eq!(day.to_string().parse(), Ok(day));
    }

    #[test]
    fn no_text_makes_the_parsers_panic(text in "[-+:0-9 ]{0,12}|\\PC{0,12}") {
        if let Ok(day) = text.parse::<Day>() {
            prop_assert_eq!(day.to_string(), text.clone());
        }
        if let Ok(start) = text.parse::<DayStart>() {
            prop_assert_eq!(start.to_string().parse(), Ok(start));
        }
    }

    #[test]
    fn on_one_clock_a_later_moment_is_never_an_earlier_day(
        one in any_moment(),
        seconds in 0..200_000i64,
        start_minutes in 0..=720u32,
    ) {
        let day_start = start(&format!("{:02}:{:02}", start_minutes / 60, start_minutes % 60));
        let (one, other) = (Day::lived(one, day_start), Day::lived(one + TimeDelta::seconds(seconds), day_start));
        // `None` means before the first year, or after the last one.
        prop_assert!(one.is_none() || other.is_none() || one <= other);
    }

    #[test]
    fn today_is_the_day_of_the_clock_or_a_later_one_that_travel_can_explain(
        asked in any_day(),
        hours in proptest::collection::vec((-48i64..400, any::<bool>()), 0..5),
        has_serving: bool,
    ) {
        let now = noon(asked);
        let ahead: Vec<ServedAhead> = hours
            .iter()
            .filter_map(|(hours, was_contradicted)| {
                let at = now.at + TimeDelta::hours(*hours);
                let day = Day::new(at.date_naive())?;
                let was_contradicted = *was_contradicted;
                (day > asked).then_some(ServedAhead { day, at, was_contradicted })
            })
            .collect();
        let found = today(now, has_serving, &ahead);
        let can_be_travel =
            |serving: &&ServedAhead| serving.at - now.at <= TRAVEL && !serving.was_contradicted;
        prop_assert_eq!(found.by_clock, asked);
        prop_assert!(!has_serving || found.day == asked);
        if found.day != asked {
            let mut taken = ahead.iter().filter(|serving| serving.day == found.day);
            prop_assert!(taken.any(|serving| can_be_travel(&serving)), "{:?} in {:?}", found, ahead);
        }
        let wrong = ahead.iter().filter(|serving| !can_be_travel(serving));
        prop_assert_eq!(found.too_far_ahead, wrong.map(|serving| serving.day).max());
        if ahead.iter().all(|serving| can_be_travel(&serving)) && !has_serving {
            let newest = ahead.iter().map(|serving| serving.day).max();
            prop_assert_eq!(found.day, newest.unwrap_or(asked));
        }
    }

    #[test]
    fn a_day_and_a_distance_lead_there_and_back(day in any_day(), days in 0..4_000_000u64) {
        if let Some(later) = day.plus_days(days) {
            prop_assert_eq!(later.minus_days(days), Some(day));
            prop_assert_eq!(u64::try_from(later.days_since(day)), Ok(days));
        }
    }

    #[test]
    fn months_move_the_month_and_keep_the_day_or_end_the_month(
        day in any_day(),
        months in 0..5_000u32,
    ) {
        if let Some(later) = day.plus_months(months) {
            let count = |day: Day| i64::from(day.date().year()) * 12 + i64::from(day.date().month());
            prop_assert_eq!(count(later) - count(day), i64::from(months));
            let ends = later.plus_days(1).is_none_or(|next| next.date().day() == 1);
            prop_assert!(later.date().day() == day.date().day() || ends);
        }
    }
}
