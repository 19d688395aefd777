//! The rows in the pages of a damaged SQLite file, read without SQLite.
//!
//! Every page that is a leaf of a table gives its rows, also if nothing leads to it any more. What
//! cannot be decoded is passed over: the caller can tell a fact and a lesson by what is in them.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use crate::platform;

/// No row of a journal is larger.
const LARGEST_ROW: usize = 128 << 20;

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Integer(i64),
    Real,
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

/// The pages of a file.
#[derive(Debug)]
pub(super) struct Pages {
    file: File,
    size: usize,
    /// What of each page SQLite uses.
    usable: usize,
    count: u32,
}

impl Pages {
    /// Opens a file to read its pages. Errors if it is not a file, or cannot be opened.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = platform::open_file(path)?;
        let mut head = [0; 100];
        let _ = file.read(&mut head)?;
        let size = match usize::from(u16::from_be_bytes([head[16], head[17]])) {
            1 => 65_536,
            size if (512..=32_768).contains(&size) && size.is_power_of_two() => size,
            // The size that SQLite itself chooses.
            _ => 4096,
        };
        let reserved = usize::from(head[20]);
        let usable = if reserved <= 32 { size - reserved } else { size };
        let pages = file.metadata()?.len().div_ceil(size as u64);
        Ok(Self { file, size, usable, count: u32::try_from(pages).unwrap_or(u32::MAX) })
    }

    /// Calls `each` with the number and the values of every row that can be read.
    pub(super) fn each_row(&mut self, mut each: impl FnMut(i64, Vec<Value>)) {
        for number in 1..=self.count {
            let Some(page) = self.page(number) else { continue };
            let start = if number == 1 { 100 } else { 0 };
            if page.get(start) != Some(&0x0d) {
                continue;
            }
            let cells = usize::from(u16_at(&page, start + 3).unwrap_or_default());
            for cell in 0..cells {
                let Some(at) = u16_at(&page, start + 8 + 2 * cell) else { break };
                if let Some((row, values)) = self.row(&page, usize::from(at)) {
                    each(row, values);
                }
            }
        }
    }

    /// A page; the last one may be cut off. `None` if it cannot be read, also at a second try.
    fn page(&mut self, number: u32) -> Option<Vec<u8>> {
        let mut read = || -> io::Result<Vec<u8>> {
            self.file.seek(SeekFrom::Start(u64::from(number - 1) * self.size as u64))?;
            let mut page = Vec::with_capacity(self.size);
            (&self.file).take(self.size as u64).read_to_end(&mut page)?;
            page.resize(self.size, 0);
            Ok(page)
        };
        read().or_else(|_| read()).ok()
    }

    /// The row whose cell begins here.
    fn row(&mut self, page: &[u8], at: usize) -> Option<(i64, Vec<Value>)> {
        let (length, at) = varint(page, at)?;
        let (row, at) = varint(page, at)?;
        let length = usize::try_from(length).ok().filter(|length| *length <= LARGEST_ROW)?;
        let payload = self.payload(page, at, length)?;
        Some((row, values(&payload)?))
    }

    /// The bytes of a row, of which only the first are on its page if they are many.
    fn payload(&mut self, page: &[u8], at: usize, length: usize) -> Option<Vec<u8>> {
        let most = self.usable - 35;
        if length <= most {
            return page.get(at..at + length).map(<[u8]>::to_vec);
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let some = least + (length - least) % (self.usable - 4);
        let here = if some <= most { some } else { least };
        let mut payload = page.get(at..at + here)?.to_vec();
        let mut next = u32_at(page, at + here)?;
        while payload.len() < length {
            if next == 0 || next > self.count {
                return None;
            }
            let page = self.page(next)?;
            next = u32_at(&page, 0)?;
            let wanted = (length - payload.len()).min(self.usable - 4);
            payload.extend(&page[4..4 + wanted]);
        }
        Some(payload)
    }
}

/// The values of a record.
fn values(payload: &[u8]) -> Option<Vec<Value>> {
    let (length, mut at) = varint(payload, 0)?;
    let length = usize::try_from(length).ok().filter(|length| *length <= payload.len())?;
    let mut data = length;
    let mut values = Vec::new();
    while at < length {
        let (form, next) = varint(payload, at)?;
        at = next;
        let size = match form {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(form).ok()?,
            5 => 6,
            6 | 7 => 8,
            12.. => usize::try_from((form - 12) / 2).ok()?,
            _ => return None,
        };
        let bytes = payload.get(data..data.checked_add(size)?)?;
        data += size;
        values.push(match form {
            0 => Value::Null,
            8 | 9 => Value::Integer(form - 8),
            7 => Value::Real,
            1..=6 => Value::Integer(integer(bytes)),
            form if form % 2 == 0 => Value::Blob(bytes.to_vec()),
            _ => Value::Text(bytes.to_vec()),
        });
    }
    Some(values)
}

fn integer(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|first| first & 0x80 != 0) { -1 } else { 0 };
    bytes.iter().fold(sign, |number, byte| (number << 8) | i64::from(*byte))
}

/// A number of one to nine bytes, and the place after it.
fn varint(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let mut number: u64 = 0;
    for (count, place) in (at..at + 9).enumerate() {
        let byte = *bytes.get(place)?;
        if count == 8 {
            return Some((((number << 8) | u64::from(byte)).cast_signed(), place + 1));
        }
        number = (number << 7) | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((number.cast_signed(), place + 1));
        }
    }
    None
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
