//! What an examination found, an object a finding.

use std::path::Path;

use serde::Serialize;

use crate::messages::doctor;
use crate::store::doctor::Finding;
use crate::view::json::line::line;

/// A finding as one line of JSON. `do` is null if nothing needs to be done.
pub fn finding(finding: &Finding, journal: &Path) -> String {
    #[derive(Serialize)]
    struct WireFinding<'a> {
        kind: &'a str,
        severity: &'a str,
        about: &'a str,
        what: &'a str,
        r#do: Option<&'a str>,
    }
    let advice = doctor::advice(finding, journal);
    line(&WireFinding {
        kind: finding.kind(),
        severity: doctor::severity(finding.severity()),
        about: &advice.about,
        what: &advice.what,
        r#do: advice.to_do.as_deref(),
    })
}
