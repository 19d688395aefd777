//! What an import of highlights will do: the series of each book, and what becomes of each
//! highlight. It only reads, so a dry run is a plan that is not followed.

use std::collections::HashSet;
use std::ops::Range;

use crate::command::error::Result;
use crate::command::import::highlights::read::spool_failed;
use crate::command::import::highlights::spool::SortedSpool;
use crate::format::Counts;
use crate::journal::lesson::highlight::gather::{Gather, Gathered};
use crate::journal::lesson::highlight::shelf::{Arrival, BookShelf};
use crate::journal::lesson::highlight::{book, words};
use crate::journal::lesson::{LessonText, QUESTION};
use crate::journal::{LessonId, Slug, Source};
use crate::store::Store;

/// The plan for one book.
#[derive(Debug)]
pub(super) struct BookPlan {
    pub(super) slug: Slug,
    /// The title of the series.
    pub(super) title: String,
    pub(super) introduction: Option<String>,
    pub(super) book: Source,
    /// Its highlights in the spool.
    pub(super) highlights: Range<usize>,
    /// The shelf has lessons of the book.
    pub(super) is_on_shelf: bool,
    /// The number of lessons that it will have, if its highlights are counted.
    pub(super) length: Option<u32>,
    /// What becomes of them, if the shelf has lessons of the book.
    pub(super) grown: Option<Grown>,
}

/// A book of which the shelf has lessons.
#[derive(Debug)]
pub(super) struct Grown {
    /// For each gathered highlight, its number among the lessons; 0 if it makes none.
    pub(super) numbers: Vec<u32>,
    /// All lessons of the book, in order.
    pub(super) lessons: Vec<LessonId>,
    /// How many are new, or have new words.
    pub(super) new: u64,
    pub(super) changed: u64,
}

/// A lesson that will be added.
#[derive(Debug)]
pub(super) struct NewLesson<'a> {
    pub(super) plan: &'a BookPlan,
    /// The number of the highlight among all that are gathered of the file.
    pub(super) number: usize,
    /// Its place among the lessons of the book, counted from 1.
    pub(super) place: u32,
    pub(super) lesson: &'a LessonText,
}

/// Which of the gathered highlights the person picked; all, if there is no list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Picked<'a>(pub(super) Option<&'a [bool]>);

impl Picked<'_> {
    pub(super) fn has(self, number: usize) -> bool {
        self.0.is_none_or(|picked| picked.get(number) == Some(&true))
    }
}

/// The books of a file, each with its series.
pub(super) fn books(spool: &SortedSpool, store: Option<&Store>) -> Result<Vec<BookPlan>> {
    let shelf = store.map(Store::all_series).transpose()?.unwrap_or_default();
    let mut taken: HashSet<Slug> = shelf.iter().map(|series| series.slug.clone()).collect();
    let plan = |(book, highlights): (Source, Range<usize>)| {
        let known = shelf.iter().find(|series| book::is_of(&series.source, &book));
        let slug = match known {
            Some(series) => series.slug.clone(),
            None => book::slug(&book, |slug| taken.contains(slug)),
        };
        taken.insert(slug.clone());
        let is_on_shelf = known.is_some();
        let title = known.map_or(&book.title, |series| &series.title).clone();
        let introduction = known.and_then(|series| series.introduction.clone());
        let (length, grown) = (None, None);
        BookPlan { slug, title, introduction, book, highlights, is_on_shelf, length, grown }
    };
    Ok(spool.books().into_iter().map(plan).collect())
}

/// Finds out what becomes of each highlight, and counts it. `new` is called with each lesson that
/// will be added. `first` is the number of the first gathered highlight of the book.
pub(super) fn plan(
    plan: &mut BookPlan,
    spool: &mut SortedSpool,
    store: Option<&Store>,
    (first, picked): (usize, Picked<'_>),
    counts: &mut Counts,
    mut new: impl FnMut(NewLesson<'_>),
) -> Result<usize> {
    let mut shelf = shelf_of(plan, store)?;
    let has_lessons = !shelf.is_empty();
    let mut grown = Grown { numbers: Vec::new(), lessons: Vec::new(), new: 0, changed: 0 };
    let mut number = first;
    gather(spool, plan.highlights.clone(), |gathered| {
        let Gathered { highlight, records } = gathered;
        let lesson = words::lesson(highlight, QUESTION);
        let id = LessonId::of(&plan.slug, &lesson);
        let is_picked = picked.has(number) || shelf.has(id);
        let text_of = |id| match store {
            Some(store) => store.lesson_words(id),
            None => unreachable!("without a journal the shelf is empty"),
        };
        let arrival = if is_picked { Some(shelf.arrive(&lesson, id, text_of)?) } else { None };
        count(counts, arrival, records);
        let is_new = arrival == Some(Arrival::New);
        let is_changed = matches!(arrival, Some(Arrival::Replaces(_)));
        if is_new || is_changed {
            let place = as_number(shelf.number());
            new(NewLesson { plan, number, place, lesson: &lesson });
        }
        if has_lessons {
            (grown.new, grown.changed) =
                (grown.new + u64::from(is_new), grown.changed + u64::from(is_changed));
            let place = if is_new || is_changed { shelf.number() } else { 0 };
            grown.numbers.push(as_number(place));
        }
        number += 1;
        Ok(())
    })?;
    plan.length = Some(as_number(shelf.len()));
    if has_lessons {
        grown.lessons = shelf.lessons().collect();
        plan.grown = Some(grown);
    }
    Ok(number)
}

/// A number of lessons, which are never that many.
pub(super) fn as_number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The lessons that the shelf has of a book.
fn shelf_of(plan: &BookPlan, store: Option<&Store>) -> Result<BookShelf> {
    let mut shelf = BookShelf::default();
    if let Some(store) = store {
        store.each_series_lesson(&plan.slug, |id, text, served| shelf.add(id, text, served))?;
        store.earlier_editions(&plan.slug)?.into_iter().for_each(|id| shelf.add_earlier(id));
    }
    shelf.sort();
    Ok(shelf)
}

/// Counts the records of a highlight. `None` is one that the person did not pick.
pub(super) fn count(counts: &mut Counts, arrival: Option<Arrival>, records: u64) {
    match arrival {
        Some(Arrival::New) => {
            counts.imported += 1;
            counts.merged += records - 1;
        }
        Some(Arrival::Known) => counts.known += records,
        Some(Arrival::Twin | Arrival::Replaces(_)) => counts.merged += records,
        None => counts.not_picked += records,
    }
}

/// Calls `take` with each gathered highlight of a book. Errors also if the spool cannot be read.
pub(super) fn gather(
    spool: &mut SortedSpool,
    highlights: Range<usize>,
    mut take: impl FnMut(Gathered) -> Result<()>,
) -> Result<()> {
    let mut gather = Gather::default();
    for number in highlights {
        let (highlight, age) = spool.highlight(number).map_err(|error| spool_failed(&error))?;
        gather.push(highlight, age);
        while let Some(gathered) = gather.take() {
            take(gathered)?;
        }
    }
    gather.end();
    while let Some(gathered) = gather.take() {
        take(gathered)?;
    }
    Ok(())
}
