//! JSON for scripts: one object for one thing, an object a line for a list. Every key is always
//! there.
//!
//! Instants are RFC 3339 to the second with the offset the person's clock had; days are
//! `YYYY-MM-DD`. Characters that a terminal could obey are escaped, which changes no value.

mod calendar;
mod look_back;
mod revision;

use std::fmt::Write;

use chrono::SecondsFormat;
use serde::Serialize;

use crate::journal::entry::reflection;
use crate::journal::entry::reflection::Afterthought;
use crate::journal::lesson::{ShelvedLesson, ShelvedSeries};
use crate::journal::{Day, Entry, Lesson, Moment, Reflection, Source, Step};

pub use calendar::{calendar_day, holiday};
pub use look_back::{hit, remembered, stats, summary};
pub use revision::revision;

/// An entry as one line of JSON.
pub fn entry(entry: &Entry) -> String {
    line(&WireEntry::of(entry))
}

/// An entry with the earlier entries on the same lesson under the key `earlier`, as one line.
pub fn entry_with_earlier(entry: &Entry, earlier: &[Entry]) -> String {
    #[derive(Serialize)]
    struct WithEarlier<'a> {
        #[serde(flatten)]
        entry: WireEntry<'a>,
        earlier: Vec<WireEntry<'a>>,
    }
    let earlier = earlier.iter().map(WireEntry::of).collect();
    line(&WithEarlier { entry: WireEntry::of(entry), earlier })
}

/// A lesson as one line of JSON.
pub fn lesson(shelved: &ShelvedLesson) -> String {
    #[derive(Serialize)]
    struct Served<'a> {
        #[serde(flatten)]
        lesson: WireLesson<'a>,
        served: Vec<String>,
    }
    let served = shelved.served.iter().map(Day::to_string).collect();
    line(&Served { lesson: WireLesson::of(&shelved.lesson), served })
}

/// A series as one line of JSON.
pub fn series(series: &ShelvedSeries) -> String {
    #[derive(Serialize)]
    struct WireSeries<'a> {
        slug: &'a str,
        title: &'a str,
        source: WireSource<'a>,
        lessons: u32,
        served: u32,
        paused: bool,
    }
    line(&WireSeries {
        slug: series.slug.as_str(),
        title: &series.title,
        source: WireSource::of(&series.source),
        lessons: series.lessons,
        served: series.served,
        paused: series.paused,
    })
}

/// A day's step as one line of JSON.
pub fn step(day: Day, step: &Step) -> String {
    line(&DayStep::of(day, step))
}

/// Why a day's lesson was chosen, as one line of JSON.
pub fn why(entry: &Entry, reason: &str, sentence: &str) -> String {
    #[derive(Serialize)]
    struct Why<'a> {
        day: String,
        lesson: Option<WireLesson<'a>>,
        reason: &'a str,
        why: &'a str,
    }
    let lesson = entry.lesson.as_ref().map(WireLesson::of);
    line(&Why { day: entry.day.to_string(), lesson, reason, why: sentence })
}

/// A setting as one line of JSON.
pub fn setting(key: &str, value: &str, origin: &str) -> String {
    #[derive(Serialize)]
    struct Setting<'a> {
        key: &'a str,
        value: &'a str,
        origin: &'a str,
    }
    line(&Setting { key, value, origin })
}

/// What an undo took back, as one line of JSON for each thing.
pub fn undone(what: &str, subject: &str) -> String {
    #[derive(Serialize)]
    struct TakenBack<'a> {
        took_back: &'a str,
        of: &'a str,
    }
    line(&TakenBack { took_back: what, of: subject })
}

#[derive(Serialize)]
struct WireEntry<'a> {
    /// Every entry has one; only a lesson that waits for its day has none.
    day: Option<String>,
    lesson: Option<WireLesson<'a>>,
    served_at: Option<String>,
    reflection: Option<WireReflection<'a>>,
    step: Option<WireStep<'a>>,
    afterthoughts: Vec<WireAfterthought<'a>>,
}

impl<'a> WireEntry<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self {
            day: Some(entry.day.to_string()),
            lesson: entry.lesson.as_ref().map(WireLesson::of),
            served_at: entry.served_at.map(instant),
            reflection: entry.reflection.as_ref().map(WireReflection::of),
            step: entry.step.as_ref().map(WireStep::of),
            afterthoughts: entry.afterthoughts.iter().map(WireAfterthought::of).collect(),
        }
    }

    fn of_lesson(lesson: &'a Lesson) -> Self {
        Self {
            day: None,
            lesson: Some(WireLesson::of(lesson)),
            served_at: None,
            reflection: None,
            step: None,
            afterthoughts: Vec::new(),
        }
    }
}

#[derive(Serialize)]
struct WireLesson<'a> {
    id: String,
    series: &'a str,
    number: u32,
    of: u32,
    title: &'a str,
    story: &'a str,
    takeaway: &'a str,
    question: &'a str,
    tags: &'a [String],
    loved: bool,
    source: WireSource<'a>,
}

impl<'a> WireLesson<'a> {
    fn of(lesson: &'a Lesson) -> Self {
        let text = &lesson.text;
        Self {
            id: lesson.id.to_string(),
            series: lesson.series.as_str(),
            number: lesson.number,
            of: lesson.series_length,
            title: &text.title,
            story: &text.story,
            takeaway: &text.takeaway,
            question: &text.question,
            tags: &text.tags,
            loved: lesson.loved,
            source: WireSource::of(&lesson.source),
        }
    }
}

#[derive(Serialize)]
struct WireSource<'a> {
    title: &'a str,
    kind: &'a str,
    by: Option<&'a str>,
    year: Option<i32>,
    url: Option<&'a str>,
}

impl<'a> WireSource<'a> {
    fn of(source: &'a Source) -> Self {
        Self {
            title: &source.title,
            kind: &source.kind,
            by: source.by.as_deref(),
            year: source.year,
            url: source.url.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct WireReflection<'a> {
    text: &'a str,
    words: usize,
    tags: Vec<String>,
    written_at: String,
    revised_at: String,
    revisions: u32,
    late: bool,
}

impl<'a> WireReflection<'a> {
    fn of(reflection: &'a Reflection) -> Self {
        Self {
            text: &reflection.text,
            words: reflection::word_count(&reflection.text),
            tags: reflection::tags(&reflection.text),
            written_at: instant(reflection.written_at),
            revised_at: instant(reflection.revised_at),
            revisions: reflection.revisions,
            late: reflection.late,
        }
    }
}

#[derive(Serialize)]
struct WireAfterthought<'a> {
    text: &'a str,
    written_at: String,
}

impl<'a> WireAfterthought<'a> {
    fn of(afterthought: &'a Afterthought) -> Self {
        Self { text: &afterthought.text, written_at: instant(afterthought.written_at) }
    }
}

#[derive(Serialize)]
struct WireStep<'a> {
    text: &'a str,
    state: &'static str,
    closed_on: Option<String>,
}

impl<'a> WireStep<'a> {
    fn of(step: &'a Step) -> Self {
        Self {
            text: &step.text,
            state: step.state.as_str(),
            closed_on: step.closed_on.map(|day| day.to_string()),
        }
    }
}

/// A step with the day that it was named on.
#[derive(Serialize)]
struct DayStep<'a> {
    day: String,
    #[serde(flatten)]
    step: WireStep<'a>,
}

impl<'a> DayStep<'a> {
    fn of(day: Day, step: &'a Step) -> Self {
        Self { day: day.to_string(), step: WireStep::of(step) }
    }
}

fn instant(at: Moment) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// The value as one line, with every character escaped that a terminal could obey.
fn line(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).expect("maps here have text for keys");
    // Such characters stand only inside strings, where JSON allows an escape for any of them.
    let mut line = String::with_capacity(plain.len() + 1);
    for c in plain.chars() {
        if crate::text::is_unsafe(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(line, "\\u{unit:04x}").expect("a string takes all text");
            }
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_reads_back_to_the_byte_and_holds_nothing_a_terminal_obeys(text in any::<String>()) {
            let line = line(&text);
            let body = line.strip_suffix('\n').expect("a line");
            prop_assert!(!body.chars().any(|c| c == '\n' || crate::text::is_unsafe(c)));
            prop_assert_eq!(serde_json::from_str::<String>(body).expect("JSON"), text);
        }
    }
}
