//! Opens a journal only to look at it, for a prompt and for the start of a shell.
//!
//! Nothing is written, made, repaired or brought to another form, and no permission is changed. A
//! journal that would need any of this is refused with [`Unusable::NeedsChange`].

use std::path::Path;
use std::time::Duration;

use crate::journal::lesson::ShippedSeries;
use crate::store::file::journal::Journal;
use crate::store::file::{head, open, privacy};
use crate::store::{ChangedDays, Privacy, Result, Store, Unusable, tables};

impl Store {
    /// Opens the journal at this path only to look at it; `None` if there is no file. Each read
    /// waits for a lock of another program at most as long as `wait`. A change errors. Errors as
    /// [`Store::open`], and with [`Unusable::NeedsChange`].
    pub fn open_to_look(
        path: &Path,
        shipped: ShippedSeries,
        wait: Duration,
    ) -> Result<Option<Self>> {
        let Some((connection, head)) = open::connect_to_look(path, wait)? else { return Ok(None) };
        if head.version != tables::CURRENT {
            return Err(head::unusable(path, Unusable::NeedsChange));
        }
        Ok(Some(Self {
            connection: Journal::plain(connection),
            path: path.to_owned(),
            shipped,
            privacy: privacy::of_somebody_else(&head).unwrap_or(Privacy::Private),
            begun: None,
            changed: ChangedDays::default(),
            backups: None,
        }))
    }
}
