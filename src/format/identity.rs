//! Keys for records of programs that give theirs none: the same record has the same key in each
//! file that holds it.

use sha2::{Digest, Sha256};

/// The parts as one key: the first half of the SHA-256 over each with its length, in hexadecimal
/// digits.
pub fn key(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize()[..16].iter().fold(String::new(), |key, byte| format!("{key}{byte:02x}"))
}
