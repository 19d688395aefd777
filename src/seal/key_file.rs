//! The files beside a locked journal: the key file, which the passphrase opens, and the recipients
//! file, which has the public keys.
//!
//! The plain text of the key file is an ordinary file of identities, and the recipients file an
//! ordinary file of recipients, so the `age` program reads both. The recipients file also has the
//! hash of the key file: age cannot tell a wrong passphrase from an altered key file, and this can.

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use age::DecryptError;
use age::x25519::{Identity, Recipient};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::platform;
use crate::seal::files::{self, NewFile};
use crate::seal::label::hexadecimal;
use crate::seal::sealing::{self, Failure};
use crate::seal::{Fault, Key, Passphrase, Recipients, SealError, SecretKey};

/// The work to try a passphrase, as the logarithm of scrypt's N: the least that OWASP recommends,
/// 128 MiB and a third of a second.
const WORK: u8 = 17;

/// More than that is not tried: it would take a gigabyte and more.
const MOST_WORK: u8 = 20;

const RECOVERY: &str = "# recovery key: ";
const HASH: &str = "# SHA-256 of the key file: ";

/// The paths of the files of a locked journal's keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFiles {
    pub key: PathBuf,
    pub recipients: PathBuf,
}

/// A key that was read from its file.
#[derive(Debug)]
pub struct Unlocked {
    pub key: Key,
    /// The bytes of the file.
    pub sealed: Vec<u8>,
    /// The recipients file is missing or older than the key file, and can be written again.
    pub is_recipients_file_old: bool,
}

/// A key file that was opened again, and is not in its place yet.
#[derive(Debug)]
pub struct NewKeyFile {
    files: KeyFiles,
    file: NewFile,
    sealed: Vec<u8>,
    recipients: Recipients,
}

impl NewKeyFile {
    /// Puts it into its place, and then the recipients file that goes with it.
    pub fn put_in_place(self) -> Result<(), SealError> {
        let Self { files, file, sealed, recipients } = self;
        file.put_in_place().map_err(|error| Fault::Io(error).at(&files.key))?;
        files.write_recipients(&recipients, &sealed)
    }
}

impl KeyFiles {
    /// The files of the journal at this path, which has no links at its end.
    pub fn of(journal: &Path) -> Self {
        Self {
            key: platform::beside(journal, ".key.age"),
            recipients: platform::beside(journal, ".recipients"),
        }
    }

    /// Writes both files so that they survive a power cut; replaces those that are there, each as a
    /// whole. The new key file is opened again before it replaces one.
    /// Between the two, and after an error, the key file counts.
    pub fn write(&self, key: &Key, passphrase: &Passphrase) -> Result<(), SealError> {
        self.prepare(key, passphrase)?.put_in_place()
    }

    /// Seals a key with a passphrase into a new key file, and opens that again. It is not in its
    /// place yet, so that no lock is held while a passphrase is tried.
    pub fn prepare(&self, key: &Key, passphrase: &Passphrase) -> Result<NewKeyFile, SealError> {
        let at = |error| Fault::Io(error).at(&self.key);
        let sealed = seal_key(key, passphrase, WORK);
        let file = NewFile::write(&self.key, &sealed).map_err(at)?;
        let back = file.read_back().map_err(at)?;
        let opened = open_key(&back, passphrase).map_err(|why| why.at(&self.key))?;
        if opened.recipients != key.recipients || opened.secret.text() != key.secret.text() {
            return Err(Fault::Damaged.at(&self.key));
        }
        Ok(NewKeyFile { files: self.clone(), file, sealed, recipients: key.recipients.clone() })
    }

    /// Writes the recipients file again, beside the key file that is there.
    pub fn write_recipients_again(&self, recipients: &Recipients) -> Result<(), SealError> {
        self.write_recipients(recipients, &files::read(&self.key)?)
    }

    fn write_recipients(&self, recipients: &Recipients, key: &[u8]) -> Result<(), SealError> {
        let text = recipients_text(recipients, key);
        let written = files::replace(&self.recipients, text.as_bytes());
        written.map(drop).map_err(|error| Fault::Io(error).at(&self.recipients))
    }

    /// The public keys, from their file.
    pub fn recipients(&self) -> Result<Recipients, SealError> {
        let (recipients, _) = self.read_recipients()?;
        Ok(recipients)
    }

    /// Whether the recipients file was made for another key file than the one that is there: that
    /// one was altered or replaced, or a change of it was interrupted.
    pub fn is_recipients_file_old(&self) -> Result<bool, SealError> {
        let (_, hash) = self.read_recipients()?;
        Ok(hash != hash_of(&files::read(&self.key)?))
    }

    /// Opens the key file with a passphrase. Takes a third of a second. Errors if the recipients
    /// file names other keys: then one of the two was replaced.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<Unlocked, SealError> {
        let sealed = files::read(&self.key)?;
        let named = match self.read_recipients() {
            Err(SealError { why: Fault::Missing, .. }) => None,
            named => Some(named?),
        };
        let is_same = named.as_ref().is_none_or(|(_, hash)| *hash == hash_of(&sealed));
        let key = open_key(&sealed, passphrase).map_err(|why| match why {
            Fault::WrongPassphrase if !is_same => Fault::WrongPassphraseOrFile.at(&self.key),
            why => why.at(&self.key),
        })?;
        match named {
            Some((named, _)) if named != key.recipients => Err(Fault::Swapped.at(&self.key)),
            named => {
                let is_recipients_file_old = named.is_none() || !is_same;
                Ok(Unlocked { key, sealed, is_recipients_file_old })
            }
        }
    }

    /// Removes both files, and what killed runs left of them.
    pub fn remove(&self) -> io::Result<()> {
        for path in [&self.recipients, &self.key] {
            files::remove_unfinished(path);
            files::erase(path)?;
        }
        Ok(())
    }

    /// The public keys and the hash of the key file.
    fn read_recipients(&self) -> Result<(Recipients, String), SealError> {
        let bytes = files::read(&self.recipients)?;
        let no_key = || Fault::NotAKey.at(&self.recipients);
        let text = String::from_utf8(bytes).map_err(|_| no_key())?;
        let mut keys =
            text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let mut key = || keys.next().and_then(|line| Recipient::from_str(line.trim()).ok());
        let (Some(journal), Some(recovery)) = (key(), key()) else { return Err(no_key()) };
        let hash = text.lines().find_map(|line| line.strip_prefix(HASH)).unwrap_or_default();
        Ok((Recipients { journal, recovery }, hash.trim().to_owned()))
    }
}

fn recipients_text(recipients: &Recipients, key_file: &[u8]) -> String {
    let Recipients { journal, recovery } = recipients;
    let hash = hash_of(key_file);
    format!(
        "# The public keys to which this journal of dwell is locked. They open nothing.\n\
         {HASH}{hash}\n\
         # The key in the key file:\n{journal}\n\
         # The recovery key:\n{recovery}\n"
    )
}

fn hash_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The key file for a passphrase.
pub(super) fn seal_key(key: &Key, passphrase: &Passphrase, work: u8) -> Vec<u8> {
    let Recipients { journal, recovery } = &key.recipients;
    let text = Zeroizing::new(format!(
        "# The key of a locked journal of dwell. It opens the journal, its backups and its drafts.\n\
         # public key: {journal}\n\
         {RECOVERY}{recovery}\n\
         {}\n",
        *key.secret.text()
    ));
    let mut recipient = age::scrypt::Recipient::new(passphrase.0.clone());
    recipient.set_work_factor(work);
    sealing::seal_to(&[&recipient], text.as_bytes())
}

/// Opens a key file.
pub(super) fn open_key(sealed: &[u8], passphrase: &Passphrase) -> Result<Key, Fault> {
    let mut identity = age::scrypt::Identity::new(passphrase.0.clone());
    identity.set_max_work_factor(MOST_WORK);
    let plain = sealing::decrypt(sealed, &[&identity]).map_err(|failure| match failure {
        Failure::Key(DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed) => {
            Fault::WrongPassphrase
        }
        // It is sealed to something else than a passphrase.
        Failure::Key(DecryptError::NoMatchingKeys) => Fault::NotAKey,
        other => other.fault(),
    })?;
    let text = std::str::from_utf8(&plain).map_err(|_| Fault::NotAKey)?;
    let recovery = text.lines().find_map(|line| line.strip_prefix(RECOVERY));
    let recovery = recovery.and_then(|key| Recipient::from_str(key.trim()).ok());
    let lines = text.lines().map(str::trim);
    let secret = lines
        .filter(|line| !line.starts_with('#'))
        .find_map(|line| Identity::from_str(line).ok().map(SecretKey));
    let (Some(secret), Some(recovery)) = (secret, recovery) else { return Err(Fault::NotAKey) };
    let recipients = Recipients { journal: secret.public(), recovery };
    Ok(Key { secret, recipients })
}
