//! What an error code of SQLite means to a person.

use rusqlite::ffi;

/// What SQLite's error code means to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Locked,
    ReadOnly,
    /// The file was moved, replaced or removed while it was open.
    Moved,
    /// An interrupted change cannot be undone, because the file or its folder is read-only.
    NotRolledBack,
    DiskFull,
    NotOpened,
    /// A damaged file and a failing disk look the same.
    Unreadable,
    /// A table or a column is missing.
    PartMissing,
    ReadFailed,
    WriteFailed,
    /// The system has no locks for this file.
    NoLocks,
    DiskFailed,
    NoMemory,
    Other,
}

impl Refusal {
    /// Whether the file itself looks damaged, and not only out of reach.
    pub(crate) fn is_damage(self) -> bool {
        matches!(self, Self::Unreadable | Self::PartMissing)
    }

    pub(super) fn of(error: &rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error().map(|error| error.extended_code) else {
            return Self::Other;
        };
        Self::of_code(code)
    }

    /// The meaning of an extended result code.
    pub(crate) fn of_code(code: i32) -> Self {
        match code {
            ffi::SQLITE_READONLY_DBMOVED | ffi::SQLITE_IOERR_VNODE => Self::Moved,
            ffi::SQLITE_READONLY_RECOVERY
            | ffi::SQLITE_READONLY_ROLLBACK
            | ffi::SQLITE_READONLY_CANTINIT
            | ffi::SQLITE_READONLY_CANTLOCK
            | ffi::SQLITE_IOERR_DELETE => Self::NotRolledBack,
            ffi::SQLITE_IOERR_READ
            | ffi::SQLITE_IOERR_SHORT_READ
            | ffi::SQLITE_IOERR_FSTAT
            | ffi::SQLITE_IOERR_DATA
            | ffi::SQLITE_IOERR_CORRUPTFS => Self::ReadFailed,
            ffi::SQLITE_IOERR_WRITE
            | ffi::SQLITE_IOERR_FSYNC
            | ffi::SQLITE_IOERR_DIR_FSYNC
            | ffi::SQLITE_IOERR_TRUNCATE
            | ffi::SQLITE_IOERR_SHMSIZE => Self::WriteFailed,
            ffi::SQLITE_IOERR_LOCK
            | ffi::SQLITE_IOERR_UNLOCK
            | ffi::SQLITE_IOERR_RDLOCK
            | ffi::SQLITE_IOERR_CHECKRESERVEDLOCK
            | ffi::SQLITE_IOERR_SHMLOCK => Self::NoLocks,
            ffi::SQLITE_IOERR_NOMEM => Self::NoMemory,
            _ => Self::of_primary_code(code & 0xff),
        }
    }

    fn of_primary_code(code: i32) -> Self {
        match code {
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED | ffi::SQLITE_PROTOCOL => Self::Locked,
            ffi::SQLITE_READONLY => Self::ReadOnly,
            ffi::SQLITE_FULL => Self::DiskFull,
            ffi::SQLITE_CANTOPEN | ffi::SQLITE_PERM | ffi::SQLITE_AUTH => Self::NotOpened,
            ffi::SQLITE_CORRUPT | ffi::SQLITE_NOTADB => Self::Unreadable,
            ffi::SQLITE_IOERR => Self::DiskFailed,
            ffi::SQLITE_NOMEM => Self::NoMemory,
            ffi::SQLITE_NOLFS => Self::WriteFailed,
            // The SQL is this program's own, so only another file can be the cause.
            ffi::SQLITE_ERROR => Self::PartMissing,
            _ => Self::Other,
        }
    }
}
