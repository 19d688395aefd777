//! The order of the series on the shelf, and when a series comes.

use std::collections::BTreeMap;

use crate::journal::lesson::plan::{Candidates, Order, SeriesProgress};
use crate::journal::lesson::position::{ADDED, SHIPPED_FROM};
use crate::journal::lesson::slug::Slug;

/// What decides the place of a series on the shelf.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The position in the state of the series.
    pub position: i64,
    /// Whether one of its lessons was served.
    pub has_begun: bool,
}

/// Puts the series, which are in ascending order of their positions, into the order of the shelf:
/// those that have begun, then the others. Where none has begun, the first shipped series counts as
/// if it had, so that a series which the person adds comes after it. A series that was put next
/// comes before it.
pub fn sort<T>(series: &mut [T], place: impl Fn(&T) -> Place) {
    series.sort_by_key(|one| !place(one).has_begun);
    let Some(first) = series.first().map(&place) else { return };
    if !first.has_begun
        && first.is_added()
        && let Some(at) = series.iter().position(|one| place(one).position >= SHIPPED_FROM)
    {
        series[..=at].rotate_right(1);
    }
}

impl Place {
    fn is_added(self) -> bool {
        ADDED.contains(&self.position)
    }
}

/// When the lessons of a series come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// It has begun, and its next lesson is the next lesson of all.
    InProgress,
    /// Its first lesson is the next lesson of all.
    Next,
    /// It begins, or goes on, after this many lessons, of which the last are of this series.
    After {
        series: Slug,
        lessons: u32,
    },
    /// The series take turns.
    TakesTurns,
    Paused,
    /// All its lessons were served, or none is left that could be.
    NothingWaits,
}

/// When the lessons of a series come, as far as the shelf is now known. `waiting` is the number of
/// lessons of each series that were not served yet and are not retired.
pub fn start(
    candidates: &Candidates,
    waiting: &BTreeMap<Slug, u32>,
    slug: &Slug,
    order: Order,
) -> Start {
    let Some(progress) = candidates.series.iter().find(|one| one.slug == *slug) else {
        return Start::NothingWaits;
    };
    if progress.paused {
        return Start::Paused;
    }
    if progress.next_unserved.is_none() {
        return Start::NothingWaits;
    }
    if order == Order::Mixed {
        return Start::TakesTurns;
    }
    let queue = queue(candidates);
    let ahead: Vec<&Slug> =
        queue.iter().map(|one| &one.slug).take_while(|ahead| *ahead != slug).collect();
    match ahead.last() {
        Some(last) => Start::After {
            series: (*last).clone(),
            lessons: ahead.iter().filter_map(|slug| waiting.get(slug)).sum(),
        },
        None if progress.last_first_served.is_some() => Start::InProgress,
        None => Start::Next,
    }
}

/// The series in the order in which their lessons come, if one series comes after the other: those
/// that have begun, the latest first, then the shelf.
pub(super) fn queue(candidates: &Candidates) -> Vec<&SeriesProgress> {
    let mut queue: Vec<&SeriesProgress> = (candidates.series.iter())
        .filter(|series| !series.paused && series.next_unserved.is_some())
        .collect();
    // Two series never have the same day here: a day has at most one serving.
    queue.sort_by_key(|series| std::cmp::Reverse(series.last_first_served));
    queue
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::LessonId;
    use crate::journal::testing::{day, slug};
    use uuid::Uuid;

    fn progress(name: &str, begun: Option<&str>) -> SeriesProgress {
        SeriesProgress {
            slug: slug(name),
            paused: false,
            next_unserved: Some(LessonId(Uuid::from_u128(1))),
            last_first_served: begun.map(day),
            last_served: begun.map(day),
            longest_unserved: None,
            longest_unserved_loved: None,
        }
    }

    fn start_of(series: Vec<SeriesProgress>, name: &str, order: Order) -> Start {
        let waiting = series.iter().map(|one| (one.slug.clone(), 2)).collect();
        let candidates = Candidates { series, asked_back: Vec::new(), last_series: None };
        start(&candidates, &waiting, &slug(name), order)
    }

    #[test]
    fn a_series_begins_when_those_before_it_end() {
        let shelf =
            || vec![progress("a", Some("2026-11-22")), progress("b", None), progress("c", None)];
        let after = |name: &str, lessons| Start::After { series: slug(name), lessons };
        assert_eq!(start_of(shelf(), "a", Order::Series), Start::InProgress);
        assert_eq!(start_of(shelf(), "b", Order::Series), after("a", 2));
        assert_eq!(start_of(shelf(), "c", Order::Series), after("b", 4));
        assert_eq!(start_of(shelf(), "c", Order::Mixed), Start::TakesTurns);
        assert_eq!(start_of(shelf(), "d", Order::Series), Start::NothingWaits);
        let mut paused = shelf();
        paused[1].paused = true;
        assert_eq!(start_of(paused.clone(), "b", Order::Series), Start::Paused);
        assert_eq!(start_of(paused.clone(), "c", Order::Series), after("a", 2));
        paused[0].next_unserved = None;
        assert_eq!(start_of(paused.clone(), "a", Order::Series), Start::NothingWaits);
        assert_eq!(start_of(paused, "c", Order::Series), Start::Next);
        // The one that was begun last goes on first.
        let two = vec![progress("a", Some("2026-11-20")), progress("b", Some("2026-11-22"))];
        assert_eq!(start_of(two, "a", Order::Series), after("b", 2));
    }

    #[test]
    fn what_is_added_comes_after_what_is_in_progress_and_before_the_rest() {
        let sorted = |shelf: &[(&'static str, i64, bool)]| -> String {
            let mut shelf = shelf.to_vec();
            shelf.sort_by_key(|(_, position, _)| *position);
            sort(&mut shelf, |(_, position, begun)| Place {
                position: *position,
                has_begun: *begun,
            });
            shelf.iter().map(|(name, ..)| *name).collect()
        };
        let next = ADDED.start - 5;
        // Capitals have begun.
        assert_eq!(sorted(&[("A", 1, true), ("b", 2, false), ("x", -3, false)]), "Axb");
        assert_eq!(sorted(&[("A", 1, true), ("x", -3, false), ("y", -4, false)]), "Ayx");
        assert_eq!(sorted(&[("a", 1, false), ("b", 2, false), ("x", -3, false)]), "axb");
        assert_eq!(sorted(&[("A", 1, true), ("x", -3, false), ("b", next, false)]), "Abx");
        assert_eq!(sorted(&[("a", 1, false), ("x", next, false), ("y", -3, false)]), "xya");
        assert_eq!(sorted(&[("x", -3, false)]), "x");
        assert_eq!(sorted(&[]), "");
    }
}
