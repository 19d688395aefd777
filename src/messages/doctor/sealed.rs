//! A locked journal: what could not be opened, and what is plain though it is locked.

use std::path::Path;

use crate::messages::doctor::Advice;
use crate::messages::{files, numbers};

pub(super) fn protected(journal: &str) -> Advice {
    let what = "the journal is locked, and what dwell keeps of it is too: only the passphrase or \
                the recovery key opens them; what is plain all the same is named here";
    Advice::new(journal, what.to_owned())
}

pub(super) fn needs_passphrase(sealed: &Path) -> Advice {
    let what = format!(
        "{} is locked, so only the files were looked at: its facts need the passphrase",
        files::shown(sealed)
    );
    Advice::new(files::shown(sealed), what)
        .then_do("run it at a terminal, which asks for it, or set passphrase_command")
}

pub(super) fn old_recipients(path: &Path, is_missing: bool) -> Advice {
    let shown_path = files::shown(path);
    let what = if is_missing {
        format!("{shown_path} is not there, so no draft can be kept before the passphrase is given")
    } else {
        format!(
            "{shown_path} was made for another key file: that one was altered or replaced, or a \
             change of the passphrase was interrupted"
        )
    };
    Advice::new(files::shown(path), what)
        .then_do("dwell show writes it again, if the passphrase opens the key file")
}

pub(super) fn key_of_plain(path: &Path) -> Advice {
    let what = format!("{} is there, and the journal is not locked", files::shown(path));
    Advice::new(files::shown(path), what)
        .then_do("dwell unlock ends what was interrupted, or dwell lock locks the journal")
}

pub(super) fn plain_backups(count: usize, folder: &Path) -> Advice {
    let what = format!(
        "the journal is locked, and {} in {} can be read without the passphrase",
        numbers::backups(count),
        files::shown(folder)
    );
    Advice::new(files::shown(folder), what).then_do("dwell lock --backups locks them too")
}

pub(super) fn plain_drafts(count: usize) -> Advice {
    let drafts = numbers::count(count as u64, "draft", "drafts");
    let what = format!("the journal is locked, and {drafts} can be read without the passphrase");
    Advice::new("drafts", what)
        .then_do("dwell show locks them, as every command that opens it does")
}

pub(super) fn plain_mirror(folder: &Path) -> Advice {
    let what = format!(
        "the journal is locked, and the mirror in {} is plain text, which others may read",
        files::shown(folder)
    );
    Advice::new(files::shown(folder), what)
}

pub(super) fn conflicted_copy(path: &Path) -> Advice {
    let what = format!(
        "{} is a locked copy that a sync program made of another state",
        files::shown(path)
    );
    Advice::new(files::shown(path), what).then_do(format!(
        "dwell import dwell {} brings in what the journal lacks; remove the copy then",
        files::word(path)
    ))
}
