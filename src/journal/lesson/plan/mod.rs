//! The plan: which lesson comes next.
//!
//! A pure function of the candidates, which sum up the lessons and the servings so far: the same
//! history gives the same choice on every device. The candidates are few even if there are many
//! lessons: for each series only the lessons that could be chosen.

pub mod shelf;

use std::cmp::Reverse;

use crate::journal::lesson::LessonId;
use crate::journal::lesson::slug::Slug;
use crate::journal::time::day::Day;

/// What the plan chooses from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The series in shelf order.
    pub series: Vec<SeriesProgress>,
    /// Lessons that were asked back and not retired, in shelf order. If some are due, at least the
    /// one that has been due for the longest time.
    pub asked_back: Vec<AskedBack>,
    /// The series of the newest serving.
    pub last_series: Option<Slug>,
}

/// The progress of one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesProgress {
    pub slug: Slug,
    pub paused: bool,
    /// The first lesson that was never served and is not retired.
    pub next_unserved: Option<LessonId>,
    /// The newest day on which one of its lessons was served for the first time.
    pub last_first_served: Option<Day>,
    /// The newest day on which one of its lessons was served.
    pub last_served: Option<Day>,
    /// The lesson that was served longest ago, of those that are neither retired nor loved.
    pub longest_unserved: Option<LastServed>,
    /// The lesson that was served longest ago, of those that are loved and not retired.
    pub longest_unserved_loved: Option<LastServed>,
}

/// A lesson that was served and could be served again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastServed {
    pub lesson: LessonId,
    /// The last day on which it was served.
    pub last: Day,
}

/// A lesson that the person asked to see again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedBack {
    pub lesson: LessonId,
    pub series: Slug,
    /// The day from which it is due.
    pub due: Day,
}

/// The order in which lessons that were never served are served.
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

/// Why a lesson was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The person asked for it to come again, and it was due.
    AskedBack { due: Day },
    /// Its series was in progress.
    InProgress,
    /// Its series was the first on the shelf that waited.
    NextSeries,
    /// The order is mixed, and its series had waited longest.
    Mixed,
    /// All lessons had been served, and this one longest ago.
    Round { last: Day },
    /// All lessons had been served. This one is loved, so it comes again after half the time.
    LovedRound { last: Day },
}

/// The lesson to serve on `today`; `None` if there is none to choose.
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
            let first = *shelf::queue(candidates).first()?;
            let reason = match first.last_first_served {
                Some(_) => Reason::InProgress,
                None => Reason::NextSeries,
            };
            Some(Choice { lesson: first.next_unserved?, reason })
        }
        Order::Mixed => {
            let other =
                |series: &SeriesProgress| candidates.last_series.as_ref() != Some(&series.slug);
            // The last series only if no other waits. A series that was never served comes first.
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
    let rest = |served: LastServed, loved: bool| {
        let days = today.days_since(served.last);
        if loved { days * 2 } else { days }
    };
    // The longest rest; of equal rests the earlier day; of those the first on the shelf.
    plain
        .chain(loved)
        .min_by_key(|(served, loved)| (Reverse(rest(*served, *loved)), served.last))
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
