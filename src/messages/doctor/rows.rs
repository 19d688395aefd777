//! Rows that are damaged, and words that are not saved yet.

use std::path::Path;

use crate::journal::entry::fact::Subject;
use crate::journal::{Day, FactId};
use crate::messages::doctor::{Advice, MADE_AGAIN, REPAIR};
use crate::messages::{files, numbers};
use crate::store::{Derived, FactFault};

pub(super) fn damaged_fact(
    id: Option<FactId>,
    row: i64,
    subject: Option<&Subject>,
    fault: FactFault,
) -> Advice {
    let name = id.map_or_else(|| format!("in row {row}"), |id| id.to_string());
    let of = match subject {
        Some(Subject::Day(day)) => format!(" of {day}"),
        Some(Subject::Series(slug)) => format!(" of the series {slug}"),
        Some(Subject::Rest) => " of days of rest".to_owned(),
        _ => String::new(),
    };
    let what = match fault {
        FactFault::Hash => "is not what was written",
        FactFault::Time => "has no possible time",
        FactFault::Body => "cannot be read",
    };
    let about = match subject {
        Some(Subject::Day(day)) => day.to_string(),
        _ => name.clone(),
    };
    Advice::new(about, format!("the fact {name}{of} {what}")).then_do(REPAIR)
}

pub(super) fn differs(table: Derived, rows: u64, about: &[String]) -> Advice {
    let rows_of = match table {
        Derived::Undone => "of what was undone",
        Derived::Series => "of the series",
        Derived::LessonState => "of the shelf",
        Derived::Entry => "of the entries",
        Derived::SearchOfEntries => "of the search in entries",
        Derived::SearchOfLessons => "of the search in lessons",
    };
    let differ = if rows == 1 { "differs" } else { "differ" };
    let rows = numbers::count(rows, "row", "rows");
    let named: Vec<&str> = about.iter().filter(|one| !one.is_empty()).map(String::as_str).collect();
    let named = if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) };
    let what = format!("{rows} {rows_of} {differ} from what the facts add up to{named}");
    Advice::new(about.first().cloned().unwrap_or_default(), what).then_do(MADE_AGAIN)
}

pub(super) fn drafts(count: usize, days: &[Day], gone: Option<&Path>) -> Advice {
    let drafts = numbers::count(count as u64, "draft", "drafts");
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    let of = if days.is_empty() { String::new() } else { format!(" of {}", days.join(", ")) };
    let (what, to_do) = match gone {
        None => (format!("{drafts}{of} not saved yet"), "dwell write --resume takes up the newest"),
        Some(journal) => (
            format!("{drafts}{of} for the journal {}, which is gone", files::shown(journal)),
            "dwell write --resume takes up the newest, into this journal",
        ),
    };
    Advice::new("drafts", what).then_do(to_do)
}
