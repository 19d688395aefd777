//! What lies beside a journal: backups, copies that other programs made, other journals.

use std::path::Path;

use crate::messages::doctor::Advice;
use crate::messages::{files, numbers};
use crate::store::doctor::SyncProgram;

pub(super) fn no_backup(folder: &Path, is_new: bool) -> Advice {
    let (about, folder) = (files::shown(folder), files::shown(folder));
    if is_new {
        return Advice::new(about, format!("there is no backup yet in {folder}"));
    }
    Advice::new(about, format!("there is no backup in {folder}")).then_do("dwell backup makes one")
}

pub(super) fn backup(path: &Path, facts: u64, days_old: u64) -> Advice {
    let age = match days_old {
        0 => "made today".to_owned(),
        days => format!("{} old", numbers::days(days)),
    };
    let facts = numbers::count(facts, "fact", "facts");
    let what = format!("the newest backup is sound: {}, {age}, {facts}", files::shown(path));
    Advice::new(files::shown(path), what)
}

pub(super) fn old_backup(path: &Path, days: u64) -> Advice {
    let days = numbers::days(days);
    let what = format!("the newest backup lacks the last {days}: {}", files::shown(path));
    Advice::new(files::shown(path), what).then_do("dwell backup makes one")
}

pub(super) fn bad_backup(path: &Path) -> Advice {
    let is_sealed = path.extension().is_some_and(|ending| ending == "age");
    let or = if is_sealed { "locked with another key" } else { "is no journal" };
    let what = format!("the backup {} is damaged or {or}", files::shown(path));
    Advice::new(files::shown(path), what)
        .then_do("dwell backup makes another; remove this one when that is done")
}

pub(super) fn sealed_backups(count: usize) -> Advice {
    let what = format!("{}: locked, and not examined", numbers::backups(count));
    Advice::new("backups", what)
}

pub(super) fn synced(folder: &Path, by: SyncProgram) -> Advice {
    let what = format!(
        "{} copies {} to other machines, and may replace the journal while it is written",
        program(by),
        files::shown(folder)
    );
    Advice::new(files::shown(folder), what).then_do(
        "move the journal to another folder, then dwell config journal NEW-PATH; the folder of \
         dwell config mirror may stay in it",
    )
}

pub(super) fn conflicted_copy(path: &Path, is_journal: bool) -> Advice {
    if is_journal {
        let what =
            format!("{} is a copy that a sync program made of another state", files::shown(path));
        return Advice::new(files::shown(path), what).then_do(format!(
            "dwell import dwell {} brings in what the journal lacks; remove the copy then",
            files::word(path)
        ));
    }
    let what =
        format!("{} has the name of a conflicted copy, and is no journal", files::shown(path));
    Advice::new(files::shown(path), what)
        .then_do("see what it is, and remove it if nothing of yours is in it")
}

pub(super) fn other_journal(path: &Path) -> Advice {
    if path.file_name().is_some_and(|name| name.to_string_lossy().contains(".replaced-")) {
        let what = "is a journal that a restore or a repair replaced";
        return Advice::new(files::shown(path), format!("{} {what}", files::shown(path)))
            .then_do("remove it when you need nothing of it any more");
    }
    Advice::new(files::shown(path), format!("{} is a journal too", files::shown(path))).then_do(
        format!(
            "if it is a copy of this one, dwell import dwell {} brings in what it has more",
            files::word(path)
        ),
    )
}

fn program(by: SyncProgram) -> &'static str {
    match by {
        SyncProgram::Dropbox => "Dropbox",
        SyncProgram::GoogleDrive => "Google Drive",
        SyncProgram::ICloud => "iCloud",
        SyncProgram::Nextcloud => "Nextcloud or ownCloud",
        SyncProgram::OneDrive => "OneDrive",
        SyncProgram::Resilio => "Resilio Sync",
        SyncProgram::Syncthing => "Syncthing",
    }
}
