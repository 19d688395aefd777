//! Locking: the passphrase and the recovery key, and what is wrong with a sealed file.

use std::io;
use std::path::Path;

use crate::messages::{Message, files};
use crate::seal::{Fault, SealError};

const KEEP_A_COPY: &str = "before anything else, keep a copy of it; dwell restore brings a backup";

/// What happened, and what to do next.
pub fn error(error: &SealError) -> Message {
    let path = error.path.display();
    let said = |what: &str| Message::new(format!("{path} {what}"));
    match &error.why {
        Fault::Missing => said("is not there, and without it the passphrase opens nothing").hint(
            "get it back from a backup; or dwell passphrase --recovery-file FILE makes it anew",
        ),
        Fault::Io(error) => said(&format!("cannot be read or written: {}", files::cause(error)))
            .hint(files::hint(error, Path::new("")).unwrap_or_else(|| {
                "see whether the file and its folder are yours, then try again".to_owned()
            })),
        Fault::Empty => said("is empty").hint("get it back from a backup: dwell restore"),
        Fault::NotSealed => said("is not a file that age has sealed")
            .hint("see whether another file was put in its place"),
        Fault::Newer => said("says that a newer age has sealed it, or its first line is damaged")
            .hint("update dwell"),
        Fault::Damaged => said("is damaged: it was cut or altered").hint(KEEP_A_COPY),
        Fault::OtherKey => said("is whole, but locked with another key than this journal's").hint(
            "see whether it is of another journal; dwell passphrase --recovery-file FILE \
                   opens what the recovery key opens",
        ),
        Fault::WrongPassphrase => Message::new(format!("the passphrase does not open {path}"))
            .hint("try again; if it is lost: dwell passphrase --recovery-file FILE"),
        Fault::WrongPassphraseOrFile => Message::new(format!(
            "the passphrase does not open {path}, which was altered or replaced since it was made"
        ))
        .hint(
            "get the file back from a backup; or dwell passphrase --recovery-file FILE makes it \
               anew",
        ),
        Fault::TooMuchWork => said("asks for more memory than a passphrase should take")
            .hint("see whether another file was put in its place"),
        Fault::NotAKey => said("is not a file of keys that dwell has made")
            .hint("see whether another file was put in its place"),
        Fault::Swapped => said(
            "has another key than the file of recipients beside it: one of the \
                                two was replaced",
        )
        .hint("put the right one back; or dwell passphrase --recovery-file FILE makes both anew"),
        Fault::NotARecoveryKey => said(
            "has no recovery key, a line that begins with \
                                        AGE-SECRET-KEY-1",
        )
        .hint("see whether all of the key is there"),
    }
}

/// Says that the sealed file could not be replaced.
pub fn not_written(path: &Path, error: &io::Error) -> Message {
    let message =
        Message::new(format!("{} cannot be written: {}", path.display(), files::cause(error)));
    match files::hint(error, path) {
        Some(hint) => message.hint(hint),
        None => message.hint("check the disk, then try again"),
    }
}

/// Says that a journal is locked where it cannot be opened.
pub fn locked(sealed: &Path) -> Message {
    Message::new(format!("the journal is locked: {}", sealed.display()))
        .hint("at a terminal dwell asks for the passphrase; elsewhere set passphrase_command")
}

/// Says that a plain journal and a sealed one are side by side.
pub fn both(plain: &Path, sealed: &Path) -> Message {
    Message::new(format!(
        "there are two journals, {}, which anybody can read, and {}, which is locked",
        plain.display(),
        sealed.display()
    ))
    .hint("if dwell lock was interrupted, dwell lock ends it; dwell unlock does it the other way")
}
