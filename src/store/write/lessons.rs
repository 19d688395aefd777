//! Lessons: what a person wishes for one.

use crate::journal::{Day, Event, LessonId, Now, Slug};
use crate::store::read::lessons;
use crate::store::write::reflections::Repeat;
use crate::store::{Result, Store};

impl Store {
    /// Loves a lesson, or no longer.
    pub fn love(&mut self, now: Now, lesson: LessonId, loved: bool) -> Result<()> {
        self.change(now, |transaction| {
            transaction.record(Vec::new(), Event::Loved { lesson, loved })?;
            Ok(())
        })
    }

    /// Asks the lessons of a series back that are not retired, from a day on. Returns how many.
    pub fn ask_series_back(&mut self, now: Now, series: &Slug, due: Day) -> Result<usize> {
        self.change(now, |transaction| {
            let on_shelf = "WHERE series = :series AND retired = 0";
            let lessons = lessons::ids(&transaction.connection, on_shelf, series)?;
            for lesson in &lessons {
                transaction.record(Vec::new(), Event::AskedBack { lesson: *lesson, due })?;
            }
            Ok(lessons.len())
        })
    }

    /// Asks a lesson back, or retires it.
    pub fn ask_back(&mut self, now: Now, lesson: LessonId, again: Repeat) -> Result<()> {
        self.change(now, |transaction| {
            transaction.record(Vec::new(), again.event(lesson))?;
            Ok(())
        })
    }
}
