//! What an examination found, a finding after the other.

use std::path::Path;

use crate::messages::doctor;
use crate::store::doctor::{Finding, Severity, Sound};
use crate::text::{Page, Role, Sheet, Text};

/// A finding with what to do about it below.
pub fn finding(finding: &Finding, journal: &Path, page: Page) -> Text {
    let advice = doctor::advice(finding, journal);
    let severity = finding.severity();
    let role = if severity == Severity::Note { Role::Quiet } else { Role::Plain };
    let mut sheet = Sheet::new(page);
    let label = format!("{}: ", doctor::severity(severity));
    sheet.labelled(role, &label, &advice.what);
    if let Some(to_do) = &advice.to_do {
        sheet.labelled(Role::Quiet, "  ", to_do);
    }
    sheet.into_text()
}

/// The last line: what is sound, and whether all is.
pub fn end(counts: Sound, is_well: bool, page: Page) -> Text {
    let line = if is_well { doctor::all_is_well(counts) } else { doctor::still_sound(counts) };
    let mut sheet = Sheet::new(page);
    sheet.line(Role::Heading, &line);
    sheet.into_text()
}
