//! The days of the calendar: the word count and the lesson of each, read without the texts.

use rusqlite::named_params;

use crate::journal::look_back::calendar::{EntryDay, Place};
use crate::journal::{Day, Period};
use crate::store::tables::rows;
use crate::store::{Result, Store, StoreError};

impl Store {
    /// The days of a year or a month that have an entry, in order.
    pub fn entry_days(&self, period: Period) -> Result<Vec<EntryDay>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(include_str!("entry_days.sql"))?;
            let (first, last) = (period.first().to_string(), period.last().to_string());
            let parameters = named_params! { ":first": first, ":last": last };
            statement.query_and_then(parameters, entry_day)?.collect()
        })
    }

    /// The day of the first entry ever; `None` if there is none.
    pub fn first_entry_day(&self) -> Result<Option<Day>> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT min(day) FROM entry")?
                .query_row([], |row| Ok(rows::maybe_day(row)))?
        })
    }

    /// The years that have an entry, in order.
    pub fn entry_years(&self) -> Result<Vec<i32>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT CAST(substr(day, 1, 4) AS INTEGER) FROM entry ORDER BY 1",
            )?;
            let years = statement.query_map([], |row| row.get(0))?;
            years.collect::<std::result::Result<_, _>>().map_err(StoreError::from)
        })
    }
}

fn entry_day(row: &rusqlite::Row<'_>) -> Result<EntryDay> {
    let place = match rows::maybe_parsed(row, "series")? {
        Some(series) => {
            Some(Place { series, number: row.get("number")?, title: row.get("title")? })
        }
        None => None,
    };
    Ok(EntryDay { day: rows::parsed(row, "day")?, word_count: row.get("words")?, place })
}
