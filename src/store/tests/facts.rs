//! Facts as they stand in the file: damage to them is noticed.

use super::*;

#[test]
fn a_changed_byte_inside_a_text_is_noticed() {
    let mut journal = Journal::new();
    let day = journal.serve().entry.day;
    journal.write(day, "the words as they were");
    let sql = "UPDATE fact SET body = replace(body, 'they were', 'they wera')";
    journal.store.connection.execute(sql, []).expect("changed");
    let error = journal.store.revisions(day).expect_err("noticed");
    assert!(
        matches!(error, StoreError::Damaged(Damage::Fact { fault: FactFault::Hash, .. })),
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
        matches!(error, StoreError::Damaged(Damage::Fact { fault: FactFault::Hash, .. })),
        "{error}"
    );
}
