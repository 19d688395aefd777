//! Puts the lessons of a plan into the journal, as one change.

use std::ops::Range;

use crate::command::Context;
use crate::command::error::Result;
use crate::command::import::highlights::plan::{self, BookPlan, Grown, Picked, as_number};
use crate::command::import::highlights::spool::SortedSpool;
use crate::format::Counts;
use crate::journal::lesson::highlight::gather::Gathered;
use crate::journal::lesson::highlight::shelf::{Arrival, BookShelf};
use crate::journal::lesson::highlight::words;
use crate::journal::lesson::{LessonText, QUESTION};
use crate::journal::{LessonId, Slug, Source};
use crate::messages::highlights;
use crate::store::{Batch, BatchLesson, BatchSeries, Store, StoreError};
use crate::terminal::ProgressLine;

/// A series that an import brought, or brought more of.
#[derive(Debug)]
pub(super) struct Brought {
    pub(super) slug: Slug,
    pub(super) is_new: bool,
    /// The lessons that are new.
    pub(super) lessons: u64,
}

/// The highlights of a book stay in memory if they take at most this many bytes in the spool.
const IN_MEMORY: u64 = 4 << 20;

/// Between two looks at the progress.
const LESSONS: usize = 4096;

/// Puts the lessons into the journal, and counts those that the plan has not counted. Returns the
/// series that changed.
pub(super) fn put(
    plans: Vec<BookPlan>,
    mut spool: SortedSpool,
    store: &mut Store,
    picked: Picked<'_>,
    counts: &mut Counts,
    context: &mut Context,
) -> Result<Vec<Brought>> {
    let total = plans.iter().map(|plan| plan.highlights.len()).sum();
    let progress = context.terminal.progress_line();
    let batch = store.begin_batch(context.now()?, &mut |_| {})?;
    let mut putting = Putting { batch, picked, counts, number: 0, total, progress };
    let (mut series, mut brought) = (Vec::new(), Vec::new());
    for plan in plans {
        let (slug, is_new) = (plan.slug.clone(), plan.grown.is_none());
        let (lessons, changed) = match &plan.grown {
            Some(Grown { new, changed, .. }) => (*new, *changed),
            None => (0, 0),
        };
        let all = match plan.grown {
            Some(grown) => {
                putting.grow(&mut spool, &plan.slug, &plan.book, plan.highlights, &grown)?;
                grown.lessons
            }
            None => putting.begin(&mut spool, &plan)?,
        };
        let lessons = if is_new { all.len() as u64 } else { lessons };
        if lessons + changed > 0 {
            series.push(BatchSeries {
                slug: plan.slug,
                title: plan.title,
                source: plan.book,
                introduction: plan.introduction,
                lessons: all,
            });
            brought.push(Brought { slug, is_new, lessons });
        }
    }
    let Putting { batch, .. } = putting;
    // The end of the batch needs memory too.
    drop(spool);
    if !series.is_empty() {
        batch.finish(series)?;
    }
    Ok(brought)
}

/// A book that is new, while its highlights come.
struct NewBook<'a> {
    plan: &'a BookPlan,
    shelf: BookShelf,
    lessons: Vec<LessonId>,
    /// The number of lessons that it has at most.
    length: usize,
}

/// Lessons on their way into the journal.
struct Putting<'a, 'b> {
    batch: Batch<'b>,
    picked: Picked<'a>,
    counts: &'a mut Counts,
    /// The number of the next gathered highlight of the file.
    number: usize,
    total: usize,
    progress: ProgressLine,
}

impl Putting<'_, '_> {
    /// Adds the lessons of a book that is new. Returns their ids.
    fn begin(&mut self, spool: &mut SortedSpool, plan: &BookPlan) -> Result<Vec<LessonId>> {
        let highlights = || plan.highlights.clone();
        let mut book =
            NewBook { plan, shelf: BookShelf::default(), lessons: Vec::new(), length: 0 };
        // A lesson is stored with the number of lessons that its book has, which is known only
        // when all are gathered.
        if spool.size(highlights()) <= IN_MEMORY {
            let mut all = Vec::new();
            plan::gather(spool, highlights(), |gathered| {
                all.push(gathered);
                Ok(())
            })?;
            book.length = all.len();
            all.into_iter().try_for_each(|gathered| self.take(&mut book, gathered))?;
        } else {
            plan::gather(spool, highlights(), |_| {
                book.length += 1;
                Ok(())
            })?;
            plan::gather(spool, highlights(), |gathered| self.take(&mut book, gathered))?;
        }
        Ok(book.lessons)
    }

    /// Takes the next highlight of a book that is new.
    fn take(&mut self, book: &mut NewBook<'_>, gathered: Gathered) -> Result<()> {
        let Gathered { highlight, records } = gathered;
        let NewBook { plan, shelf, lessons, length } = book;
        let is_picked = self.picked.has(self.number);
        self.number += 1;
        let lesson = words::lesson(highlight, QUESTION);
        let id = LessonId::of(&plan.slug, &lesson);
        let nothing = |_| Err(StoreError::NotWhole);
        let arrival = if is_picked { Some(shelf.arrive(&lesson, id, nothing)?) } else { None };
        if plan.length.is_none() {
            plan::count(self.counts, arrival, records);
        }
        if arrival == Some(Arrival::New) {
            lessons.push(id);
            let place = (lessons.len(), *length);
            add(&mut self.batch, &plan.slug, &plan.book, place, &lesson)?;
        }
        show(&mut self.progress, self.number, self.total);
        Ok(())
    }

    /// Adds the lessons that come to a book which the shelf has.
    fn grow(
        &mut self,
        spool: &mut SortedSpool,
        slug: &Slug,
        book: &Source,
        highlights: Range<usize>,
        grown: &Grown,
    ) -> Result<()> {
        let mut places = grown.numbers.iter();
        plan::gather(spool, highlights, |Gathered { highlight, .. }| {
            self.number += 1;
            show(&mut self.progress, self.number, self.total);
            match places.next() {
                None | Some(0) => Ok(()),
                Some(place) => {
                    let place = (*place as usize, grown.lessons.len());
                    let lesson = words::lesson(highlight, QUESTION);
                    add(&mut self.batch, slug, book, place, &lesson)
                }
            }
        })
    }
}

fn show(progress: &mut ProgressLine, number: usize, total: usize) {
    if number.is_multiple_of(LESSONS) {
        progress.update(number, total, highlights::storing);
    }
}

/// Adds a lesson at this place of that many.
fn add(
    batch: &mut Batch<'_>,
    series: &Slug,
    source: &Source,
    (number, length): (usize, usize),
    text: &LessonText,
) -> Result<()> {
    let (number, series_length) = (as_number(number), as_number(length.max(number)));
    batch.add_lesson(BatchLesson { series, number, series_length, text, source })?;
    Ok(())
}
