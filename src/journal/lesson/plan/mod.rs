//! The plan: which lesson comes next.
//!
//! A pure function of the candidates, which sums up the lessons and the servings so far; the same
//! history gives the same choice everywhere. The shelf is small however many lessons there are:
//! for each series only the lessons that could be chosen stand on it.

use std::cmp::Reverse;

use crate::journal::lesson::LessonId;
use crate::journal::lesson::slug::Slug;
use crate::journal::time::day::Day;

/// What the plan decides from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The series in shelf order.
    pub series: Vec<SeriesProgress>,
    /// The lessons asked back and not retired, in shelf order; of those that are due at least the
    /// one that is due longest.
    pub asked_back: Vec<AskedBack>,
    /// The series of the newest serving.
    pub last_series: Option<Slug>,
}

/// How far one series has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesProgress {
    pub slug: Slug,
    pub paused: bool,
    /// The first lesson, in number order, that was never served and is not retired.
    pub next_unserved: Option<LessonId>,
    /// The newest day on which one of its lessons was served for the first time.
    pub last_first_served: Option<Day>,
    /// The newest day on which one of its lessons was served.
    pub last_served: Option<Day>,
    /// Of its lessons that are not retired, the one served longest ago among those not loved.
    pub longest_unserved: Option<LastServed>,
    /// The same among the loved.
    pub longest_unserved_loved: Option<LastServed>,
}

/// A lesson that was served and could come round again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastServed {
    pub lesson: LessonId,
    /// The last day it was served.
    pub last: Day,
}

/// A lesson that the person asked back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedBack {
    pub lesson: LessonId,
    pub series: Slug,
    /// The day from which on it is due.
    pub due: Day,
}

/// In which order waiting lessons are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// One series after the other.
    #[default]
    Series,
    /// Each day another series than the day before.
    Mixed,
}

/// The lesson that comes next, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    pub lesson: LessonId,
    pub reason: Reason,
}

/// Why a lesson came when it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was asked back for this day or an earlier one.
    AskedBack { due: Day },
    /// Its series had been begun and goes on.
    InProgress,
    /// Its series was the next on the candidates.
    NextSeries,
    /// Series take turns, and its series had waited longest.
    Mixed,
    /// All lessons had been served, and it had served longest.
    Round { last: Day },
    /// All lessons had been served; it is loved, so it rests half as long.
    LovedRound { last: Day },
}

/// The lesson to serve on `today`, or `None` if none is left to choose from.
pub fn next(candidates: &Candidates, today: Day, order: Order) -> Option<Choice> {
    asked_back(candidates, today)
        .or_else(|| waiting(candidates, order))
        .or_else(|| round(candidates, today))
}

fn asked_back(candidates: &Candidates, today: Day) -> Option<Choice> {
    let paused = |slug: &Slug| candidates.series.iter().any(|s| s.paused && s.slug == *slug);
    candidates
        .asked_back
        .iter()
        .filter(|asked| asked.due <= today && !paused(&asked.series))
        .min_by_key(|asked| asked.due)
        .map(|asked| Choice { lesson: asked.lesson, reason: Reason::AskedBack { due: asked.due } })
}

fn waiting(candidates: &Candidates, order: Order) -> Option<Choice> {
    let waiting: Vec<(&SeriesProgress, LessonId)> = active(candidates)
        .filter_map(|series| series.next_unserved.map(|lesson| (series, lesson)))
        .collect();
    match order {
        Order::Series => {
            let begun = waiting.iter().filter(|(series, _)| series.last_first_served.is_some());
            // Of several the later one on the shelf would win a tie; no two began on one day.
            if let Some((_, lesson)) = begun.max_by_key(|(series, _)| series.last_first_served) {
                return Some(Choice { lesson: *lesson, reason: Reason::InProgress });
            }
            let (_, lesson) = waiting.first()?;
            Some(Choice { lesson: *lesson, reason: Reason::NextSeries })
        }
        Order::Mixed => {
            let other =
                |series: &SeriesProgress| candidates.last_series.as_ref() != Some(&series.slug);
            // The last series only where no other waits; never served counts as longest ago.
            let (_, lesson) =
                waiting.iter().min_by_key(|(series, _)| (!other(series), series.last_served))?;
            Some(Choice { lesson: *lesson, reason: Reason::Mixed })
        }
    }
}

fn round(candidates: &Candidates, today: Day) -> Option<Choice> {
    let plain = active(candidates)
        .filter_map(|series| series.longest_unserved)
        .map(|served| (served, false));
    let loved = active(candidates)
        .filter_map(|series| series.longest_unserved_loved)
        .map(|served| (served, true));
    let weight = |served: LastServed, loved: bool| {
        let days = today.days_since(served.last);
        if loved { days * 2 } else { days }
    };
    // The longest rest first; of equal ones the earlier day; of those the first on the candidates.
    plain
        .chain(loved)
        .min_by_key(|(served, loved)| (Reverse(weight(*served, *loved)), served.last))
        .map(|(served, loved)| {
            let last = served.last;
            let reason = if loved { Reason::LovedRound { last } } else { Reason::Round { last } };
            Choice { lesson: served.lesson, reason }
        })
}

fn active(candidates: &Candidates) -> impl Iterator<Item = &SeriesProgress> {
    candidates.series.iter().filter(|series| !series.paused)
}

#[cfg(test)]
mod tests;
