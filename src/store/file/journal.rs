//! An open journal: a connection to its file, or to the copy in memory of a sealed one.

use std::ops::Deref;
use std::path::Path;

use rusqlite::Connection;

use crate::store::Result;
use crate::store::file::open;
use crate::store::file::sealed::SealedFile;

/// An open journal. It is read as a connection, and changed through `commit`.
#[derive(Debug)]
pub(crate) struct Journal {
    pub(crate) connection: Connection,
    /// The sealed file whose words are in memory; `None` for a plain file.
    pub(crate) sealed: Option<SealedFile>,
}

impl Journal {
    pub(crate) fn plain(connection: Connection) -> Self {
        Self { connection, sealed: None }
    }

    /// An empty one, which stands in for one that is elsewhere.
    pub(crate) fn nowhere() -> rusqlite::Result<Self> {
        Ok(Self::plain(Connection::open_in_memory()?))
    }

    /// Opens the file again by its path, and forgets what is in memory. After an error there is
    /// nothing to be read, and the next change tries again.
    pub(crate) fn open_again(&mut self, path: &Path) -> Result<()> {
        // The old connection must be closed before the file is opened again.
        self.connection = Connection::open_in_memory()?;
        if let Some(sealed) = &mut self.sealed {
            (self.connection, _) = sealed.connect()?;
        } else if let Some((connection, _)) = open::connect(path, open::WAIT)? {
            self.connection = connection;
        }
        Ok(())
    }

    /// Reads a sealed file again if another process has replaced it.
    pub(crate) fn refresh(&mut self) -> Result<()> {
        match &mut self.sealed {
            Some(sealed) if sealed.has_changed() => {
                (self.connection, _) = sealed.connect()?;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl Deref for Journal {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}
