//! The JSON of values that belong to no day: settings, the result of an import, and events that
//! were undone or redone.

use std::path::Path;

use serde::Serialize;

use crate::format::Counts;
use crate::journal::Event;
use crate::store::MergeReport;
use crate::view::json::line::line;
use crate::view::{ReminderRow, SettingRow};

/// A setting as one line of JSON.
pub fn setting(row: &SettingRow) -> String {
    #[derive(Serialize)]
    struct WireSetting<'a> {
        key: &'a str,
        value: &'a str,
        origin: &'a str,
    }
    line(&WireSetting { key: row.name, value: row.value, origin: row.origin })
}

/// A reminder as one line of JSON.
pub fn reminder(row: &ReminderRow<'_>) -> String {
    #[derive(Serialize)]
    struct WireReminder<'a> {
        time: Option<String>,
        by: &'a str,
        place: &'a str,
    }
    let ReminderRow { time, by, place } = *row;
    line(&WireReminder { time: time.map(|time| time.to_string()), by, place })
}

/// The result of an import as one line of JSON.
pub fn merge(report: MergeReport) -> String {
    #[derive(Serialize)]
    struct WireMerge {
        facts: usize,
        lessons: usize,
        known: usize,
        forgotten: usize,
    }
    let MergeReport { facts, lessons, known, forgotten } = report;
    line(&WireMerge { facts, lessons, known, forgotten })
}

/// What became of the records of a file, as one line of JSON.
pub fn import(path: &Path, counts: Counts) -> String {
    #[derive(Serialize)]
    struct WireImport<'a> {
        file: &'a str,
        imported: u64,
        merged: u64,
        skipped: u64,
    }
    let file = path.to_string_lossy();
    let Counts { imported, merged, .. } = counts;
    line(&WireImport { file: &file, imported, merged, skipped: counts.skipped() })
}

/// An undone event as one line of JSON.
pub fn undone(event: &Event) -> String {
    #[derive(Serialize)]
    struct WireUndone<'a> {
        took_back: &'a str,
        of: &'a str,
    }
    line(&WireUndone { took_back: event.word(), of: &event.subject().to_string() })
}

/// A redone event as one line of JSON.
pub fn redone(event: &Event) -> String {
    #[derive(Serialize)]
    struct WireRedone<'a> {
        put_back: &'a str,
        of: &'a str,
    }
    line(&WireRedone { put_back: event.word(), of: &event.subject().to_string() })
}
