//! Sealing: what makes a journal unreadable without its passphrase, in the standard age format.
//!
//! A locked journal is sealed to two public keys. The secret one of the first stands in a key file,
//! which is sealed with the passphrase; that of the second is the recovery key, which only the
//! person has. So a passphrase is changed by sealing the small key file anew, and a draft is sealed
//! without any secret at hand. All bytes are ordinary age files, which the `age` program opens. This
//! room knows bytes, keys and files; it knows no journal, asks nobody, and fails with types.

mod error;
mod files;
mod key_file;
mod keys;
mod label;
mod sealing;

#[cfg(test)]
mod tests;

pub use error::{Fault, SealError};
pub use files::{NewFile, erase, is_sealed_file, overwrite, read, remove_unfinished, replace};
pub use key_file::{KeyFiles, NewKeyFile, Unlocked};
pub use keys::{Key, Passphrase, Recipients, RecoveryKey, SecretKey};
pub use sealing::{fault_without_key, is_for, is_for_both, is_sealed, open, seal};
pub use zeroize::Zeroizing;

/// What the name of a sealed file ends in.
pub const ENDING: &str = ".age";
