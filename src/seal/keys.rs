//! The keys: a pair for the journal, the recovery key, and the passphrase. What is secret is erased
//! from memory when it is dropped, and shown by no `Debug`.

use std::fmt;
use std::str::FromStr;

use age::secrecy::{ExposeSecret, SecretString};
use age::x25519::{Identity, Recipient};
use zeroize::Zeroizing;

use crate::seal::Fault;

/// The key of a journal: its secret key, and the public keys to which its files are sealed.
#[derive(Debug, Clone)]
pub struct Key {
    pub secret: SecretKey,
    pub recipients: Recipients,
}

/// A secret key, which opens what is sealed to its public key.
#[derive(Clone)]
pub struct SecretKey(pub(super) Identity);

/// The secret key that only the person has.
pub type RecoveryKey = SecretKey;

/// The public keys to which the files of a journal are sealed. They open nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipients {
    pub(super) journal: Recipient,
    pub(super) recovery: Recipient,
}

/// What a person types to open a locked journal.
#[derive(Clone)]
pub struct Passphrase(pub(super) SecretString);

impl Key {
    /// A new key pair for a journal that this recovery key opens too.
    pub fn generate(recovery: &RecoveryKey) -> Self {
        let secret = SecretKey::generate();
        let recipients = Recipients { journal: secret.public(), recovery: recovery.public() };
        Self { secret, recipients }
    }
}

impl SecretKey {
    pub fn generate() -> Self {
        Self(Identity::generate())
    }

    /// Reads a secret key from a text that may have other lines, as age writes them to a file.
    /// Errors with [`Fault::NotARecoveryKey`].
    pub fn from_text(text: &str) -> Result<Self, Fault> {
        let lines = text.lines().map(str::trim);
        let mut keys = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (Some(key), None) = (keys.next(), keys.next()) else {
            return Err(Fault::NotARecoveryKey);
        };
        let key = Zeroizing::new(key.to_ascii_uppercase());
        Identity::from_str(&key).map(Self).map_err(|_| Fault::NotARecoveryKey)
    }

    /// The key as a line of text.
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_string().expose_secret().to_owned())
    }

    pub(super) fn public(&self) -> Recipient {
        self.0.to_public()
    }

    /// Whether this is the recovery key of what is sealed to these keys.
    pub fn is_recovery_of(&self, recipients: &Recipients) -> bool {
        self.public() == recipients.recovery
    }
}

impl Passphrase {
    /// `None` for an empty text.
    pub fn new(text: String) -> Option<Self> {
        (!text.is_empty()).then(|| Self(SecretString::from(text)))
    }
}

impl PartialEq for Passphrase {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

impl fmt::Debug for Recipients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entry(&self.journal).entry(&self.recovery).finish()
    }
}
