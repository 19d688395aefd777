//! The JSON files of a zip archive. Nothing of it is written anywhere: a name only says what a part
//! is.
//!
//! The directory of the archive is read part by part, so that a long one takes no memory, and what
//! a part becomes is limited while it is read: what the archive says of sizes is not believed.

use std::borrow::Cow;
use std::io::{self, Read, Seek};

use zip::ZipReadOptions;
use zip::read::Config;
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use crate::format::dayone::PROGRAM;
use crate::format::limits::{Limit, Limits};
use crate::format::{Fault, FormatError, whole_text};

/// An archive has at most this many parts, unless all of a file is asked for: each picture of a
/// journal is one.
const MOST_PARTS: u64 = 100_000;

/// A part becomes at most this many times larger. Text rarely becomes more than ten times larger.
const HIGHEST_RATIO: u64 = 200;

/// A part that becomes no larger than this is read whatever its ratio.
const SMALL: u64 = 1 << 20;

/// Calls `take` with the name and the text of each JSON file. Errors with the error of `take`, and
/// if the archive cannot be read or holds no such file.
pub fn each_json(
    from: impl Read + Seek,
    limits: Limits,
    mut take: impl FnMut(&str, &str) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let mut archive = ZipIterable::try_new(from, Config::default()).map_err(fault)?;
    let most = if limits == Limits::LARGE { u64::MAX } else { MOST_PARTS };
    if archive.len() as u64 > most {
        return Err(Fault::TooMuch(Limit::Parts(most)).into());
    }
    let files = archive.files().map_err(fault)?;
    let mut left = limits.bytes;
    let mut found = false;
    while let Some(part) = files.next() {
        let part = part.map_err(fault)?;
        let Some(name) = part.name().ok().map(Cow::into_owned) else { continue };
        if !part.is_file() || !is_journal(&name) {
            continue;
        }
        let in_part = |why: Fault| FormatError::from(why).in_part(&name);
        if part.encrypted() {
            return Err(in_part(Fault::Encrypted));
        }
        let packed = part.compressed_size();
        let options = ZipReadOptions::new();
        let mut part =
            part.with_reader(files.reader_mut(), options).map_err(|e| in_part(fault(e)))?;
        let bytes = unpacked(&mut part, packed, left, limits).map_err(in_part)?;
        left -= bytes.len() as u64;
        let text = whole_text::of_bytes(bytes).map_err(|error| error.in_part(&name))?;
        take(&name, &text)?;
        found = true;
    }
    if found { Ok(()) } else { Err(Fault::NotOf { program: PROGRAM }.into()) }
}

/// Whether a part is the JSON of a journal, and not what a system put beside it.
fn is_journal(name: &str) -> bool {
    let mut names = name.split(['/', '\\']);
    let is_plain = names.all(|name| !name.is_empty() && !name.starts_with('.'));
    let is_json = name.len() > 5 && name.to_ascii_lowercase().ends_with(".json");
    is_plain && is_json && !name.starts_with("__MACOSX/")
}

/// The bytes of a part that has `packed` bytes in the archive. `left` is how many may still come.
fn unpacked(
    part: &mut impl Read,
    packed: u64,
    left: u64,
    limits: Limits,
) -> Result<Vec<u8>, Fault> {
    let by_ratio = packed.saturating_mul(HIGHEST_RATIO).max(SMALL);
    let most = left.min(by_ratio);
    let mut bytes = Vec::new();
    part.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| {
        match error.kind() {
            io::ErrorKind::InvalidData
            | io::ErrorKind::InvalidInput
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::Other => Fault::DamagedArchive,
            io::ErrorKind::Unsupported => Fault::Compression,
            _ => Fault::Io(error),
        }
    })?;
    if bytes.len() as u64 <= most {
        return Ok(bytes);
    }
    Err(Fault::TooMuch(if by_ratio < left {
        Limit::Ratio(HIGHEST_RATIO)
    } else {
        Limit::Bytes(limits.bytes)
    }))
}

fn fault(error: ZipError) -> Fault {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => Fault::Io(error),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            Fault::Compression
        }
        _ => Fault::DamagedArchive,
    }
}
