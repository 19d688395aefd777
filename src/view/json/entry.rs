//! The JSON of an entry, of its step, and of why its lesson was chosen.

use serde::Serialize;

use crate::journal::entry::reflection::Afterthought;
use crate::journal::entry::step::OpenStep;
use crate::journal::entry::tags;
use crate::journal::lesson::plan::Reason;
use crate::journal::{Day, Entry, Lesson, Reflection, Step};
use crate::view::json::lesson::WireLesson;
use crate::view::json::line::{instant, line};

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

/// The step of an entry as one line of JSON; empty if it has none.
pub fn step(entry: &Entry) -> String {
    let step = entry.step.as_ref().map(|step| line(&DayStep::of(entry.day, step)));
    step.unwrap_or_default()
}

/// An open step as one line of JSON.
pub fn open_step(open: &OpenStep) -> String {
    line(&DayStep::of(open.day, &open.step))
}

/// Why a day's lesson was chosen, as one line of JSON.
pub fn why(entry: &Entry, reason: Reason, sentence: &str) -> String {
    #[derive(Serialize)]
    struct WireWhy<'a> {
        day: String,
        lesson: Option<WireLesson<'a>>,
        reason: &'a str,
        why: &'a str,
    }
    let lesson = entry.lesson.as_ref().map(WireLesson::of);
    let reason = match reason {
        Reason::AskedBack { .. } => "asked_back",
        Reason::InProgress => "in_progress",
        Reason::NextSeries => "next_series",
        Reason::Mixed => "mixed",
        Reason::Round { .. } => "round",
        Reason::LovedRound { .. } => "loved_round",
    };
    line(&WireWhy { day: entry.day.to_string(), lesson, reason, why: sentence })
}

#[derive(Serialize)]
pub(super) struct WireEntry<'a> {
    /// `None` only for a lesson that was never served, which a search may find.
    day: Option<String>,
    lesson: Option<WireLesson<'a>>,
    served_at: Option<String>,
    reflection: Option<WireReflection<'a>>,
    step: Option<WireStep<'a>>,
    afterthoughts: Vec<WireAfterthought<'a>>,
}

impl<'a> WireEntry<'a> {
    pub(super) fn of(entry: &'a Entry) -> Self {
        Self {
            day: Some(entry.day.to_string()),
            lesson: entry.lesson.as_ref().map(WireLesson::of),
            served_at: entry.served_at.map(instant),
            reflection: entry.reflection.as_ref().map(WireReflection::of),
            step: entry.step.as_ref().map(WireStep::of),
            afterthoughts: entry.afterthoughts.iter().map(WireAfterthought::of).collect(),
        }
    }

    pub(super) fn of_lesson(lesson: &'a Lesson) -> Self {
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
            words: reflection.words,
            tags: tags::tags(&reflection.text),
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
    when: Option<&'a str>,
    state: &'static str,
    closed_on: Option<String>,
    outcome: Option<&'a str>,
}

impl<'a> WireStep<'a> {
    fn of(step: &'a Step) -> Self {
        Self {
            text: &step.text,
            when: step.when.as_deref(),
            state: step.state.as_str(),
            closed_on: step.closed_on.map(|day| day.to_string()),
            outcome: step.outcome.as_deref(),
        }
    }
}

/// A step with the day of its entry.
#[derive(Serialize)]
pub(super) struct DayStep<'a> {
    day: String,
    #[serde(flatten)]
    step: WireStep<'a>,
}

impl<'a> DayStep<'a> {
    pub(super) fn of(day: Day, step: &'a Step) -> Self {
        Self { day: day.to_string(), step: WireStep::of(step) }
    }
}
