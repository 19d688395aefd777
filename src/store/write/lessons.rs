//! Lessons: loved ones, and when a lesson comes again.

use crate::journal::{Day, Event, LessonId, Now, Slug};
use crate::store::read::lessons;
use crate::store::write::reflections::Repeat;
use crate::store::{Result, Store};

impl Store {
    /// Marks a lesson as loved, or as no longer loved.
    pub fn love(&mut self, now: Now, lesson: LessonId, loved: bool) -> Result<()> {
        self.change(now, |transaction| {
            transaction.record(Vec::new(), Event::Loved { lesson, loved })?;
            Ok(())
        })
    }

    /// Asks for all lessons of a series that are not retired to come again from the day `due`.
    /// Returns their number.
    pub fn ask_series_back(&mut self, now: Now, series: &Slug, due: Day) -> Result<usize> {
        self.change(now, |transaction| {
            let not_retired = "WHERE series = :series AND retired = 0";
            let lessons = lessons::ids(&transaction.connection, not_retired, series)?;
            for lesson in &lessons {
                transaction.record(Vec::new(), Event::AskedBack { lesson: *lesson, due })?;
            }
            Ok(lessons.len())
        })
    }

    /// Asks for a lesson to come again, or retires it.
    pub fn ask_back(&mut self, now: Now, lesson: LessonId, repeat: Repeat) -> Result<()> {
        self.change(now, |transaction| {
            transaction.record(Vec::new(), repeat.event(lesson))?;
            Ok(())
        })
    }
}
