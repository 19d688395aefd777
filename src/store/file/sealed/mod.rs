//! A locked journal: one sealed file, which is opened only into memory.
//!
//! Nothing of its plain text ever reaches the disk. A change reads the file again if another process
//! has replaced it, changes the copy in memory, seals all of it into a new file, and puts that in
//! the place of the old one. One lock beside the file lets one process at a time do this; a reader
//! needs none, because the file is only ever replaced as a whole.

mod lock;

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, MAIN_DB};

use crate::platform;
use crate::seal::{self, Fault, Key, KeyFiles, Zeroizing};
use crate::store::file::head::{self, Head, unusable};
use crate::store::file::open;
use crate::store::{Result, StoreError, Unusable};

pub(crate) use lock::SealLock;

/// Where a journal has its files when it is locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedPaths {
    /// The path of the journal when it is not locked, without links at its end.
    pub plain: PathBuf,
    pub sealed: PathBuf,
    pub keys: KeyFiles,
}

/// The sealed file of an open journal.
#[derive(Debug)]
pub(crate) struct SealedFile {
    pub(crate) path: PathBuf,
    key: Key,
    wait: Duration,
    /// The file whose words are in memory, and its size and time of change. While it is held no
    /// other file can have its identity.
    held: Option<(File, Metadata)>,
}

impl SealedPaths {
    /// The files of the journal at this path. A link leads to the journal, also while it is locked.
    pub fn of(journal: &Path) -> Self {
        let plain = platform::end_of_links(journal).unwrap_or_else(|_| journal.to_owned());
        let (sealed, keys) = (platform::beside(&plain, seal::ENDING), KeyFiles::of(&plain));
        Self { plain, sealed, keys }
    }

    /// Whether there is a sealed journal.
    pub fn is_locked(&self) -> bool {
        fs::symlink_metadata(&self.sealed).is_ok()
    }
}

impl SealedFile {
    pub(crate) fn new(path: PathBuf, key: Key, wait: Duration) -> Self {
        Self { path, key, wait, held: None }
    }

    /// Reads the file into memory. Errors with [`Unusable::Gone`] if there is none.
    pub(crate) fn connect(&mut self) -> Result<(Connection, Head)> {
        self.held = None;
        let (file, metadata, sealed) = read(&self.path)?;
        let plain = self.open(&sealed)?;
        let opened = connect_in_memory(&self.path, plain, &metadata, self.wait)?;
        self.held = Some((file, metadata));
        Ok(opened)
    }

    /// Whether another file is in its place than the one whose words are in memory.
    pub(crate) fn has_changed(&self) -> bool {
        let (Some((_, held)), Ok(there)) = (&self.held, fs::metadata(&self.path)) else {
            return true;
        };
        let state = |file: &Metadata| (platform::identity(file), file.len(), file.modified().ok());
        platform::identity(&there).is_none() || state(&there) != state(held)
    }

    /// Waits for the lock of the file as long as a connection waits for one.
    pub(crate) fn lock(&self) -> Result<SealLock> {
        SealLock::take(&self.path, self.wait)
    }

    /// Seals what is in memory and puts it in the place of the file, so that it survives a power
    /// cut. The caller holds the lock. After an error the file may be the one before or the new
    /// one.
    pub(crate) fn replace(&mut self, connection: &mut Connection) -> Result<()> {
        self.held = None;
        let plain = connection.serialize(MAIN_DB)?;
        let sealed = seal::seal(&plain, &self.key.recipients);
        let not_written = |source| StoreError::NotWritten { path: self.path.clone(), source };
        let file = seal::replace(&self.path, &sealed).map_err(not_written)?;
        self.held = file.metadata().ok().map(|metadata| (file, metadata));
        Ok(())
    }

    /// Opens these bytes of a file that the same key opens, such as a backup.
    pub(crate) fn open_in_memory(&self, sealed: &[u8]) -> Result<(Connection, Head)> {
        let file = fs::metadata(&self.path)
            .map_err(|error| unusable(&self.path, Unusable::NotOpened(error)))?;
        connect_in_memory(&self.path, self.open(sealed)?, &file, self.wait)
    }

    fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        seal::open(sealed, &self.key.secret).map_err(|why| why.at(&self.path).into())
    }
}

/// Opens the bytes of a journal in memory. Errors if they are not those of a journal.
pub(crate) fn connect_in_memory(
    path: &Path,
    mut plain: Zeroizing<Vec<u8>>,
    file: &Metadata,
    wait: Duration,
) -> Result<(Connection, Head)> {
    let length = plain.len() as u64;
    let head = head::parse(path, &plain[..plain.len().min(100)], length, || false, file.clone())?;
    if head.has_write_ahead_log {
        // There is no log. Without these marks the file is what it is with an empty one.
        plain[18..20].fill(1);
    }
    let connect = || -> Result<Connection> {
        let mut connection = Connection::open_in_memory()?;
        connection.deserialize_read_exact(MAIN_DB, &plain[..], plain.len(), false)?;
        open::settle(&connection, wait)?;
        Ok(connection)
    };
    Ok((connect().map_err(|error| error.at(path))?, head))
}

/// A sealed file, with its bytes.
fn read(path: &Path) -> Result<(File, Metadata, Vec<u8>)> {
    let read = || -> io::Result<_> {
        let mut file = platform::open_file(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let metadata = file.metadata()?;
        Ok((file, metadata, bytes))
    };
    read().map_err(|error| match Fault::from(error) {
        Fault::Missing => unusable(path, Unusable::Gone),
        why => why.at(path).into(),
    })
}
