//! JSON that holds a list of entries under the key `entries`, as several journal programs write it.
//!
//! The entries are first taken as they stand in the text, so that each has its line, and one that
//! cannot be used does not stop the rest.

use std::collections::HashMap;

use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::format::journal_file::JournalFile;
use crate::format::limits::Limits;
use crate::format::whole_text::LineCounter;
use crate::format::{Fault, FormatError};
use crate::journal::entry::record::Record;
use crate::journal::entry::tags;

/// Makes a record of each entry of a text. Errors if the text is not such JSON, or holds entries
/// and none of them has the fields that `record` looks for.
pub fn read(
    text: &str,
    program: &'static str,
    limits: Limits,
    mut record: impl FnMut(&Value, &mut JournalFile) -> Result<Record, Fault>,
) -> Result<JournalFile, FormatError> {
    let raw = entries(text, program)?;
    limits.check_records(raw.len() as u64)?;
    let mut file = JournalFile::default();
    let mut lines = LineCounter::new(text);
    let mut is_of_program = raw.is_empty();
    for raw in raw {
        let raw = raw.get();
        let line = lines.line(raw.as_ptr() as usize - text.as_ptr() as usize);
        let at_line = |why| FormatError::at_line(line, why);
        let entry: Value = serde_json::from_str(raw).map_err(|_| at_line(Fault::NotJson))?;
        match record(&entry, &mut file) {
            Ok(record) => {
                is_of_program = true;
                limits.check_field(&record.text).map_err(at_line)?;
                file.records.push(record);
            }
            Err(why) => {
                is_of_program |= !matches!(why, Fault::Field(_));
                file.skipped.push(at_line(why));
            }
        }
    }
    if is_of_program { Ok(file) } else { Err(Fault::NotOf { program }.into()) }
}

/// The entries of a text as they stand in it. They may be the whole list, without an object around
/// it, or one entry alone.
fn entries<'a>(text: &'a str, program: &'static str) -> Result<Vec<&'a RawValue>, FormatError> {
    let failed = |error: serde_json::Error| match error.classify() {
        Category::Data => Fault::NotOf { program }.into(),
        Category::Eof => FormatError::at_line(error.line() as u64, Fault::Torn),
        _ => FormatError::at_line(error.line() as u64, Fault::NotJson),
    };
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(failed);
    }
    let fields: HashMap<String, &RawValue> = serde_json::from_str(text).map_err(failed)?;
    match fields.get("entries") {
        Some(entries) => serde_json::from_str(entries.get()).map_err(failed),
        None => Ok(vec![serde_json::from_str(text).map_err(failed)?]),
    }
}

/// A field that must hold a text.
pub fn text<'a>(entry: &'a Value, name: &'static str) -> Result<&'a str, Fault> {
    entry[name].as_str().ok_or(Fault::Field(name))
}

/// The names in the field `tags`, as tags.
pub fn tags(entry: &Value) -> Vec<String> {
    let names = entry["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
    names.filter_map(tags::from_name).collect()
}

/// A number beside the list of entries.
pub fn number(text: &str, name: &str) -> Option<u64> {
    let fields: HashMap<String, &RawValue> = serde_json::from_str(text).ok()?;
    serde_json::from_str(fields.get(name)?.get()).ok()
}
