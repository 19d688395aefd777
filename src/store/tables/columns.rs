//! Reads the columns of a row one after the other, without looking for their names.

use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::{FromSql, ValueRef};
use uuid::Uuid;

use crate::journal::Moment;
use crate::store::facts::row::moment;
use crate::store::{Result, StoreError};

/// The columns of a row from one on. Errors as the functions of [`rows`](super::rows) do.
pub(crate) struct Columns<'a, 'stmt> {
    row: &'a Row<'stmt>,
    next: usize,
}

impl<'a, 'stmt> Columns<'a, 'stmt> {
    pub(crate) fn of(row: &'a Row<'stmt>) -> Self {
        Self::from(row, 0)
    }

    /// The columns from this place on.
    pub(crate) fn from(row: &'a Row<'stmt>, place: usize) -> Self {
        Self { row, next: place }
    }

    pub(crate) fn value(&mut self) -> Result<ValueRef<'a>> {
        let value = self.row.get_ref(self.next)?;
        self.next += 1;
        Ok(value)
    }

    pub(crate) fn get<T: FromSql>(&mut self) -> Result<T> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    pub(crate) fn text(&mut self, name: &'static str) -> Result<&'a str> {
        self.value()?.as_str().map_err(|_| StoreError::column(name))
    }

    pub(crate) fn maybe_text(&mut self, name: &'static str) -> Result<Option<&'a str>> {
        self.value()?.as_str_or_null().map_err(|_| StoreError::column(name))
    }

    pub(crate) fn maybe_parsed<T: FromStr>(&mut self, name: &'static str) -> Result<Option<T>> {
        let text = self.maybe_text(name)?;
        text.map(|text| text.parse().map_err(|_| StoreError::column(name))).transpose()
    }

    pub(crate) fn parsed<T: FromStr>(&mut self, name: &'static str) -> Result<T> {
        self.maybe_parsed(name)?.ok_or_else(|| StoreError::column(name))
    }

    /// An instant from two columns.
    pub(crate) fn maybe_moment(&mut self, name: &'static str) -> Result<Option<Moment>> {
        let (millis, seconds) = (self.get()?, self.get()?);
        let (Some(millis), Some(seconds)) = (millis, seconds) else { return Ok(None) };
        moment(millis, seconds).map(Some).ok_or_else(|| StoreError::column(name))
    }

    pub(crate) fn uuid(&mut self, name: &'static str) -> Result<Uuid> {
        let bytes = self.value()?.as_blob().map_err(|_| StoreError::column(name))?;
        Uuid::from_slice(bytes).map_err(|_| StoreError::column(name))
    }
}
