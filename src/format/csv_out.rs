//! Entries as CSV by RFC 4180, a row a day, for spreadsheets and scripts.
//!
//! Every cell holds its text exactly. Some programs run a cell that begins like a formula; for
//! those, a `'` can be put before each such cell, and then the cells are no longer exact.

use std::io::{self, Write};

use crate::format::EntryWriter;
use crate::journal::entry::tags;
use crate::journal::{Entry, Moment};

/// The names of the columns, in the first row.
pub const COLUMNS: [&str; 23] = [
    "day",
    "series",
    "number",
    "lesson",
    "story",
    "takeaway",
    "question",
    "source",
    "source_kind",
    "source_by",
    "source_year",
    "loved",
    "text",
    "words",
    "tags",
    "written_at",
    "revised_at",
    "step",
    "step_when",
    "step_state",
    "step_closed_on",
    "step_outcome",
    "afterthoughts",
];

/// Whether cells are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    Exact,
    /// A `'` stands before each cell that a spreadsheet would run.
    SpreadsheetSafe,
}

/// Writes entries as rows.
#[derive(Debug)]
pub struct Writer<W: Write> {
    rows: csv::Writer<W>,
    cells: Cells,
}

impl<W: Write> Writer<W> {
    /// Writes the names of the columns.
    pub fn new(out: W, cells: Cells) -> io::Result<Self> {
        let terminator = csv::Terminator::CRLF;
        let mut rows = csv::WriterBuilder::new().terminator(terminator).from_writer(out);
        rows.write_record(COLUMNS)?;
        Ok(Self { rows, cells })
    }
}

impl<W: Write> EntryWriter for Writer<W> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let mut row = row(entry);
        if self.cells == Cells::SpreadsheetSafe {
            for cell in row.iter_mut().filter(|cell| is_formula(cell)) {
                cell.insert(0, '\'');
            }
        }
        Ok(self.rows.write_record(row)?)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.rows.flush()
    }
}

/// Whether a spreadsheet may run a cell.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn row(entry: &Entry) -> [String; COLUMNS.len()] {
    let lesson = entry.lesson.as_ref();
    let source = lesson.map(|lesson| &lesson.source);
    let written = entry.reflection.as_ref();
    let step = entry.step.as_ref();
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    [
        entry.day.to_string(),
        lesson.map(|lesson| lesson.series.to_string()).unwrap_or_default(),
        lesson.map(|lesson| lesson.number.to_string()).unwrap_or_default(),
        text(lesson.map(|lesson| &lesson.text.title)),
        text(lesson.map(|lesson| &lesson.text.story)),
        text(lesson.map(|lesson| &lesson.text.takeaway)),
        text(lesson.map(|lesson| &lesson.text.question)),
        text(source.map(|source| &source.title)),
        text(source.map(|source| &source.kind)),
        text(source.and_then(|source| source.by.as_ref())),
        source.and_then(|source| source.year).map(|year| year.to_string()).unwrap_or_default(),
        lesson.map(|lesson| lesson.loved.to_string()).unwrap_or_default(),
        text(written.map(|written| &written.text)),
        written.map(|written| written.words.to_string()).unwrap_or_default(),
        tags::of_entry(entry).join(" "),
        written.map(|written| instant(written.written_at)).unwrap_or_default(),
        written.map(|written| instant(written.revised_at)).unwrap_or_default(),
        text(step.map(|step| &step.text)),
        text(step.and_then(|step| step.when.as_ref())),
        step.map(|step| step.state.as_str().to_owned()).unwrap_or_default(),
        step.and_then(|step| step.closed_on).map(|day| day.to_string()).unwrap_or_default(),
        text(step.and_then(|step| step.outcome.as_ref())),
        afterthoughts(entry),
    ]
}

/// The afterthoughts of a day as one cell: each below a line with its instant.
fn afterthoughts(entry: &Entry) -> String {
    let one = |thought: &crate::journal::entry::reflection::Afterthought| {
        format!("{}\n{}", instant(thought.written_at), thought.text)
    };
    entry.afterthoughts.iter().map(one).collect::<Vec<_>>().join("\n\n")
}

fn instant(at: Moment) -> String {
    at.to_rfc3339()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::journal::testing::{at, day};
    use crate::journal::{Reflection, Step};

    fn entry(text: &str) -> Entry {
        let at = at("2026-11-22T07:00:00+01:00");
        Entry {
            day: day("2026-11-22"),
            lesson: None,
            served_at: None,
            reflection: Some(Reflection {
                text: text.to_owned(),
                words: 2,
                written_at: at,
                revised_at: at,
                revisions: 1,
                late: false,
            }),
            step: Some(Step::open("=1+1")),
            asked_on: None,
            afterthoughts: vec![],
            quiet: false,
        }
    }

    fn written(entries: &[Entry], cells: Cells) -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = Box::new(Writer::new(&mut out, cells).expect("written"));
        for entry in entries {
            writer.entry(entry).expect("written");
        }
        writer.finish().expect("written");
        out
    }

    /// The cells of one column.
    fn cells(file: &[u8], column: &str) -> Vec<String> {
        let at = COLUMNS.iter().position(|name| *name == column).expect("a column");
        let mut reader = csv::Reader::from_reader(file);
        reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
    }

    proptest! {
        #[test]
        fn a_text_is_in_its_cell_to_the_byte(texts in prop::collection::vec("(?s).*", 0..4)) {
            let entries: Vec<Entry> = texts.iter().map(|text| entry(text)).collect();
            let file = written(&entries, Cells::Exact);
            prop_assert_eq!(cells(&file, "text"), texts);
            prop_assert!(cells(&file, "step").iter().all(|step| step == "=1+1"));
            prop_assert!(file.ends_with(b"\r\n"));
        }
    }

    #[test]
    fn a_spreadsheet_runs_no_cell_of_a_safe_file() {
        let texts = ["=1", "+1", "-1", "@a", "\tb", "\rc", "plain", "'=1", ""];
        let entries: Vec<Entry> = texts.iter().map(|text| entry(text)).collect();
        let file = written(&entries, Cells::SpreadsheetSafe);
        let safe = ["'=1", "'+1", "'-1", "'@a", "'\tb", "'\rc", "plain", "'=1", ""];
        assert_eq!(cells(&file, "text"), safe);
        assert!(cells(&file, "step").iter().all(|step| step == "'=1+1"));
    }

    #[test]
    fn a_file_without_entries_has_the_names_of_the_columns() {
        let file = String::from_utf8(written(&[], Cells::Exact)).expect("UTF-8");
        assert_eq!(file, format!("{}\r\n", COLUMNS.join(",")));
    }
}
