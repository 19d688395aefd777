//! Looking back: remembering which old entry a review picked.

use crate::journal::{Day, Now};
use crate::store::read::review::{longest_unseen, picked_on};
use crate::store::tables::device_memory::Memory;
use crate::store::{Result, Store};

impl Store {
    /// The entry that [`Store::longest_unseen`] finds, which this file remembers as picked on the
    /// day `on`: it is the same all day, and another one the next.
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
        self.change(now, |transaction| {
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
