//! What an import of highlights says at its end: samples of a dry run, and the series that came.

use crate::command::error::Result;
use crate::command::import::highlights::plan::{BookPlan, NewLesson};
use crate::command::import::highlights::put::Brought;
use crate::command::{Context, series};
use crate::journal::lesson::ShelvedLesson;
use crate::journal::{Lesson, LessonId};
use crate::messages::{highlights, lessons};
use crate::store::{AddResult, Store};
use crate::view::View;

/// The number of samples.
const SAMPLES: usize = 3;

/// The number of series of which it is said when they begin.
const SERIES: usize = 3;

/// The first lessons that would be added.
#[derive(Debug, Default)]
pub(super) struct Samples(Vec<ShelvedLesson>);

impl Samples {
    pub(super) fn take(&mut self, new: &NewLesson<'_>) {
        if self.0.len() == SAMPLES {
            return;
        }
        let lesson = Lesson {
            id: LessonId::of(&new.plan.slug, new.lesson),
            series: new.plan.slug.clone(),
            number: new.place,
            series_length: new.place,
            text: new.lesson.clone(),
            loved: false,
            source: new.plan.book.clone(),
        };
        self.0.push(ShelvedLesson { lesson, served: Vec::new(), retired: false });
    }

    /// Shows them to a person. A script has the counts.
    pub(super) fn show(mut self, plans: &[BookPlan], context: &mut Context) -> Result<()> {
        if context.shows_json() {
            return Ok(());
        }
        for ShelvedLesson { lesson, .. } in &mut self.0 {
            let plan = plans.iter().find(|plan| plan.slug == lesson.series);
            lesson.series_length = plan.and_then(|plan| plan.length).unwrap_or(lesson.number);
        }
        let mut listing = context.listing();
        self.0.iter().try_for_each(|lesson| listing.show(View::Lesson(lesson)))
    }
}

/// Says which series came, and when they begin.
pub(super) fn say(brought: &[Brought], store: &Store, context: &mut Context) -> Result<()> {
    for Brought { slug, is_new, lessons: count } in brought.iter().take(SERIES) {
        let Some(shelved) = store.series(slug)? else { continue };
        let when = series::when(slug, store, context)?;
        let what = match is_new {
            true => lessons::added(AddResult::New).to_owned(),
            false => highlights::more_lessons(*count),
        };
        let what = lessons::and_when(&what, &when);
        context.terminal.say(&lessons::series_done(&shelved, &what))?;
    }
    match brought.len().saturating_sub(SERIES) {
        0 => Ok(()),
        more => Ok(context.terminal.say(&highlights::more_series(more))?),
    }
}
