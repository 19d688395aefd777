//! When what is typed must be kept: soon after each key, and at times so that it survives a power
//! cut too.

use std::time::{Duration, Instant};

/// What is typed is kept after this long.
const KEEP_WITHIN: Duration = Duration::from_millis(500);
/// What is kept survives a power cut after this long.
const SYNC_WITHIN: Duration = Duration::from_secs(8);

/// When what is typed must be kept.
#[derive(Debug, Default)]
pub struct KeepSchedule {
    /// `None` if nothing is new.
    keep_by: Option<Instant>,
    sync_by: Option<Instant>,
}

impl KeepSchedule {
    /// Notes that something was typed.
    pub fn note_change(&mut self, now: Instant) {
        self.keep_by.get_or_insert(now + KEEP_WITHIN);
        self.sync_by.get_or_insert(now + SYNC_WITHIN);
    }

    /// When something will be due; `None` if all is kept.
    pub fn next(&self) -> Option<Instant> {
        self.keep_by.or(self.sync_by)
    }

    /// Whether it must be kept now, and if so, whether it must survive a power cut.
    pub fn due(&self, now: Instant) -> Option<bool> {
        let is_due = |deadline: Option<Instant>| deadline.is_some_and(|deadline| deadline <= now);
        let syncs = is_due(self.sync_by);
        (syncs || is_due(self.keep_by)).then_some(syncs)
    }

    /// Whether there is anything to keep in this way. It counts as kept then.
    pub fn take(&mut self, syncs: bool) -> bool {
        let is_new = self.keep_by.is_some() || (syncs && self.sync_by.is_some());
        self.keep_by = None;
        if syncs {
            self.sync_by = None;
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_due_within_a_second_and_safe_within_ten() {
        let start = Instant::now();
        let after = |seconds| start + Duration::from_millis(seconds);
        let mut schedule = KeepSchedule::default();
        assert_eq!((schedule.next(), schedule.due(after(60_000))), (None, None));
        assert!(!schedule.take(true));
        schedule.note_change(start);
        schedule.note_change(after(400));
        assert_eq!(schedule.due(after(400)), None);
        assert_eq!(schedule.due(after(900)), Some(false));
        assert!(schedule.take(false) && !schedule.take(false));
        // Nothing new, and not yet on the disk.
        assert_eq!(schedule.due(after(900)), None);
        assert_eq!(schedule.due(after(9_900)), Some(true));
        assert!(schedule.take(true) && !schedule.take(true));
        assert_eq!(schedule.next(), None);
    }
}
