//! Reading what a prompt shows: it is asked at every prompt, so it reads one row where it can.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::journal::entry::step::Fading;
use crate::journal::look_back::rest::RestWeekdays;
use crate::journal::look_back::status::{DayStatus, Status};
use crate::journal::{Day, Now};
use crate::store::read::{servings, stats};
use crate::store::{Result, Store};

pub(crate) const DAY_STATUS: &str =
    "SELECT lesson IS NOT NULL, text IS NOT NULL FROM entry WHERE day = :day";

impl Store {
    /// How far the person is with today.
    pub fn day_status(&self, now: Now) -> Result<DayStatus> {
        let status = |now: Now| {
            let by_clock = day_status(&self.connection, now.day)?;
            // A day that has a lesson is today, whatever days were served after it.
            if by_clock.is_served {
                return Ok(by_clock);
            }
            day_status(&self.connection, servings::today(&self.connection, now)?.day)
        };
        status(now).map_err(|error| error.of_looking(&self.path))
    }

    /// The same with what stands around it.
    pub fn status(&self, now: Now, weekdays: RestWeekdays, fading: Fading) -> Result<Status> {
        let today = self.day_status(now)?;
        let rests = self.rests(weekdays)?;
        let steps = self.steps_to_ask(today.day, fading)?;
        self.read(|connection| {
            Ok(Status {
                today,
                open_step: steps.into_iter().next().map(|open| open.step.text),
                run: stats::current_streak(connection, now.at, today.day, &rests)?,
                entries: stats::count(connection, "SELECT count(*) FROM entry")?,
            })
        })
    }
}

fn day_status(connection: &Connection, day: Day) -> Result<DayStatus> {
    let status = connection
        .prepare_cached(DAY_STATUS)?
        .query_row(named_params! { ":day": day.to_string() }, |row| {
            Ok(DayStatus { day, is_served: row.get(0)?, is_reflected: row.get(1)? })
        })
        .optional()?;
    Ok(status.unwrap_or_else(|| DayStatus::of_empty(day)))
}
