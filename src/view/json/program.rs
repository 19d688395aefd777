//! The JSON of what is about the program and not about a day: settings, and what an undo took back.

use serde::Serialize;

use crate::journal::Event;
use crate::store::MergeReport;
use crate::view::SettingRow;
use crate::view::json::line::line;

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

/// What came of taking in another journal, as one line of JSON.
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

/// One thing that an undo took back, as one line of JSON.
pub fn undone(event: &Event) -> String {
    #[derive(Serialize)]
    struct TakenBack<'a> {
        took_back: &'a str,
        of: &'a str,
    }
    line(&TakenBack { took_back: event.word(), of: &event.subject().to_string() })
}
