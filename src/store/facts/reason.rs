//! Why a lesson was chosen, as JSON in a fact.

use serde_json::{Value, json};

use crate::journal::Day;
use crate::journal::lesson::plan::Reason;

/// A reason as JSON.
pub(crate) fn reason_json(reason: Reason) -> Value {
    match reason {
        Reason::AskedBack { due } => json!({ "asked_back": { "due": due.to_string() } }),
        Reason::InProgress => json!("in_progress"),
        Reason::NextSeries => json!("next_series"),
        Reason::Mixed => json!("mixed"),
        Reason::Round { last } => json!({ "round": { "last": last.to_string() } }),
        Reason::LovedRound { last } => json!({ "loved_round": { "last": last.to_string() } }),
    }
}

/// The reason in JSON; `None` if it is not one.
pub(crate) fn reason_in(value: &Value) -> Option<Reason> {
    match value.as_str() {
        Some("in_progress") => return Some(Reason::InProgress),
        Some("next_series") => return Some(Reason::NextSeries),
        Some("mixed") => return Some(Reason::Mixed),
        _ => {}
    }
    let (name, fields) = value.as_object()?.iter().next()?;
    Some(match name.as_str() {
        "asked_back" => Reason::AskedBack { due: day(fields.get("due")?)? },
        "round" => Reason::Round { last: day(fields.get("last")?)? },
        "loved_round" => Reason::LovedRound { last: day(fields.get("last")?)? },
        _ => return None,
    })
}

fn day(value: &Value) -> Option<Day> {
    value.as_str()?.parse().ok()
}
