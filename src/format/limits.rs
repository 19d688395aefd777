//! How much of a file from outside is read.

use std::io::{self, BufRead, Read};

use crate::format::Fault;

/// The most that is read of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file, after decompression.
    pub bytes: u64,
    pub records: u64,
    /// Bytes of one field of a record.
    pub field: u64,
}

/// What there is more of than is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Bytes(u64),
    Records(u64),
    Field(u64),
    /// Parts of an archive.
    Parts(u64),
    /// Folders that lie in each other.
    Depth(u64),
    /// How many times larger a part of an archive may become.
    Ratio(u64),
}

impl Limits {
    /// Without being asked for more: 64 MiB, a million records, 1 MiB a field.
    pub const USUAL: Self = Self { bytes: 64 << 20, records: 1_000_000, field: 1 << 20 };
    /// If the person asks for it: all that a file holds, and 256 MiB a field.
    pub const LARGE: Self = Self { bytes: u64::MAX, records: u64::MAX, field: 256 << 20 };

    /// Errors if there are more records than are read.
    pub fn check_records(self, records: u64) -> Result<(), Fault> {
        if records > self.records {
            return Err(Fault::TooMuch(Limit::Records(self.records)));
        }
        Ok(())
    }

    /// Errors if a field is longer than is read.
    pub fn check_field(self, field: &str) -> Result<(), Fault> {
        if field.len() as u64 > self.field {
            return Err(Fault::TooMuch(Limit::Field(self.field)));
        }
        Ok(())
    }
}

/// A source that is read up to a limit. Beyond that, reading errors with [`TooMuch`] inside.
#[derive(Debug)]
pub struct Bounded<R> {
    from: R,
    left: u64,
    limit: u64,
}

/// The error of a source that holds more than is read of it.
#[derive(Debug)]
pub struct TooMuch(pub Limit);

impl std::fmt::Display for TooMuch {
    /// For logs. `messages` has the sentence for a person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for TooMuch {}

impl<R: BufRead> Bounded<R> {
    pub fn new(from: R, limits: Limits) -> Self {
        Self { from, left: limits.bytes, limit: limits.bytes }
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let bytes = self.from.fill_buf()?;
        if bytes.is_empty() {
            return Ok(bytes);
        }
        if self.left == 0 {
            return Err(io::Error::other(TooMuch(Limit::Bytes(self.limit))));
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
        Ok(&bytes[..most])
    }

    fn consume(&mut self, count: usize) {
        self.left -= count as u64;
        self.from.consume(count);
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(into.len());
        into[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        let limit = error.get_ref().and_then(|inner| inner.downcast_ref::<TooMuch>());
        match (limit, error.kind()) {
            (Some(TooMuch(limit)), _) => Self::TooMuch(*limit),
            (None, io::ErrorKind::InvalidData) => Self::NotUtf8,
            _ => Self::Io(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], limit: u64) -> Result<String, Fault> {
        let mut text = String::new();
        let limits = Limits { bytes: limit, ..Limits::USUAL };
        Bounded::new(bytes, limits).read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn a_file_is_read_up_to_its_limit_and_refused_beyond() {
        assert_eq!(read(b"12345", 5).expect("whole"), "12345");
        assert!(matches!(read(b"123456", 5), Err(Fault::TooMuch(Limit::Bytes(5)))));
        assert!(matches!(read(b"1\xff", 5), Err(Fault::NotUtf8)));
    }
}
