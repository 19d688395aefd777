//! The passphrase and the recovery key of a journal that is to be locked, before anything is
//! sealed with them.

use std::io::{self, Write};
use std::path::Path;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::key::passphrase_of;
use crate::messages::seal as words;
use crate::platform;
use crate::seal::{Passphrase, RecoveryKey};

/// How often a new passphrase, and a recovery key, may be typed.
const TRIES: usize = 3;

/// A passphrase that is to be used from now on: of this command, or typed twice. `other_way` is the
/// hint if it cannot be asked for.
pub(super) fn passphrase(
    context: &mut Context,
    command: Option<&str>,
    other_way: &str,
) -> Result<Passphrase> {
    if let Some(command) = command {
        return passphrase_of(command);
    }
    if !context.terminal.can_ask_secret() {
        return Err(Error::usage(words::no_way_to_a_new_passphrase(other_way)));
    }
    for _ in 0..TRIES {
        let Some(first) = Passphrase::new(ask(words::ASK_NEW, context)?) else {
            return Err(Error::cancelled(words::stopped()));
        };
        if Passphrase::new(ask(words::ASK_AGAIN, context)?) == Some(first.clone()) {
            return Ok(first);
        }
        context.terminal.say(words::NOT_THE_SAME)?;
    }
    Err(Error::usage(words::never_the_same()))
}

fn ask(question: &str, context: &mut Context) -> Result<String> {
    context.terminal.ask_secret(question).map_err(Error::before_any_change)
}

/// Gives a new recovery key to the person: in a file, on standard output, or on the screen, from
/// which it is typed back. Errors if it is not certain that they have it.
pub(super) fn hand_over(
    key: &RecoveryKey,
    file: Option<&Path>,
    yes: bool,
    context: &mut Context,
) -> Result<()> {
    if let Some(path) = file {
        let written = write(key, path);
        written.map_err(|error| Error::usage(words::recovery_file_not_made(path, &error)))?;
        return Ok(context.terminal.say(&words::recovery_file_made(path))?);
    }
    if yes {
        context.terminal.say(words::RECOVERY_KEY_SHOWN)?;
        context.terminal.data(format!("{}\n", *key.text()))?;
        return Ok(context.terminal.flush()?);
    }
    context.terminal.show_aside(&words::recovery_key(&key.text()))?;
    for _ in 0..TRIES {
        let typed = context.terminal.ask_line(words::TYPE_IT_BACK);
        let typed = typed.map_err(Error::before_any_change)?;
        if RecoveryKey::from_text(&typed).is_ok_and(|typed| typed.text() == key.text()) {
            return Ok(());
        }
        context.terminal.say(words::NOT_THE_KEY)?;
    }
    Err(Error::usage(words::not_typed_back()))
}

/// Reads a recovery key from a file, or asks for it.
pub(super) fn recovery_key(file: Option<&Path>, context: &mut Context) -> Result<RecoveryKey> {
    if let Some(path) = file {
        let text = platform::read_text(path, LARGEST);
        let text =
            text.map_err(|error| Error::usage(words::recovery_file_not_read(path, &error)))?;
        return RecoveryKey::from_text(&text).map_err(|why| why.at(path).into());
    }
    if !context.terminal.can_ask_secret() {
        return Err(Error::usage(words::no_way_to_a_recovery_key()));
    }
    let typed = ask(words::ASK_RECOVERY_KEY, context)?;
    RecoveryKey::from_text(&typed).map_err(|_| Error::usage(words::no_recovery_key()))
}

/// More than any file of a recovery key.
const LARGEST: u64 = 64 << 10;

fn write(key: &RecoveryKey, path: &Path) -> io::Result<()> {
    let mut file = platform::create_private_file(path)?;
    let text = key.text();
    file.write_all(words::recovery_file(&text).as_bytes())?;
    file.sync_all()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    platform::sync_folder(folder.unwrap_or(Path::new(".")))
}
