//! The other files that have words of a locked journal: its drafts and its backups. They are sealed
//! with it, and become plain with it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::drafts::Sealing;
use crate::messages::seal as words;
use crate::platform::{self, PassingFolder};
use crate::seal::{self, Key, NewFile, RecoveryKey, Zeroizing};
use crate::store::{SealedPaths, locking};

/// Seals the drafts of the journal that are still plain.
pub(super) fn seal_drafts(context: &mut Context) -> Result<()> {
    let left = context.drafts(None).seal_plain()?;
    if left > 0 { Ok(context.terminal.say(&words::drafts_left(left))?) } else { Ok(()) }
}

/// Makes the drafts plain again.
pub(super) fn open_drafts(context: &mut Context) -> Result<()> {
    Ok(context.drafts(None).open_sealed()?)
}

/// Makes the drafts plain that this run has sealed, if another one took the lock away meanwhile: the
/// files of the key are gone, and only this run still has the key.
pub(crate) fn open_drafts_of_unlocked(context: &Context) {
    if context.key.is_none() {
        return;
    }
    let paths = SealedPaths::of(&context.config.journal);
    if !paths.is_locked() && fs::symlink_metadata(&paths.plain).is_ok() {
        // One that cannot be opened stays as it is.
        let _ = context.drafts(None).open_sealed();
    }
}

/// Errors if something is still sealed with a key that a new one would replace.
pub(super) fn require_none(context: &mut Context) -> Result<()> {
    let files = SealedPaths::of(&context.config.journal).keys;
    let is_left = context.drafts(None).has_sealed()
        || sealed_backups(context)?.iter().any(|path| is_of(path, context));
    if fs::symlink_metadata(&files.key).is_ok() && is_left {
        return Err(Error::journal(words::still_sealed()));
    }
    Ok(())
}

/// Seals the plain backups of this journal, or says how many there are.
pub(super) fn seal_backups(key: &Key, seals: bool, context: &mut Context) -> Result<()> {
    for path in context.backups().unfinished_files() {
        seal::erase(&path)
            .map_err(|error| Error::journal(words::backup_not_sealed(&path, &error)))?;
    }
    let id = context.existing_store()?.id()?;
    let is_of_journal = |path: &Path| {
        let plain = fs::read(path).ok().map(Zeroizing::new);
        plain.is_some_and(|plain| locking::id_of(path, plain).is_ok_and(|other| other == id))
    };
    // Those with a name of this journal are locked even if they cannot be read, as they are.
    let own = context.backups().files();
    let mut plain = backups(context)?;
    plain.retain(|path| own.contains(path) || is_of_journal(path));
    plain.retain(|path| !is_sealed_name(path));
    if plain.is_empty() {
        return Ok(());
    }
    if !seals {
        let folder = context.config.backups.clone();
        return Ok(context.terminal.say(&words::plain_backups(plain.len(), &folder))?);
    }
    for path in &plain {
        let sealed = seal_file(path, key);
        sealed.map_err(|error| Error::journal(words::backup_not_sealed(path, &error)))?;
    }
    Ok(context.terminal.say(&words::backups_sealed(plain.len()))?)
}

/// Makes the backups plain that this key opens.
pub(super) fn open_backups(key: &Key, context: &mut Context) -> Result<()> {
    for path in sealed_backups(context)? {
        let Some(plain) = open_own(&path, &key.secret)? else { continue };
        let place = path.with_extension("");
        if fs::symlink_metadata(&place).is_err() {
            let written = replace(&place, &plain);
            written.map_err(|error| Error::journal(words::backup_not_opened(&path, &error)))?;
        }
        seal::erase(&path)
            .map_err(|error| Error::journal(words::backup_not_opened(&path, &error)))?;
    }
    Ok(())
}

/// Erases the plain copies of the journal that killed examinations left. What cannot be erased is told
/// by an examination.
pub(super) fn erase_left_copies(context: &Context) {
    let Some(state) = context.config.drafts.parent() else { return };
    for folder in PassingFolder::left_in(state) {
        for file in platform::files_in(&folder).unwrap_or_default() {
            let _ = seal::erase(&file);
        }
        let _ = PassingFolder::remove_left(&folder);
    }
}

/// Seals what the recovery key opens to the new keys too.
pub(super) fn reseal(recovery: &RecoveryKey, key: &Key, context: &mut Context) -> Result<()> {
    let old = Key { secret: recovery.clone(), recipients: key.recipients.clone() };
    context.key = Some(old);
    let drafts = context.drafts(None);
    context.key = Some(key.clone());
    drafts.reseal(&Sealing::with_key(key, None))?;
    for path in sealed_backups(context)? {
        let Some(plain) = open_own(&path, recovery)? else { continue };
        if open_file(&path, &key.secret).is_ok() {
            continue;
        }
        let written = replace(&path, &seal::seal(&plain, &key.recipients));
        written.map_err(|error| Error::journal(words::backup_not_sealed(&path, &error)))?;
    }
    Ok(())
}

/// Seals a file beside itself, and removes it when the sealed one was opened again and compared.
fn seal_file(path: &Path, key: &Key) -> io::Result<()> {
    let plain = Zeroizing::new(fs::read(path)?);
    let sealed = platform::beside(path, seal::ENDING);
    let new = NewFile::write(&sealed, &seal::seal(&plain, &key.recipients))?;
    let back = seal::open(&new.read_back()?, &key.secret);
    if !back.is_ok_and(|back| *back == *plain) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    new.put_in_place()?;
    seal::erase(path)
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = NewFile::write(path, bytes)?;
    if new.read_back()? != bytes {
        return Err(io::ErrorKind::InvalidData.into());
    }
    new.put_in_place().map(drop)
}

fn open_file(path: &Path, secret: &seal::SecretKey) -> Result<Zeroizing<Vec<u8>>> {
    Ok(seal::open(&seal::read(path)?, secret).map_err(|why| why.at(path))?)
}

/// The words of a sealed file; `None` if this key does not open it. Errors if it cannot be read: only
/// this key may open it.
fn open_own(path: &Path, secret: &seal::SecretKey) -> Result<Option<Zeroizing<Vec<u8>>>> {
    Ok(seal::open(&seal::read(path)?, secret).ok())
}

/// The files of the backups folder, and what backups took the place of, in the order of their paths.
fn backups(context: &mut Context) -> Result<Vec<PathBuf>> {
    let folder = &context.config.backups;
    let files = platform::files_in(folder);
    let mut paths =
        files.map_err(|error| Error::journal(words::backups_not_listed(folder, &error)))?;
    // One that cannot be looked at is a file too, so that it is told.
    paths.retain(|path| fs::metadata(path).map_or_else(|_| !is_gone(path), |file| file.is_file()));
    paths.extend(context.backups().files());
    paths.sort();
    paths.dedup();
    Ok(paths)
}

fn sealed_backups(context: &mut Context) -> Result<Vec<PathBuf>> {
    let mut paths = backups(context)?;
    paths.retain(|path| is_sealed_name(path));
    Ok(paths)
}

fn is_gone(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn is_sealed_name(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(seal::ENDING.as_bytes())
}

/// Whether a sealed file is sealed to the keys that the recipients file names.
fn is_of(path: &Path, context: &Context) -> bool {
    let recipients = SealedPaths::of(&context.config.journal).keys.recipients();
    let sealed = seal::read(path);
    matches!((recipients, sealed), (Ok(recipients), Ok(sealed)) if seal::is_for(&sealed, &recipients))
}
