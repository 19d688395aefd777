//! Drafts: texts that are not saved as a reflection yet, each in a file.
//!
//! A draft is a plain text file in a private folder. Its name has its day and its journal. It is
//! written while the person types, or opened by an editor, and removed only after its text was
//! saved. A draft that another process of dwell is writing is locked and not touched. A failure is
//! a [`DraftError`] with the file and the cause; `messages` has the sentence for a person.

pub mod editor_file;

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::clock;
use crate::journal::entry::reflection::LARGEST;
use crate::journal::{Day, Moment};
use crate::platform;
use crate::text::is_blank;

/// The drafts that belong to one journal.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
    /// Eight hexadecimal digits from the journal's path, which all its drafts have in their names.
    journal: String,
}

impl Drafts {
    /// The drafts in this folder that belong to the journal at `journal`.
    pub fn new(folder: PathBuf, journal: &Path) -> Self {
        let digest = Sha256::digest(journal.as_os_str().as_encoded_bytes());
        let (a, b, c, d) = (digest[0], digest[1], digest[2], digest[3]);
        let journal = format!("{a:02x}{b:02x}{c:02x}{d:02x}");
        Self { folder, journal }
    }

    /// Begins an empty draft for a day. `at` is the present moment; newer drafts are found first.
    ///
    /// Errors if the folder or the file cannot be created.
    pub fn begin(&self, day: Day, purpose: Purpose, at: Moment) -> Result<Draft, DraftError> {
        platform::create_private_folder(&self.folder).map_err(DraftError::at(&self.folder))?;
        let ending = purpose.ending();
        let name = format!("{day}.{}.{}{ending}", self.journal, clock::time_id(at));
        let path = self.folder.join(name);
        let file = platform::create_private_file(&path).map_err(DraftError::at(&path))?;
        // Some file systems have no locks. There, every draft seems to be free.
        let _ = file.try_lock();
        Ok(Draft { day, purpose, path, file })
    }

    /// Saves a text as a new draft that survives a power cut, and returns its file. The text may be
    /// any bytes; they are saved unchanged.
    ///
    /// Errors if the draft cannot be created or written; the caller then has the only copy.
    pub fn keep(
        &self,
        day: Day,
        purpose: Purpose,
        at: Moment,
        text: &[u8],
    ) -> Result<PathBuf, DraftError> {
        let mut draft = self.begin(day, purpose, at)?;
        draft.write(text)?;
        draft.sync()?;
        Ok(draft.path)
    }

    /// The newest draft that no process is writing and that has words, with its text; `None` if
    /// there is none. Removes drafts that have been empty for a week.
    ///
    /// Errors if the folder exists and cannot be read. Ignores a draft that cannot be read.
    pub fn newest(&self, now: Moment) -> Result<Option<(Draft, String)>, DraftError> {
        let mut names: Vec<Name> = match fs::read_dir(&self.folder) {
            Ok(entries) => entries
                .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
                .filter_map(|name| self.read_name(name))
                .collect(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(DraftError::at(&self.folder)(error)),
        };
        // The ids sort by time.
        names.sort_by_key(|name| std::cmp::Reverse(name.id));
        for Name { name, day, id, purpose } in names {
            let path = self.folder.join(name);
            let Ok(mut file) = OpenOptions::new().read(true).write(true).open(&path) else {
                continue;
            };
            match file.try_lock() {
                Ok(()) | Err(TryLockError::Error(_)) => {}
                Err(TryLockError::WouldBlock) => continue,
            }
            editor_file::take_in(&path, &mut file);
            // The person was told about a draft that is not UTF-8 when it was saved.
            let Ok(text) = read_text(&file, &path) else { continue };
            if !is_blank(&text) {
                return Ok(Some((Draft { day, purpose, path, file }, text)));
            }
            // An open editor may still save into an empty draft.
            let began = id.get_timestamp().map_or(0, |time| time.to_unix().0.cast_signed());
            if now.timestamp() - began > 7 * 24 * 60 * 60 {
                let _ = fs::remove_file(&path);
            }
        }
        Ok(None)
    }

    /// The files of this journal's drafts for a day, in no order. Empty if the folder cannot be
    /// read.
    pub fn of_day(&self, day: Day) -> Vec<PathBuf> {
        let files = fs::read_dir(&self.folder).into_iter().flatten();
        let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
        let of_day = names.filter_map(|name| self.read_name(name)).filter(|name| name.day == day);
        of_day.map(|name| self.folder.join(name.name)).collect()
    }

    /// Removes the copies that editors have made of the drafts for a day, unless an editor still
    /// has one open. Words that it saved, and that no dwell was there to take, are in the draft
    /// then.
    pub fn remove_editor_copies(&self, day: Day) {
        for path in self.of_day(day) {
            let Ok(mut file) = OpenOptions::new().read(true).write(true).open(&path) else {
                continue;
            };
            if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
                editor_file::take_in(&path, &mut file);
                editor_file::remove_copies(&path);
            }
        }
    }

    /// Parses the file name of a draft of this journal; `None` for any other file.
    fn read_name(&self, name: String) -> Option<Name> {
        let (day, rest) = name.split_once('.')?;
        let rest = rest.strip_prefix(&self.journal)?.strip_prefix('.')?;
        let (id, ending) = rest.split_at_checked(36)?;
        let purpose = Purpose::ALL.into_iter().find(|purpose| purpose.ending() == ending)?;
        let (day, id) = (day.parse().ok()?, Uuid::parse_str(id).ok()?);
        Some(Name { name, day, id, purpose })
    }
}

/// The name of a draft's file, and its parts.
struct Name {
    name: String,
    day: Day,
    id: Uuid,
    purpose: Purpose,
}

/// What the text of a draft is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It is added to the text of the day.
    Add,
    /// It replaces the text of the day.
    Revise,
}

impl Purpose {
    const ALL: [Self; 2] = [Self::Add, Self::Revise];

    /// The end of the file name of a draft with this purpose.
    fn ending(self) -> &'static str {
        match self {
            Self::Add => ".md",
            Self::Revise => ".edit.md",
        }
    }
}

/// One draft. This process holds its lock until this value is dropped.
#[derive(Debug)]
pub struct Draft {
    /// The day whose reflection the text is for.
    pub day: Day,
    pub purpose: Purpose,
    path: PathBuf,
    file: File,
}

impl Draft {
    /// The draft's file, which an editor may open.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A second value for the same draft. Errors if the system cannot duplicate the handle of its
    /// file.
    pub fn try_clone(&self) -> Result<Self, DraftError> {
        let file = self.file.try_clone().map_err(DraftError::at(&self.path))?;
        Ok(Self { day: self.day, purpose: self.purpose, path: self.path.clone(), file })
    }

    /// Replaces the text in the draft. It survives the end of this process; after [`Draft::sync`]
    /// it also survives a power cut.
    ///
    /// Errors if the file cannot be written; it may then hold a part of the text.
    pub fn write(&mut self, text: &[u8]) -> Result<(), DraftError> {
        replace(&mut self.file, text).map_err(DraftError::at(&self.path))
    }

    /// Makes the last written text survive a power cut. Errors if the disk fails.
    pub fn sync(&self) -> Result<(), DraftError> {
        let folder = self.path.parent();
        let synced =
            self.file.sync_all().and_then(|()| folder.map_or(Ok(()), platform::sync_folder));
        synced.map_err(DraftError::at(&self.path))
    }

    /// Reads the draft again by its path: an editor may have replaced the file. If an editor
    /// removed the file, it is created again with its old text.
    ///
    /// Errors if the file cannot be read, is not UTF-8 or is too large. The file is not changed
    /// then.
    pub fn read_again(&mut self) -> Result<String, DraftError> {
        let file = match OpenOptions::new().read(true).write(true).open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return self.create_again(),
            opened => opened.map_err(DraftError::at(&self.path))?,
        };
        let text = read_text(&file, &self.path)?;
        // The old handle must be closed before the new one can be locked.
        self.file = file;
        let _ = self.file.try_lock();
        Ok(text)
    }

    /// Creates a removed file again, with its text, which the old handle can still read.
    fn create_again(&mut self) -> Result<String, DraftError> {
        self.file.rewind().map_err(DraftError::at(&self.path))?;
        let text = read_text(&self.file, &self.path)?;
        self.file =
            platform::create_private_file(&self.path).map_err(DraftError::at(&self.path))?;
        let _ = self.file.try_lock();
        self.write(text.as_bytes())?;
        Ok(text)
    }

    /// Removes the draft, after its text was saved or rejected. Errors if it exists and cannot be
    /// removed.
    pub fn discard(&self) -> Result<(), DraftError> {
        editor_file::remove_copies(&self.path);
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(DraftError::at(&self.path)(error))
            }
            _ => Ok(()),
        }
    }

    /// The same draft with a handle that cannot write.
    #[cfg(test)]
    pub(crate) fn made_read_only(self) -> Self {
        let file = File::open(&self.path).expect("a draft's file");
        Self { file, ..self }
    }
}

/// Why a draft could not be read or written.
#[derive(Debug)]
pub enum DraftError {
    /// The system failed to read or write this file or folder.
    Io { path: PathBuf, source: io::Error },
    /// The text in the file has more than [`LARGEST`] bytes.
    TooLarge { path: PathBuf },
    /// The text in the file is not UTF-8. It is not converted, because that would replace words
    /// that the person wrote.
    NotUtf8 { path: PathBuf },
}

impl DraftError {
    /// Adds the path to a failure of the system.
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

/// For logs and tests. `messages` has the sentence for a person.
impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for DraftError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::TooLarge { .. } | Self::NotUtf8 { .. } => None,
        }
    }
}

/// Replaces the text in a file. It is overwritten first and then cut to its length, so that the
/// words are never missing.
fn replace(file: &mut File, text: &[u8]) -> io::Result<()> {
    file.rewind()?;
    file.write_all(text)?;
    file.set_len(text.len() as u64)
}

/// The text of a file from the position of its handle. Errors like [`Draft::read_again`].
fn read_text(file: &File, path: &Path) -> Result<String, DraftError> {
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(DraftError::at(path))?;
    if bytes.len() as u64 > LARGEST {
        return Err(DraftError::TooLarge { path: path.to_owned() });
    }
    String::from_utf8(bytes).map_err(|_| DraftError::NotUtf8 { path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::testing::{at, day};

    #[test]
    fn the_newest_draft_of_this_journal_is_found_and_no_other() {
        let home = tempfile::tempdir().expect("a folder");
        let drafts = Drafts::new(home.path().join("drafts"), Path::new("/a/journal.db"));
        let others = Drafts::new(home.path().join("drafts"), Path::new("/b/journal.db"));
        assert!(drafts.newest(at("2026-11-25T10:00:00Z")).expect("readable").is_none());
        // The newer draft may be for an older day.
        for (on, text, when) in [
            ("2026-11-22", "older", "2026-11-22T10:00:00Z"),
            ("2026-11-01", "newer", "2026-11-23T10:00:00Z"),
        ] {
            drafts.keep(day(on), Purpose::Add, at(when), text.as_bytes()).expect("kept");
        }
        others
            .keep(day("2026-11-24"), Purpose::Add, at("2026-11-24T10:00:00Z"), b"theirs")
            .expect("kept");
        let (draft, text) =
            drafts.newest(at("2026-11-25T10:00:00Z")).expect("readable").expect("a draft");
        assert_eq!((draft.day, text.as_str()), (day("2026-11-01"), "newer"));
        draft.discard().expect("removed");
        let (_, text) =
            drafts.newest(at("2026-11-25T10:00:00Z")).expect("readable").expect("a draft");
        assert_eq!(text, "older");
    }

    #[test]
    fn a_draft_that_is_being_written_is_not_found() {
        let home = tempfile::tempdir().expect("a folder");
        let drafts = Drafts::new(home.path().to_owned(), Path::new("/a/journal.db"));
        let mut held = drafts
            .begin(day("2026-11-22"), Purpose::Revise, at("2026-11-22T10:00:00Z"))
            .expect("begun");
        held.write(b"half a sen").expect("written");
        assert!(drafts.newest(at("2026-11-25T10:00:00Z")).expect("readable").is_none());
        drop(held);
        let (_, text) =
            drafts.newest(at("2026-11-25T10:00:00Z")).expect("readable").expect("a draft");
        assert_eq!(text, "half a sen");
    }

    #[test]
    fn a_shorter_text_leaves_nothing_of_the_longer_one() {
        let home = tempfile::tempdir().expect("a folder");
        let drafts = Drafts::new(home.path().to_owned(), Path::new("j"));
        let mut draft = drafts
            .begin(day("2026-11-22"), Purpose::Revise, at("2026-11-22T10:00:00Z"))
            .expect("begun");
        draft.write("länger".as_bytes()).expect("written");
        draft.write(b"kurz").expect("written");
        assert_eq!(draft.read_again().expect("read"), "kurz");
        let later = at("2026-11-25T10:00:00Z");
        assert!(drafts.newest(later).expect("readable").is_none(), "it is still held");
    }

    #[test]
    fn a_file_that_an_editor_replaced_is_read_by_its_path() {
        let home = tempfile::tempdir().expect("a folder");
        let drafts = Drafts::new(home.path().to_owned(), Path::new("j"));
        let mut draft = drafts
            .begin(day("2026-11-22"), Purpose::Revise, at("2026-11-22T10:00:00Z"))
            .expect("begun");
        let other = home.path().join("new");
        fs::write(&other, "ersetzt").expect("written");
        fs::rename(&other, draft.path()).expect("renamed");
        assert_eq!(draft.read_again().expect("read"), "ersetzt");
    }

    #[test]
    fn a_draft_that_an_editor_removed_is_created_again_with_its_words() {
        let home = tempfile::tempdir().expect("a folder");
        let drafts = Drafts::new(home.path().to_owned(), Path::new("j"));
        let (on, when) = (day("2026-11-22"), at("2026-11-22T10:00:00Z"));
        let mut draft = drafts.begin(on, Purpose::Add, when).expect("begun");
        draft.write(b"words").expect("written");
        fs::remove_file(draft.path()).expect("removed");
        assert_eq!(draft.read_again().expect("read"), "words");
        assert_eq!(fs::read(draft.path()).expect("read"), b"words");
    }

    #[test]
    fn an_error_has_its_kind_its_file_and_its_cause() {
        use std::error::Error as _;
        let home = tempfile::tempdir().expect("a folder");
        let taken = home.path().join("taken");
        fs::write(&taken, "a file, not a folder").expect("written");
        let (on, when) = (day("2026-11-22"), at("2026-11-22T10:00:00Z"));
        let error = Drafts::new(taken.clone(), Path::new("j")).begin(on, Purpose::Add, when);
        let error = error.expect_err("a file is no folder");
        assert!(matches!(&error, DraftError::Io { path, .. } if *path == taken), "{error}");
        assert!(error.source().is_some());
        let drafts = Drafts::new(home.path().join("drafts"), Path::new("j"));
        let mut draft = drafts.begin(on, Purpose::Add, when).expect("begun");
        fs::write(draft.path(), b"caf\xe9").expect("written");
        assert!(matches!(draft.read_again(), Err(DraftError::NotUtf8 { .. })));
        draft.write(&vec![b'a'; 1 + usize::try_from(LARGEST).expect("fits")]).expect("written");
        assert!(matches!(draft.read_again(), Err(DraftError::TooLarge { .. })));
        let mut draft = draft.made_read_only();
        assert!(matches!(draft.write(b"words"), Err(DraftError::Io { .. })));
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_saved_unchanged_and_not_found_as_a_draft() {
        let home = tempfile::tempdir().expect("a folder");
        let drafts = Drafts::new(home.path().to_owned(), Path::new("j"));
        let (on, when) = (day("2026-11-22"), at("2026-11-22T10:00:00Z"));
        let path = drafts.keep(on, Purpose::Add, when, b"caf\xe9").expect("kept");
        assert!(drafts.newest(when).expect("readable").is_none());
        assert_eq!(fs::read(path).expect("read"), b"caf\xe9");
    }
}
