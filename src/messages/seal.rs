//! Locking: the passphrase and the recovery key, and what is wrong with a sealed file.

use std::io;
use std::path::Path;

use crate::messages::{Message, files};
use crate::seal::{Fault, SealError};
use crate::terminal::SecretCommandError;
use crate::text::one_line;

const KEEP_A_COPY: &str = "before anything else, keep a copy of it; dwell restore brings a backup";

/// What happened, and what to do next.
pub fn error(error: &SealError) -> Message {
    let message = fault(error);
    let is_spoilt = matches!(
        error.why,
        Fault::Empty | Fault::NotSealed | Fault::Newer | Fault::Damaged | Fault::NotAKey
    );
    let name = error.path.to_string_lossy();
    // A backup has neither of these.
    match is_spoilt {
        true if name.ends_with(".key.age") => {
            message.hint("dwell passphrase --recovery-file FILE makes it again")
        }
        true if name.ends_with(".recipients") => {
            message.hint("remove it: dwell makes it again from the file of the key")
        }
        _ => message,
    }
}

fn fault(error: &SealError) -> Message {
    let path = files::shown(&error.path);
    let said = |what: &str| Message::new(format!("{path} {what}"));
    match &error.why {
        Fault::Missing => said("is not there, and without it the passphrase opens nothing").hint(
            "get it back from a backup; or dwell passphrase --recovery-file FILE makes it again",
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
               again",
        ),
        Fault::TooMuchWork => said("asks for more memory than a passphrase should take")
            .hint("see whether another file was put in its place"),
        Fault::NotAKey => said("is not a file of keys that dwell has made")
            .hint("see whether another file was put in its place"),
        Fault::Swapped => said(
            "has another key than the file of recipients beside it: one of the \
                                two was replaced",
        )
        .hint("put the right one back; or dwell passphrase --recovery-file FILE makes both again"),
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
        Message::new(format!("{} cannot be written: {}", files::shown(path), files::cause(error)));
    match files::hint(error, path) {
        Some(hint) => message.hint(hint),
        None => message.hint("check the disk, then try again"),
    }
}

/// Says that a journal is locked where it cannot be opened.
pub fn locked(sealed: &Path) -> Message {
    Message::new(format!("the journal is locked: {}", files::shown(sealed)))
        .hint("at a terminal dwell asks for the passphrase; elsewhere set passphrase_command")
}

/// Says that a plain journal and a sealed one are side by side.
pub fn both(plain: &Path, sealed: &Path) -> Message {
    Message::new(format!(
        "there are two journals, {}, which opens without a passphrase, and {}, which is locked",
        files::shown(plain),
        files::shown(sealed)
    ))
    .hint("run dwell lock again to finish locking, or dwell unlock to go back to the plain journal")
}

pub const ASK_PASSPHRASE: &str = "Passphrase:";

pub fn no_passphrase() -> Message {
    Message::new("the passphrase is empty").hint("try again")
}

/// Says that the command for the passphrase gave none.
pub fn command_failed(command: &str, error: &SecretCommandError) -> Message {
    let command = one_line(command);
    let what = match error {
        SecretCommandError::Unreadable => "is not a command that a shell can read".to_owned(),
        SecretCommandError::Missing => "is not there".to_owned(),
        SecretCommandError::Failed { code: Some(code) } => format!("failed with code {code}"),
        SecretCommandError::Failed { code: None } => "was stopped".to_owned(),
        SecretCommandError::NoText => "printed no passphrase on its first line".to_owned(),
        SecretCommandError::Io(error) => format!("could not be run: {}", files::cause(error)),
    };
    Message::new(format!("the passphrase command {what}: {command}"))
        .hint("dwell config passphrase_command shows and sets it")
}

pub const ASK_NEW: &str = "New passphrase:";
pub const ASK_AGAIN: &str = "The same again:";
pub const NOT_THE_SAME: &str = "the two are not the same";
pub const TYPE_IT_BACK: &str = "Type the recovery key:";
pub const NOT_THE_KEY: &str = "that is not the recovery key";
pub const ASK_RECOVERY_KEY: &str = "Recovery key:";
pub const RECOVERY_KEY_SHOWN: &str =
    "the recovery key, which opens the journal if the passphrase is lost, and is shown only now:";
pub const LOCKED_ALREADY: &str = "the journal is locked already";
pub const PASSPHRASE_CHANGED: &str = "the passphrase is changed; the recovery key is the same";
pub const SET_THE_COMMAND: &str = "dwell config passphrase_command COMMAND sets the new command";
pub const OTHER_COPIES: &str = "what locking cannot reach: old blocks of the disk, other backups \
                                of your files, copies in other places";

pub fn plain_copy(path: &Path) -> String {
    format!(
        "{} is a plain journal too, which opens without a passphrase: remove it, if dwell import \
         dwell {} brings in nothing more",
        files::shown(path),
        files::word(path)
    )
}

/// The new recovery key, before it is typed back.
pub fn recovery_key(key: &str) -> String {
    format!(
        "\nThis recovery key opens the journal if the passphrase is lost. It is shown only now.\n\
         Write it down, or keep it in a password manager:\n\n  {key}\n"
    )
}

/// The content of the file of a recovery key.
pub fn recovery_file(key: &str) -> String {
    format!(
        "# The recovery key of a journal of dwell. It opens the journal if the passphrase is lost:\n\
         # dwell passphrase --recovery-file FILE, or age --decrypt -i FILE journal.db.age\n\
         {key}\n"
    )
}

pub fn recovery_file_made(path: &Path) -> String {
    format!("the recovery key is in {}; keep it away from this computer", files::shown(path))
}

pub fn recovery_file_not_made(path: &Path, error: &io::Error) -> Message {
    let path = files::shown(path);
    match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Message::new(format!("{path} is there already, and nothing is written over it"))
                .hint("name a file that is not there yet")
        }
        _ => Message::new(format!("{path} cannot be written: {}", files::cause(error)))
            .hint("name another file"),
    }
}

pub fn recovery_file_not_read(path: &Path, error: &io::Error) -> Message {
    Message::new(format!("{} cannot be read: {}", files::shown(path), files::cause(error)))
        .hint("name the file that has the recovery key")
}

pub fn no_recovery_key() -> Message {
    Message::new("that is not a recovery key, which begins with AGE-SECRET-KEY-1")
        .hint("see whether all of the key was typed")
}

pub fn not_its_recovery_key(sealed: &Path) -> Message {
    Message::new(format!("the recovery key does not open {}", files::shown(sealed)))
        .hint("see whether it is the key of another journal")
}

pub fn no_way_to_a_recovery_key() -> Message {
    Message::new("the recovery key cannot be asked for here").hint("--recovery-file FILE")
}

/// Where a new passphrase can come from if it cannot be asked for.
pub const BY_THE_SETTING: &str = "dwell config passphrase_command COMMAND";
pub const BY_AN_OPTION: &str = "--new-command COMMAND";

pub fn no_way_to_a_new_passphrase(way: &str) -> Message {
    Message::new("the new passphrase cannot be asked for here").hint(way)
}

pub fn no_way_to_hand_over() -> Message {
    Message::new("the recovery key cannot be typed back here, so nothing was locked")
        .hint("--recovery-file PATH writes it into a file; --yes prints it")
}

pub fn not_typed_back() -> Message {
    Message::new("the recovery key was not typed back, so nothing was locked").hint("dwell lock")
}

pub fn never_the_same() -> Message {
    Message::new("no passphrase was typed twice, so nothing was changed").hint("try again")
}

pub fn stopped() -> Message {
    Message::new("stopped; nothing was changed")
}

pub fn locked_now(sealed: &Path) -> String {
    format!("the journal is locked: {}", files::shown(sealed))
}

pub fn unlocked_now(plain: &Path) -> String {
    format!("the journal is not locked any more: {}", files::shown(plain))
}

/// Says that another run locked the journal while this one was about to.
pub fn locked_by_another(sealed: &Path) -> Message {
    Message::new(format!(
        "another dwell locked the journal meanwhile: {}; this run changed nothing, and its recovery \
         key opens nothing",
        files::shown(sealed)
    ))
    .hint("use the passphrase and the recovery key of the other one")
}

pub fn not_locked() -> Message {
    Message::new("the journal is not locked").hint("dwell lock")
}

/// Says that a plain journal and a sealed one do not have the same words.
pub fn not_the_same(plain: &Path, sealed: &Path) -> Message {
    let (plain, sealed) = (files::shown(plain), files::shown(sealed));
    Message::new(format!(
        "{plain} and {sealed} do not have the same words, so neither was removed"
    ))
    .hint(format!(
        "mv {plain} {plain}.old; then dwell import dwell {plain}.old adds its words to the locked \
         journal"
    ))
}

pub fn still_sealed() -> Message {
    Message::new("something is still sealed with the key of an earlier lock")
        .hint("dwell unlock opens it; then lock again")
}

pub fn mirror_is_plain(folder: &Path) -> String {
    format!("the mirror in {} is plain text, and stays so", files::shown(folder))
}

pub fn plain_backups(count: usize, folder: &Path) -> String {
    let what = if count == 1 { "1 backup is".to_owned() } else { format!("{count} backups are") };
    format!("{what} plain in {}: dwell lock --backups locks them too", files::shown(folder))
}

pub fn backups_sealed(count: usize) -> String {
    if count == 1 { "1 backup is locked".to_owned() } else { format!("{count} backups are locked") }
}

pub fn backup_not_sealed(path: &Path, error: &io::Error) -> Message {
    Message::new(format!("{} could not be locked: {}", files::shown(path), files::cause(error)))
        .hint("the same command again, when that is mended")
}

pub fn backups_not_listed(folder: &Path, error: &io::Error) -> Message {
    let cause = files::cause(error);
    Message::new(format!("the backups in {} cannot be listed: {cause}", files::shown(folder)))
        .hint("the same command again, when that is mended")
}

pub fn backup_not_opened(path: &Path, error: &io::Error) -> Message {
    Message::new(format!("{} could not be opened: {}", files::shown(path), files::cause(error)))
        .hint("the same command again, when that is mended")
}

/// Says that drafts could not be locked because somebody is writing them.
pub fn drafts_left(count: usize) -> String {
    let what = if count == 1 { "1 draft is".to_owned() } else { format!("{count} drafts are") };
    format!("{what} being written, and will be locked by the next command")
}
