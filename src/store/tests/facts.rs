//! Damage to facts in the file is noticed.

use super::*;
use crate::journal::entry::fact::{DeviceId, Subject};
use crate::journal::{Fact, FactId};
use uuid::Uuid;

/// A fact of an unknown kind, from another device.
pub(super) fn unknown(number: u8, about: Day) -> StoredFact {
    let id = FactId(Uuid::from_u128(u128::from(number) + 1));
    let subject = Subject::Day(about);
    let mut stored = StoredFact {
        fact: Fact {
            id,
            clock: u64::from(number) + 1,
            change: id,
            device: DeviceId(Uuid::from_u128(7)),
            parents: Vec::new(),
            at: now("2026-11-22T07:00:00+01:00").at,
            origin: None,
            event: Event::Unknown { kind: "mooded".to_owned(), subject: subject.clone() },
        },
        kind: "mooded".to_owned(),
        version: 1,
        subject: subject.to_string(),
        body: "{\"mood\":\"so-so\"}".to_owned(),
        hash: Vec::new(),
    };
    stored.seal();
    stored
}

#[test]
fn a_changed_byte_inside_a_text_is_noticed() {
    let mut journal = Journal::new();
    let day = journal.serve().entry.day;
    journal.write(day, "the words as they were");
    let sql = "UPDATE fact SET body = replace(body, 'they were', 'they wera')";
    journal.store.connection.execute(sql, []).expect("changed");
    let error = journal.store.revisions(day).expect_err("noticed");
    assert!(
        matches!(
            error,
            StoreError::Damaged { what: Damage::Fact { fault: FactFault::Hash, .. }, .. }
        ),
        "{error}"
    );
}

#[test]
fn a_fact_that_was_moved_to_another_day_is_noticed() {
    let mut journal = Journal::new();
    let day = journal.serve().entry.day;
    journal.write(day, "words");
    let sql = "UPDATE fact SET subject = '2026-11-01' WHERE kind = 'wrote'";
    journal.store.connection.execute(sql, []).expect("changed");
    let other = "2026-11-01".parse().expect("a day");
    let error = journal.store.revisions(other).expect_err("noticed");
    assert!(
        matches!(
            error,
            StoreError::Damaged { what: Damage::Fact { fault: FactFault::Hash, .. }, .. }
        ),
        "{error}"
    );
}
