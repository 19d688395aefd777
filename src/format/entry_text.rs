//! An entry as the text that a program gets which knows no steps, afterthoughts and lessons: the
//! words byte for byte, and the rest in lines below them.

use chrono::{NaiveTime, TimeDelta, TimeZone};

use crate::journal::entry::step::{Step, StepState};
use crate::journal::{Entry, Moment};

/// The text of an entry; `None` if the person wrote nothing on the day.
pub fn entry_text(entry: &Entry) -> Option<String> {
    let mut lines: Vec<String> = entry.step.iter().flat_map(step).collect();
    lines.extend(
        entry
            .afterthoughts
            .iter()
            .map(|line| format!("Afterthought {}: {}", line.written_at.date_naive(), line.text)),
    );
    let words = entry.reflection.as_ref().map(|reflection| reflection.text.clone());
    if words.is_none() && lines.is_empty() {
        return None;
    }
    if let Some(lesson) = &entry.lesson {
        lines.push(format!("Lesson: {}", lesson.text.title));
    }
    let below = (!lines.is_empty()).then(|| lines.join("\n"));
    Some(words.into_iter().chain(below).collect::<Vec<_>>().join("\n\n"))
}

/// A step and its answer, a line each.
fn step(step: &Step) -> Vec<String> {
    let mut lines = vec![match &step.when {
        Some(when) => format!("Step: {} ({when})", step.text),
        None => format!("Step: {}", step.text),
    }];
    let answer = match step.state {
        StepState::Open => return lines,
        StepState::Done => "Done",
        StepState::Partly => "Partly",
        StepState::Dropped => "Dropped",
    };
    let on = step.closed_on.map(|day| format!(" {day}")).unwrap_or_default();
    let outcome = step.outcome.iter().map(|outcome| format!(": {outcome}"));
    lines.push(format!("{answer}{on}{}", outcome.collect::<String>()));
    lines
}

/// When the words of an entry were written; if that was on another date, the moment of its day that
/// is nearest to it.
pub fn moment(entry: &Entry) -> Moment {
    let written = entry.reflection.as_ref().map(|reflection| reflection.written_at);
    let added = || entry.afterthoughts.first().map(|line| line.written_at);
    let at = written.or(entry.served_at).or_else(added);
    let at = at.unwrap_or_else(|| entry.day.date().and_time(NaiveTime::MIN).and_utc().into());
    on_its_day(at, entry)
}

/// The moment of the entry's day that is nearest to `at`, on the clock of `at`.
pub fn on_its_day(at: Moment, entry: &Entry) -> Moment {
    let (date, local) = (entry.day.date(), at.naive_local());
    let last = NaiveTime::MIN - TimeDelta::seconds(1);
    let nearest = match local.date() {
        today if today < date => date.and_time(NaiveTime::MIN),
        today if today > date => date.and_time(last),
        _ => return at,
    };
    at.timezone().from_local_datetime(&nearest).single().unwrap_or(at)
}
