//! Reviews: this file remembers which old entry a review picked.

use crate::journal::{Day, Now};
use crate::store::read::review::{longest_unseen, picked_on};
use crate::store::tables::device_memory::Memory;
use crate::store::{Result, Store};

impl Store {
    /// The day of the entry that [`Store::longest_unseen`] finds. This file remembers it as picked
    /// on the day `on`, so the answer is the same for that whole day, and another on the next.
    pub fn pick_unseen(
        &mut self,
        now: Now,
        on: Day,
        before: Day,
        shown: &[Day],
    ) -> Result<Option<Day>> {
        if let Some(picked) = self.read(|connection| picked_on(connection, on))? {
            return Ok(Some(picked));
        }
        self.change_at_once(now, |transaction| {
            let found = longest_unseen(&transaction.connection, on, before, shown)?;
            if let Some(day) = found
                && picked_on(&transaction.connection, on)?.is_none()
            {
                transaction.remember(Memory::PickedByReview, day, on)?;
            }
            Ok(found)
        })
    }
}
