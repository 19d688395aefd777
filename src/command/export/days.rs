//! `dwell export markdown --output FOLDER`: a file a day.

use std::collections::BTreeSet;
use std::path::Path;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::export::Args;
use crate::command::export::entries::query;
use crate::command::export::folder::{Folder, Outcome};
use crate::messages::export;
use crate::platform;

/// Whether Markdown goes to a folder: one that is there, or a path that is not that of a file.
pub fn is_folder(path: &Path) -> bool {
    let ending = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    path.is_dir() || ending.is_none_or(|ending| ending != "md" && ending != "markdown")
}

pub fn run(args: &Args, root: &Path, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let store = context.store_to_read()?;
    let query = query(args, &store, context)?;
    let failed = |error: &std::io::Error| Error::journal(export::folder_not_written(root, error));
    platform::create_private_folder(root).map_err(|error| failed(&error))?;
    let folder = Folder::new(root, now);
    folder.put_readme().map_err(|error| failed(&error))?;
    let total = store.count_entries(&query)?;
    let mut line = context.terminal.progress_line();
    let mut counts = export::FolderCounts::default();
    let mut left = Vec::new();
    let mut years = BTreeSet::new();
    store.each_entry(&query, |entry| {
        let path = folder.path(entry.day);
        let failed = |error| Error::journal(export::not_written(&path, &error));
        if years.insert(path.parent().map(Path::to_owned)) {
            folder.clear(entry.day);
        }
        match folder.put(entry).map_err(failed)? {
            Outcome::Renewed => counts.written += 1,
            Outcome::AsBefore => counts.as_before += 1,
            outcome @ (Outcome::Changed | Outcome::NotOurs) => left.push((path, outcome)),
        }
        counts.left = left.len();
        line.update(counts.written + counts.as_before + counts.left, total, export::progress);
        Ok::<(), Error>(())
    })?;
    drop(line);
    for (path, outcome) in &left {
        let message = export::left_alone(path, *outcome == Outcome::Changed);
        context.terminal.complain(&message.text, message.hint.as_deref())?;
    }
    context.terminal.say(&export::exported_folder(counts, root))?;
    if left.is_empty() { Ok(()) } else { Err(Error::journal(export::some_left(left.len()))) }
}
