//! Whether each fact is what was written, and whether the clocks ran forward.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, Row};
use uuid::Uuid;

use crate::journal::entry::fact::{DeviceId, Subject};
use crate::journal::time::day::TRAVEL;
use crate::journal::{Event, FactId, Moment};
use crate::store::doctor::{Finding, rows};
use crate::store::facts::row::{self, StoredFact};
use crate::store::{Damage, FactFault, Progress, Result, StoreError};

/// What was found of all facts.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) findings: Vec<Finding>,
    /// The number of facts that are what was written.
    pub(crate) sound: u64,
    /// When the first and the last of them were recorded.
    pub(crate) recorded: Option<(Moment, Moment)>,
}

/// Reads every fact.
pub(crate) fn check(connection: &Connection, progress: &mut dyn FnMut(Progress)) -> Result<Facts> {
    let mut facts = Facts::default();
    let (mut unknown, mut clocks) = (BTreeMap::new(), Clocks::default());
    let total = connection.query_row("SELECT count(*) FROM fact", [], |row| row.get(0))?;
    let mut done = 0;
    progress(Progress { done, total });
    let read = |row: &Row<'_>, place| match row::stored(row) {
        Ok(stored) => Ok(Box::new(stored)),
        Err(error) => Err(damaged(row, place, &error)),
    };
    let unreadable = rows::each_batch(connection, "fact", read, |batch| {
        done += batch.len();
        for read in batch {
            match read {
                Ok(stored) => {
                    facts.sound += 1;
                    if let Some(at) = recorded(&stored) {
                        let (first, last) = facts.recorded.unwrap_or((at, at));
                        facts.recorded = Some((first.min(at), last.max(at)));
                    }
                    if let Event::Unknown { .. } = stored.fact.event {
                        *unknown.entry((stored.kind.clone(), stored.version)).or_default() += 1;
                    }
                    clocks.see(&stored);
                }
                Err(finding) => facts.findings.push(finding),
            }
        }
        progress(Progress { done, total });
    })?;
    facts.findings.extend(unreadable);
    facts.findings.extend(
        unknown.into_iter().map(|((kind, version), facts)| Finding::UnknownFacts {
            kind,
            version,
            facts,
        }),
    );
    facts.findings.extend(clocks.finding());
    Ok(facts)
}

pub(crate) fn damaged(row: &Row<'_>, place: i64, error: &StoreError) -> Finding {
    if let StoreError::Damaged { what: Damage::Fact { id, subject, fault }, .. } = error {
        let (id, subject) = (Some(*id), Some(subject.clone()));
        return Finding::DamagedFact { id, row: place, subject, fault: *fault };
    }
    let bytes: Option<Vec<u8>> = row.get("id").ok();
    let id = bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok()).map(FactId);
    let subject: Option<String> = row.get("subject").ok();
    let subject = subject.map(|text| Subject::from(text.as_str()));
    Finding::DamagedFact { id, row: place, subject, fault: FactFault::Body }
}

/// When a fact was recorded, by the clock of its device.
fn recorded(stored: &StoredFact) -> Option<Moment> {
    let at = stored.fact.id.recorded_at()?;
    Some(at.with_timezone(stored.fact.at.offset()))
}

/// The clocks of the devices, each as far as it came.
#[derive(Debug, Default)]
struct Clocks {
    /// For each device the latest instant so far, with the Lamport clock of its fact.
    latest: HashMap<DeviceId, (u64, Moment)>,
    times: u64,
    first: Option<(Moment, Moment)>,
}

/// By more than travel explains.
fn is_much_before(at: Moment, latest: Moment) -> bool {
    latest.checked_sub_signed(TRAVEL).is_some_and(|least| at < least)
}

impl Clocks {
    fn see(&mut self, stored: &StoredFact) {
        let fact = &stored.fact;
        // An imported record has the instant that another program gave it.
        if fact.origin.is_some() {
            return;
        }
        let (clock, latest) = self.latest.entry(fact.device).or_insert((fact.clock, fact.at));
        if fact.at >= *latest {
            (*clock, *latest) = (fact.clock, fact.at);
        } else if fact.clock > *clock && is_much_before(fact.at, *latest) {
            self.times += 1;
            self.first.get_or_insert((*latest, fact.at));
            // From here on this is the time: one wrong hour is told once.
            (*clock, *latest) = (fact.clock, fact.at);
        }
    }

    fn finding(self) -> Option<Finding> {
        let (from, to) = self.first?;
        Some(Finding::ClockWentBack { times: self.times, from, to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_instant_that_there_is_is_before_no_other_one() {
        let at = |millis| crate::store::moment(millis, 0).expect("an instant");
        let first = at(chrono::DateTime::<chrono::Utc>::MIN_UTC.timestamp_millis() + 1);
        assert!(!is_much_before(first, first));
        assert!(is_much_before(first, at(0)) && !is_much_before(at(0), first));
    }
}
