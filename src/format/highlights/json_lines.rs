//! JSON Lines: an object a line, whose keys are named as the columns of a table.

use std::io::BufRead;

use serde_json::{Map, Value};

use crate::format::highlights::columns::{COUNT, Columns, Mapping, Role};
use crate::format::highlights::lines::Lines;
use crate::format::highlights::row::Fields;
use crate::format::highlights::{Item, Reader};
use crate::format::limits::Limits;
use crate::format::{Fault, FormatError};
use crate::journal::lesson::highlight::Highlight;

/// Reads objects.
#[derive(Debug)]
pub struct JsonLines<R> {
    lines: Lines<R>,
    limits: Limits,
    mapping: Mapping,
    number: u64,
    /// The keys of the last object, and where the roles stand among them.
    keys: Option<(Vec<String>, Columns)>,
}

impl<R: BufRead> JsonLines<R> {
    pub fn new(from: R, limits: Limits, mapping: Mapping) -> Self {
        // A line holds all fields of its object, each with its escapes.
        let longest = Limits { field: limits.field.saturating_mul(8), ..limits };
        let lines = Lines::new(from, longest);
        Self { lines, limits, mapping, number: 0, keys: None }
    }

    fn highlight(&mut self, object: &Map<String, Value>) -> Result<Highlight, Fault> {
        let is_known = |keys: &[String]| keys.len() == object.len() && object.keys().eq(keys);
        if !self.keys.as_ref().is_some_and(|(keys, _)| is_known(keys)) {
            let keys: Vec<String> = object.keys().cloned().collect();
            let columns = self.mapping.find(&keys, true)?;
            self.keys = Some((keys, columns));
        }
        let Some((keys, columns)) = &self.keys else { return Err(Fault::NoText) };
        let value = |role: Role| object.get(&keys[columns.at(role)?]);
        let mut texts: [String; COUNT] = Default::default();
        for (role, text) in Role::ALL.into_iter().zip(&mut texts) {
            *text = value(role).map(text_of).unwrap_or_default();
            if text.contains('\0') {
                return Err(Fault::Nul);
            }
        }
        let at = |role: Role| texts[role as usize].as_str();
        Fields::new(at).highlight(self.number, self.limits)
    }
}

impl<R: BufRead> Reader for JsonLines<R> {
    fn read(&mut self) -> Result<Option<Item>, FormatError> {
        loop {
            let Some(line) = self.lines.next()? else { return Ok(None) };
            let failed = |why| FormatError::at_line(line.number, why);
            let text = line.text().map_err(failed)?.trim_start_matches('\u{feff}');
            if text.trim().is_empty() {
                continue;
            }
            self.number += 1;
            let object: Map<String, Value> =
                serde_json::from_str(text).map_err(|_| failed(Fault::NotJson))?;
            return match self.highlight(&object) {
                Ok(item) => Ok(Some(Item::Highlight(item))),
                Err(why @ Fault::NoText) => Ok(Some(Item::Skipped(failed(why)))),
                // The first object shows what the keys of all are.
                Err(Fault::NoTextColumn { .. } | Fault::NoColumn { .. }) if self.number > 1 => {
                    Ok(Some(Item::Skipped(failed(Fault::NoText))))
                }
                Err(why) => Err(failed(why)),
            };
        }
    }
}

/// A value as the text of a field: a list with commas, and an object as nothing.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => values.iter().map(text_of).collect::<Vec<_>>().join(","),
        Value::Null | Value::Bool(_) | Value::Object(_) => String::new(),
    }
}
