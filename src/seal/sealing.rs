//! Sealing bytes to public keys, and opening them with a secret one.

use std::cell::Cell;
use std::io::{self, Read, Write};

use age::{DecryptError, Decryptor, Encryptor};
use zeroize::Zeroizing;

use crate::seal::label::{self, Label};
use crate::seal::{Fault, Recipients, SecretKey};

/// How every age file begins.
const FIRST_LINE: &[u8] = b"age-encryption.org/v";

/// Whether these first bytes of a file are those of an age file.
pub fn is_sealed(head: &[u8]) -> bool {
    head.starts_with(FIRST_LINE)
}

/// Seals bytes to the two public keys of a journal.
pub fn seal(plain: &[u8], recipients: &Recipients) -> Vec<u8> {
    let label = label::Writer(recipients);
    seal_to(&[&recipients.journal, &recipients.recovery, &label], plain)
}

/// Whether the label of sealed bytes names one of these keys.
pub fn is_for(sealed: &[u8], recipients: &Recipients) -> bool {
    [&recipients.journal, &recipients.recovery].into_iter().any(|key| names(sealed, key))
}

/// Whether the label names both of these keys. The beginning of the bytes is enough.
pub fn is_for_both(sealed: &[u8], recipients: &Recipients) -> bool {
    [&recipients.journal, &recipients.recovery].into_iter().all(|key| names(sealed, key))
}

fn names(sealed: &[u8], key: &age::x25519::Recipient) -> bool {
    let reader = label::Reader { key: label::name_of(key), found: Cell::new(Label::Missing) };
    let _ = decrypt(sealed, &[&reader]);
    reader.found.get() == Label::Names
}

/// Opens sealed bytes. Errors with what is wrong with them.
pub fn open(sealed: &[u8], secret: &SecretKey) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let reader =
        label::Reader { key: label::name_of(&secret.public()), found: Cell::new(Label::Missing) };
    let opened = decrypt(sealed, &[&secret.0, &reader]);
    opened.map_err(|error| match (error, reader.found.get()) {
        // A part of the head that is altered looks like one for another key.
        (Failure::Key(DecryptError::NoMatchingKeys), Label::Names | Label::Damaged) => {
            Fault::Damaged
        }
        (Failure::Key(DecryptError::NoMatchingKeys), _) => Fault::OtherKey,
        (error, _) => error.fault(),
    })
}

/// What is wrong with sealed bytes, as far as that can be told without a secret. `recipients` are
/// the keys of their journal.
pub fn fault_without_key(sealed: &[u8], recipients: Option<&Recipients>) -> Option<Fault> {
    let keys = recipients.map(|keys| [&keys.journal, &keys.recovery].map(label::name_of));
    let mut fault = None;
    for key in keys.unwrap_or_default() {
        let reader = label::Reader { key, found: Cell::new(Label::Missing) };
        fault = match (decrypt(sealed, &[&reader]), reader.found.get()) {
            (Err(Failure::Key(DecryptError::NoMatchingKeys)), Label::NamesOthers)
                if recipients.is_some() =>
            {
                Some(Fault::OtherKey)
            }
            (Err(Failure::Key(DecryptError::NoMatchingKeys)), Label::Damaged) => {
                Some(Fault::Damaged)
            }
            (Err(Failure::Key(DecryptError::NoMatchingKeys)) | Ok(_), _) => return None,
            (Err(failure), _) => Some(failure.fault()),
        };
    }
    fault
}

/// Why bytes could not be opened.
pub(super) enum Failure {
    Fault(Fault),
    Key(DecryptError),
}

impl Failure {
    pub(super) fn fault(self) -> Fault {
        match self {
            Self::Fault(fault) => fault,
            Self::Key(DecryptError::ExcessiveWork { .. }) => Fault::TooMuchWork,
            Self::Key(_) => Fault::Damaged,
        }
    }
}

pub(super) fn decrypt(
    sealed: &[u8],
    keys: &[&dyn age::Identity],
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    if sealed.is_empty() {
        return Err(Failure::Fault(Fault::Empty));
    }
    // A file that is cut within its first line is a damaged one.
    if !is_sealed(sealed) && !FIRST_LINE.starts_with(sealed) {
        return Err(Failure::Fault(Fault::NotSealed));
    }
    if has_later_version(sealed) {
        return Err(Failure::Fault(Fault::Newer));
    }
    let decryptor = Decryptor::new_buffered(sealed).map_err(Failure::Key)?;
    let mut reader = decryptor.decrypt(keys.iter().copied()).map_err(Failure::Key)?;
    // With room for all from the beginning, nothing is copied and left in memory.
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut plain).map_err(|error| Failure::Key(DecryptError::Io(error)))?;
    Ok(plain)
}

/// Whether the first line names a version of age that came after the first.
fn has_later_version(sealed: &[u8]) -> bool {
    let line = sealed.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let version = line.strip_prefix(FIRST_LINE).and_then(|line| std::str::from_utf8(line).ok());
    version.and_then(|version| version.parse().ok()).is_some_and(|version: u32| version > 1)
}

/// Seals bytes to keys of one kind, or to a passphrase alone.
pub(super) fn seal_to(keys: &[&dyn age::Recipient], plain: &[u8]) -> Vec<u8> {
    let encryptor = Encryptor::with_recipients(keys.iter().copied());
    let encryptor = encryptor.expect("these keys go with each other");
    write(encryptor, plain).expect("a vector takes all bytes")
}

fn write(encryptor: Encryptor, plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut sealed = Vec::with_capacity(plain.len() + plain.len() / 4096 + 1024);
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    writer.write_all(plain)?;
    writer.finish()?;
    Ok(sealed)
}
