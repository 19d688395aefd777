//! What a prompt reads: the journal is only looked at, and the numbers are those of the statistics.

use std::time::Duration;

use super::*;
use crate::journal::entry::step::Fading;

fn look(journal: &Journal) -> Store {
    let store = Store::open_to_look(&journal.path(), SHIPPED, Duration::ZERO);
    store.expect("opened").expect("there")
}

#[test]
fn a_journal_that_is_looked_at_cannot_be_changed() {
    let journal = Journal::new();
    let before = std::fs::read(journal.path()).expect("read");
    let refused = look(&journal).serve(journal.now, Order::Series).map(|_| ());
    let is_read_only = matches!(refused, Err(StoreError::Refused { why: Refusal::ReadOnly, .. }));
    assert!(is_read_only, "{refused:?}");
    assert_eq!(std::fs::read(journal.path()).expect("read"), before);
    let missing = journal.folder.path().join("none.db");
    assert!(Store::open_to_look(&missing, SHIPPED, Duration::ZERO).expect("no failure").is_none());
    assert!(!missing.exists());
}

#[test]
fn the_status_of_a_day_is_that_of_the_day_which_is_today() {
    let mut journal = Journal::new();
    let status = |journal: &Journal, now: Now| {
        let status = look(journal).day_status(now).expect("read");
        (status.day, status.is_served, status.is_reflected)
    };
    let (now, today) = (journal.now, journal.now.day);
    assert_eq!(status(&journal, now), (today, false, false));
    journal.serve();
    assert_eq!(status(&journal, now), (today, true, false));
    journal.write(today, "words");
    assert_eq!(status(&journal, now), (today, true, true));
    // Somebody who travels to the west meets the same day again.
    let yesterday = today.minus_days(1).expect("in range");
    let at = now.at - chrono::TimeDelta::hours(9);
    assert_eq!(status(&journal, Now { at, day: yesterday }), (today, true, true));
    assert_eq!(journal.store.today(Now { at, day: yesterday }).expect("read"), today);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_run_is_that_of_the_statistics(
        gaps in prop::collection::vec(prop_oneof![20 => Just(1_u64), 1 => 2..4_u64, 1 => 30..60_u64], 0..120),
        rests_on_sundays in any::<bool>(),
        later in 0..3_u64,
    ) {
        let mut journal = Journal::empty(ShippedSeries { edition: || [0; 32], series: Vec::new });
        let weekdays = if rests_on_sundays { "sunday" } else { "none" };
        let weekdays: RestWeekdays = weekdays.parse().expect("weekdays");
        for gap in gaps {
            journal.later(i64::try_from(gap).expect("small"));
            journal.write(journal.now.day, "words");
        }
        journal.later(i64::try_from(later).expect("small"));
        let rests = journal.store.rests(weekdays).expect("read");
        let stats = journal.store.stats(journal.now.at, journal.now.day, &rests).expect("read");
        let status = look(&journal).status(journal.now, weekdays, Fading::default()).expect("read");
        prop_assert_eq!(status.run, stats.streaks.current);
        prop_assert_eq!(status.entries, stats.entries);
    }
}
