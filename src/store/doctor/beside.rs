//! What lies beside a journal: who may read it and its folder, other names of it, files that killed
//! runs left, and what programs leave that copy a folder to other machines.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use crate::platform::{self, PassingFolder};
use crate::seal;
use crate::store::doctor::{Finding, SyncProgram};
use crate::store::file::{form, head, unfinished};

/// Looks at the journal's own file, its folder and what is beside it.
pub(crate) fn check(path: &Path, findings: &mut Vec<Finding>) {
    let Ok(real) = fs::canonicalize(path) else { return };
    if real.as_path() != path && fs::symlink_metadata(path).is_ok_and(|file| file.is_symlink()) {
        findings.push(Finding::Link { to: real.clone() });
    }
    let folder = real.parent().unwrap_or(Path::new("/"));
    let files = files_in(folder);
    access(&real, findings);
    for ending in ["-journal", "-wal", "-shm", "-import", "-upgrade", "-lock"] {
        access(&platform::beside(&real, ending), findings);
    }
    second_names(&real, &files, findings);
    leftovers(&real, findings);
    if let Some((folder, by)) = synced(&real) {
        findings.push(Finding::Synced { folder, by });
    }
    copies(&real, &files, findings);
}

/// Whether others may read or change a file of dwell. In a folder that nobody else can enter, the
/// permissions of a file mean nothing. What is not there has no finding.
pub(crate) fn access(path: &Path, findings: &mut Vec<Finding>) {
    let Ok(metadata) = fs::metadata(path) else { return };
    let is_told = |finding: &Finding| match finding {
        Finding::OpenToOthers { path: told } | Finding::OfAnother { path: told } => told == path,
        _ => false,
    };
    if findings.iter().any(is_told) {
        return;
    }
    let is_private = |folder: &Path| {
        let folder = fs::metadata(folder);
        folder.is_ok_and(|one| platform::is_own(&one) && !platform::is_open_to_others(&one))
    };
    if !platform::is_own(&metadata) && !platform::concerns_superuser(&metadata) {
        findings.push(Finding::OfAnother { path: path.to_owned() });
    } else if platform::is_open_to_others(&metadata)
        && (metadata.is_dir() || !path.parent().is_some_and(is_private))
    {
        findings.push(Finding::OpenToOthers { path: path.to_owned() });
    }
}

/// The same for folders of dwell, and for the files in them.
pub(crate) fn access_to_folders(folders: &[PathBuf], findings: &mut Vec<Finding>) {
    for folder in folders {
        access(folder, findings);
        for path in files_in(folder) {
            access(&path, findings);
        }
    }
}

/// The names in a folder, in order.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = files.map(|file| file.path()).collect();
    paths.sort();
    paths
}

fn second_names(real: &Path, files: &[PathBuf], findings: &mut Vec<Finding>) {
    let Ok(metadata) = fs::symlink_metadata(real) else { return };
    let names = platform::names(&metadata);
    if names < 2 {
        return;
    }
    let is_same = |other: &Metadata| {
        platform::identity(other).is_some()
            && platform::identity(other) == platform::identity(&metadata)
    };
    let others = files.iter().filter(|path| path.as_path() != real);
    let mut same = others.filter(|path| fs::symlink_metadata(path).is_ok_and(|one| is_same(&one)));
    let second = same.find(|path| unfinished::is_unfinished(name(path), real)).cloned();
    findings.push(Finding::SecondName { names, second });
}

/// What killed runs left beside a file of this name on the way to its place.
pub(crate) fn leftovers(real: &Path, findings: &mut Vec<Finding>) {
    let locks = ["-import", "-upgrade"].map(|ending| platform::beside(real, ending));
    for path in &files_in(real.parent().unwrap_or(Path::new("/"))) {
        let is_second_name = || {
            let [one, other] = [path, real].map(|path| fs::symlink_metadata(path).ok());
            one.as_ref().and_then(platform::identity) == other.as_ref().and_then(platform::identity)
        };
        let is_made_aside = unfinished::is_unfinished(name(path), real) && !is_second_name();
        if (is_made_aside || locks.contains(path)) && platform::is_left_behind(path) {
            findings.push(Finding::Leftover { path: path.clone() });
        }
    }
}

/// What killed runs left in the folders of dwell, where files come into their place whole.
pub(crate) fn left_in_folders(folders: &[PathBuf], findings: &mut Vec<Finding>) {
    left_in(folders, |name| unfinished::finished_name(name).is_some(), findings);
}

/// The same in folders that are not dwell's own, for the names alone that dwell makes there.
pub(crate) fn left_in_folders_of_others(folders: &[PathBuf], findings: &mut Vec<Finding>) {
    left_in(folders, |name| unfinished::finished_name(name) == Some(SETTINGS), findings);
}

/// The file of settings.
const SETTINGS: &[u8] = b"config.toml";

fn left_in(
    folders: &[PathBuf],
    is_unfinished: impl Fn(&OsStr) -> bool,
    findings: &mut Vec<Finding>,
) {
    for path in folders.iter().flat_map(|folder| files_in(folder)) {
        let is_made_aside = is_unfinished(name(&path)) || platform::is_unplaced(name(&path));
        let is_told = |finding: &Finding| match finding {
            Finding::Leftover { path: told } | Finding::SecondName { second: Some(told), .. } => {
                *told == path
            }
            _ => false,
        };
        if is_made_aside && !findings.iter().any(is_told) && platform::is_left_behind(&path) {
            findings.push(Finding::Leftover { path });
        }
    }
}

/// What killed examinations left in the folder for private copies.
pub(crate) fn left_copies(scratch: &Path, findings: &mut Vec<Finding>) {
    let left = PassingFolder::left_in(scratch).into_iter();
    findings.extend(left.map(|path| Finding::Leftover { path }));
}

/// The folder above a journal that is copied to other machines, and the program that does it.
pub(crate) fn synced(real: &Path) -> Option<(PathBuf, SyncProgram)> {
    let folders = real.ancestors().skip(1).filter(|folder| folder.file_name().is_some());
    folders
        .into_iter()
        .find_map(|folder| Some((folder.to_owned(), by_name(folder).or_else(|| by_marks(folder))?)))
}

/// By the name that a program gives its folder.
fn by_name(folder: &Path) -> Option<SyncProgram> {
    use SyncProgram::{Dropbox, GoogleDrive, ICloud, Nextcloud, OneDrive};
    let name = name(folder).to_string_lossy();
    let above = folder.parent().and_then(Path::file_name).map(OsStr::to_string_lossy);
    if name == "Mobile Documents" || name.starts_with("iCloud") {
        return Some(ICloud);
    }
    let starts: [(&str, SyncProgram); 6] = [
        ("Dropbox", Dropbox),
        ("OneDrive", OneDrive),
        ("GoogleDrive", GoogleDrive),
        ("Google Drive", GoogleDrive),
        ("Nextcloud", Nextcloud),
        ("ownCloud", Nextcloud),
    ];
    let is_cloud_storage = above.is_some_and(|above| above == "CloudStorage");
    let is_named = |start: &str| {
        let rest = name.strip_prefix(start);
        rest.is_some_and(|rest| {
            rest.is_empty() || is_cloud_storage || rest.starts_with([' ', '-', '_'])
        })
    };
    starts.into_iter().find(|(start, _)| is_named(start)).map(|(_, by)| by)
}

/// By the files that a program keeps in a folder.
fn by_marks(folder: &Path) -> Option<SyncProgram> {
    use SyncProgram::{Dropbox, GoogleDrive, Nextcloud, OneDrive, Resilio, Syncthing};
    let is_there = |mark: &str| fs::symlink_metadata(folder.join(mark)).is_ok();
    let marks: [(&str, SyncProgram); 10] = [
        (".stfolder", Syncthing),
        (".stignore", Syncthing),
        (".dropbox", Dropbox),
        (".dropbox.cache", Dropbox),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", OneDrive),
        (".tmp.drivedownload", GoogleDrive),
        (".csync_journal.db", Nextcloud),
        (".owncloudsync.log", Nextcloud),
        (".nextcloudsync.log", Nextcloud),
        (".sync/ID", Resilio),
    ];
    if let Some((_, by)) = marks.into_iter().find(|(mark, _)| is_there(mark)) {
        return Some(by);
    }
    let names = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut names = names.map(|file| file.file_name().to_string_lossy().into_owned());
    let is_of_nextcloud = |name: String| {
        (name.starts_with(".sync_") || name.starts_with("._sync_")) && name.contains(".db")
    };
    names.any(is_of_nextcloud).then_some(Nextcloud)
}

/// The plain journals in a folder, in the order of their names. Empty if it cannot be read.
pub fn plain_journals_in(folder: &Path) -> Vec<PathBuf> {
    let is_journal =
        |path: &PathBuf| path.is_file() && head::application(path) == Some(form::APPLICATION_ID);
    files_in(folder).into_iter().filter(is_journal).collect()
}

/// Copies of the journal that a sync program made, and other journals beside it.
fn copies(real: &Path, files: &[PathBuf], findings: &mut Vec<Finding>) {
    for path in files.iter().filter(|path| path.as_path() != real) {
        let name = name(path).to_string_lossy();
        let is_other_name = unfinished::is_unfinished(OsStr::new(name.as_ref()), real);
        if is_other_name || ["-journal", "-wal", "-shm"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
        let is_second_name = || {
            let identity = |path| fs::metadata(path).ok().as_ref().and_then(platform::identity);
            identity(path.as_path()).is_some() && identity(path.as_path()) == identity(real)
        };
        if !is_file || is_second_name() {
            continue;
        }
        let is_journal = head::application(path) == Some(form::APPLICATION_ID);
        if is_conflicted_copy(&name, real) && seal::is_sealed_file(path) {
            findings.push(Finding::SealedConflictedCopy { path: path.clone() });
        } else if is_conflicted_copy(&name, real) {
            findings.push(Finding::ConflictedCopy { path: path.clone(), is_journal });
        } else if is_journal {
            findings.push(Finding::OtherJournal { path: path.clone() });
        }
    }
}

/// Whether a file of this name is what a sync program makes of two changes of a journal: its name
/// with a few words in it.
fn is_conflicted_copy(name: &str, real: &Path) -> bool {
    let [stem, ending] =
        [real.file_stem(), real.extension()].map(|part| part.unwrap_or_default().to_string_lossy());
    let Some(rest) = name.strip_prefix(stem.as_ref()) else { return false };
    let rest = match rest.strip_suffix(ending.as_ref()).and_then(|rest| rest.strip_suffix('.')) {
        Some(rest) => rest,
        None if ending.is_empty() => rest,
        None => return false,
    };
    let lower = rest.to_lowercase();
    let says_so =
        ["conflict", "konflikt", "conflit", "conflicto"].iter().any(|w| lower.contains(w));
    // iCloud counts: `journal 2.db`; Google Drive: `journal (1).db`.
    let is_counted = rest.strip_prefix(' ').is_some_and(|rest| {
        let number = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest);
        !number.is_empty() && number.len() < 4 && number.chars().all(|c| c.is_ascii_digit())
    });
    !rest.is_empty() && (says_so || is_counted)
}

fn name(path: &Path) -> &OsStr {
    path.file_name().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_conflicted_copies_are_told() {
        let journal = Path::new("/home/a/journal.db");
        for name in [
            "journal (conflicted copy 2026-11-22 101112).db",
            "journal (Anna's conflicted copy 2026-11-22).db",
            "journal (laptop's conflicted copy 2026-11-22 (1)).db",
            "journal (In Konflikt stehende Kopie von Anna 2026-11-22).db",
            "journal (SFConflict anna@example.org 2026-11-22-10-11-12).db",
            "journal.sync-conflict-20261122-101112-ABCDEFG.db",
            "journal_conflict-20261122-101112.db",
            "journal 2.db",
            "journal (1).db",
        ] {
            assert!(is_conflicted_copy(name, journal), "{name}");
        }
        for name in [
            "journal.db",
            "journal 2026-11-22.db",
            "journal-2026-11-26.db",
            "journal.txt",
            "journal (conflicted copy).txt",
            "other (conflicted copy 2026-11-22 101112).db",
            "journal x.db",
        ] {
            assert!(!is_conflicted_copy(name, journal), "{name}");
        }
    }

    #[test]
    fn a_folder_that_is_synced_is_known_by_its_name_or_by_what_is_in_it() {
        use SyncProgram::{Dropbox, GoogleDrive, ICloud, Nextcloud, OneDrive, Resilio, Syncthing};
        for (path, by) in [
            ("/home/a/Dropbox/dwell/journal.db", Dropbox),
            ("/home/a/Dropbox (Personal)/journal.db", Dropbox),
            ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/journal.db", ICloud),
            ("/Users/a/Library/CloudStorage/GoogleDrive-a@b.org/My Drive/journal.db", GoogleDrive),
            ("/Users/a/Library/CloudStorage/OneDrive-Personal/journal.db", OneDrive),
            ("/home/a/OneDrive - Company/journal.db", OneDrive),
            ("/home/a/Google Drive/journal.db", GoogleDrive),
            ("/home/a/Nextcloud/x/y/journal.db", Nextcloud),
        ] {
            assert_eq!(synced(Path::new(path)).map(|(_, by)| by), Some(by), "{path}");
        }
        for path in ["/home/a/.local/share/dwell/journal.db", "/home/a/Dropboxes/journal.db"] {
            assert_eq!(synced(Path::new(path)), None, "{path}");
        }
        for (mark, by) in [
            (".stfolder", Syncthing),
            (".sync_0123456789ab.db", Nextcloud),
            ("._sync_0123456789ab.db", Nextcloud),
            (".dropbox", Dropbox),
            (".sync/ID", Resilio),
        ] {
            let home = tempfile::tempdir().expect("a folder");
            let inner = home.path().join("notes/dwell");
            platform::create_private_folder(&inner).expect("made");
            let mark = home.path().join(mark);
            platform::create_private_folder(mark.parent().expect("a parent")).expect("made");
            fs::write(&mark, "").expect("written");
            let found = synced(&inner.join("journal.db"));
            assert_eq!(found, Some((home.path().to_owned(), by)), "{}", mark.display());
        }
    }
}
