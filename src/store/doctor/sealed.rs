//! The examination of a locked journal. It is opened in memory with the key, and its own facts and
//! tables are looked at there. Without a key, what can be seen of its files is looked at: whether
//! the sealed file, the key file and the recipients file go together, and what is plain beside it.

use std::fs;
use std::path::Path;

use crate::seal::{self, Fault, Key, SealError};
use crate::store::doctor::opening::{self, Opened};
use crate::store::doctor::{Finding, beside};
use crate::store::file::sealed::{SealedFile, SealedPaths};
use crate::store::{Backups, Progress, Result, StoreError};

/// The files of a journal that is locked; `None` if it is plain, or not there.
pub(crate) fn locked(journal: &Path) -> Option<SealedPaths> {
    let paths = SealedPaths::of(journal);
    (paths.is_locked() && !is_there(&paths.plain)).then_some(paths)
}

/// Whether the key of a locked journal is there, and the journal is not.
pub(crate) fn is_lost(journal: &Path) -> bool {
    let SealedPaths { plain, sealed, keys } = SealedPaths::of(journal);
    is_there(&keys.key) && !is_there(&plain) && !is_there(&sealed)
}

/// Opens the sealed journal; `None` if it cannot be opened. What was found on the way is added to
/// `findings`.
pub(crate) fn open(
    paths: &SealedPaths,
    key: Option<&Key>,
    findings: &mut Vec<Finding>,
    progress: &mut dyn FnMut(Progress),
) -> Option<Opened> {
    let Some(key) = key else {
        findings.push(Finding::NeedsPassphrase { sealed: paths.sealed.clone() });
        return None;
    };
    let mut file = SealedFile::new(paths.sealed.clone(), key.clone(), opening::WAIT);
    let opened = file
        .connect()
        .and_then(|(connection, head)| opening::in_memory(connection, &head, findings, progress));
    opened.map_err(|error| findings.push(opening::refused(error.at(&paths.sealed)))).ok()
}

/// Opens a sealed backup. Errors if the key does not open it, or if it is no journal.
pub(crate) fn open_backup(path: &Path, key: &Key, findings: &mut Vec<Finding>) -> Result<Opened> {
    let mut file = SealedFile::new(path.to_owned(), key.clone(), opening::WAIT);
    let (connection, head) = file.connect()?;
    opening::in_memory(connection, &head, findings, &mut |_| {})
}

/// Looks at the files of a locked journal, and at what is plain though it is locked. `is_opened` is
/// whether the key has opened it, so that they go together.
pub(crate) fn check(
    paths: &SealedPaths,
    backups: &Backups,
    is_opened: bool,
    findings: &mut Vec<Finding>,
) {
    let SealedPaths { plain, sealed, keys } = paths;
    beside::check(sealed, findings);
    for path in [&keys.key, &keys.recipients] {
        beside::access(path, findings);
    }
    for path in [plain, &keys.key, &keys.recipients] {
        beside::leftovers(path, findings);
    }
    let mut found = keys_together(paths, is_opened);
    found.retain(|one| !is_told(one, findings));
    findings.append(&mut found);
    let count = backups.list().iter().filter(|backup| !backup.is_sealed).count();
    if count > 0 {
        findings.push(Finding::PlainBackups { count, folder: backups.folder().to_owned() });
    }
}

/// Whether the plain journal has something of a locked one beside it.
pub(crate) fn check_beside_plain(journal: &Path, findings: &mut Vec<Finding>) {
    let SealedPaths { plain, sealed, keys } = SealedPaths::of(journal);
    if !is_there(&plain) {
        return;
    }
    if is_there(&sealed) {
        let why = crate::store::Unusable::BesideSealed { sealed };
        findings.push(Finding::NotUsable(StoreError::Unusable { path: plain, why }));
    } else if is_there(&keys.key) {
        findings.push(Finding::KeyOfPlain { path: keys.key });
    }
}

/// Whether the three files are of one lock, as far as can be told without a secret.
fn keys_together(paths: &SealedPaths, is_opened: bool) -> Vec<Finding> {
    let keys = &paths.keys;
    let mut found = Vec::new();
    let refused = |error: SealError| opening::refused(error.into());
    if !is_there(&keys.key) {
        found.push(refused(Fault::Missing.at(&keys.key)));
    }
    let recipients = match keys.recipients() {
        Ok(recipients) => Some(recipients),
        Err(SealError { why: Fault::Missing, .. }) => {
            let path = keys.recipients.clone();
            found.push(Finding::OldRecipients { path, is_missing: true });
            None
        }
        Err(error) => {
            found.push(refused(error));
            None
        }
    };
    if recipients.is_some() && matches!(keys.is_recipients_file_old(), Ok(true)) {
        let path = keys.recipients.clone();
        found.push(Finding::OldRecipients { path, is_missing: false });
    }
    if !is_opened {
        match seal::read(&paths.sealed) {
            Ok(bytes) => {
                let fault = seal::fault_without_key(&bytes, recipients.as_ref());
                found.extend(fault.map(|why| refused(why.at(&paths.sealed))));
            }
            Err(error) => found.push(refused(error)),
        }
    }
    found
}

/// Whether a fault of the same file was found before.
fn is_told(finding: &Finding, told: &[Finding]) -> bool {
    let path = |finding: &Finding| match finding {
        Finding::NotUsable(StoreError::Sealed(error))
        | Finding::NotExamined(StoreError::Sealed(error)) => Some(error.path.clone()),
        _ => None,
    };
    path(finding).is_some_and(|own| told.iter().any(|other| path(other).as_ref() == Some(&own)))
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
