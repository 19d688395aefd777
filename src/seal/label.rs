//! The label on a sealed file: to which keys it is sealed.
//!
//! An age file does not say for whom it is. So that a file of another journal is told from one that
//! is damaged in its head, the head has a part that names both public keys by their hashes. Other
//! programs pass over it, as they must over a part of a kind that they do not know.

use std::cell::Cell;
use std::collections::HashSet;

use age::{DecryptError, EncryptError};
use age_core::format::{FileKey, Stanza};
use sha2::{Digest, Sha256};

use crate::seal::Recipients;

/// The kind of the part of the head that is the label.
const TAG: &str = "dwell-keys";

/// What a label says of some keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// There is none.
    Missing,
    /// It is not whole.
    Damaged,
    /// It names this key.
    Names,
    /// It names others.
    NamesOthers,
}

/// Writes the label.
pub(super) struct Writer<'a>(pub(super) &'a Recipients);

/// Reads the label, and opens nothing.
pub(super) struct Reader {
    pub(super) key: String,
    pub(super) found: Cell<Label>,
}

/// A public key in a label.
pub(super) fn name_of(key: &age::x25519::Recipient) -> String {
    hexadecimal(&Sha256::digest(key.to_string())[..16])
}

impl age::Recipient for Writer<'_> {
    fn wrap_file_key(&self, _: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let args = vec![name_of(&self.0.journal), name_of(&self.0.recovery)];
        let body = checksum(&args);
        Ok((vec![Stanza { tag: TAG.to_owned(), args, body }], HashSet::new()))
    }
}

impl age::Identity for Reader {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        if stanza.tag == TAG {
            self.found.set(if stanza.body != checksum(&stanza.args) {
                Label::Damaged
            } else if stanza.args.contains(&self.key) {
                Label::Names
            } else {
                Label::NamesOthers
            });
        }
        None
    }
}

fn checksum(args: &[String]) -> Vec<u8> {
    Sha256::digest(args.join(" "))[..16].to_vec()
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
