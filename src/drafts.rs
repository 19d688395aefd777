//! Drafts: words that are not yet saved as a reflection, kept in files of their own.
//!
//! A draft is a plain text file in a private folder, named for its day and its journal. It is
//! written as the person types, opened as it is by an editor, and removed only after the words in
//! it have been saved. A draft that another dwell is writing is locked and left alone. What can go
//! wrong is a [`DraftError`], which names the file and holds the cause; its words are found
//! elsewhere.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::journal::{Day, Moment};
use crate::platform;

/// The largest text that is read from a draft or an editor: 16 MiB.
pub const LARGEST: u64 = 16 << 20;

/// The drafts that belong to one journal.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
    /// Tells the drafts of one journal from those of another in the same folder.
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

    /// Begins an empty draft for a day. `at` makes its name sort after those of older drafts.
    ///
    /// Errors if the folder or the file in it cannot be created.
    pub fn begin(&self, day: Day, purpose: Purpose, at: Moment) -> Result<Draft, DraftError> {
        platform::create_private_folder(&self.folder).map_err(DraftError::at(&self.folder))?;
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        let (seconds, rest) = (millis / 1000, u32::try_from(millis % 1000).unwrap_or_default());
        let time = uuid::Timestamp::from_unix(uuid::NoContext, seconds, rest * 1_000_000);
        let ending = purpose.ending();
        let name = format!("{day}.{}.{}{ending}", self.journal, Uuid::new_v7(time));
        let path = self.folder.join(name);
        let file = platform::create_private_file(&path).map_err(DraftError::at(&path))?;
        // Some file systems know no locks; a draft there is one that nobody is known to write.
        let _ = file.try_lock();
        Ok(Draft { day, purpose, path, file })
    }

    /// Keeps a text as a new draft, safe from a power cut, and returns its file. The text is bytes:
    /// what is not UTF-8 is kept as it came.
    ///
    /// Errors if the draft cannot be begun or written; then the caller has the only copy.
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

    /// The newest draft that nobody is writing, with its text; `None` if there is none. Drafts that
    /// stayed empty for a week are removed.
    ///
    /// Errors if the folder is there and cannot be read. A draft that cannot be read is passed
    /// over.
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
            let Ok(file) = OpenOptions::new().read(true).write(true).open(&path) else { continue };
            match file.try_lock() {
                Ok(()) | Err(TryLockError::Error(_)) => {}
                Err(TryLockError::WouldBlock) => continue,
            }
            // One that is no text was named when it was kept.
            let Ok(text) = read_text(&file, &path) else { continue };
            if !text.trim().is_empty() {
                return Ok(Some((Draft { day, purpose, path, file }, text)));
            }
            // An editor in a window may still be about to save into an empty one.
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

    /// Takes the name of a draft of this journal apart; `None` for any other file.
    fn read_name(&self, name: String) -> Option<Name> {
        let (day, rest) = name.split_once('.')?;
        let rest = rest.strip_prefix(&self.journal)?.strip_prefix('.')?;
        let (id, ending) = rest.split_at_checked(36)?;
        let purpose = Purpose::ALL.into_iter().find(|purpose| purpose.ending() == ending)?;
        let (day, id) = (day.parse().ok()?, Uuid::parse_str(id).ok()?);
        Some(Name { name, day, id, purpose })
    }
}

/// The name of a draft's file, and what it says.
struct Name {
    name: String,
    day: Day,
    id: Uuid,
    purpose: Purpose,
}

/// What the words in a draft are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be added to what the day has.
    Add,
    /// To take the place of what the day has.
    Revise,
}

impl Purpose {
    const ALL: [Self; 2] = [Self::Add, Self::Revise];

    /// How the name of a draft with this purpose ends.
    fn ending(self) -> &'static str {
        match self {
            Self::Add => ".md",
            Self::Revise => ".edit.md",
        }
    }
}

/// One draft, held by this process until it is dropped.
#[derive(Debug)]
pub struct Draft {
    /// The day whose reflection the words are for.
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

    /// A second hold on the same draft. Errors if the system gives no second handle of the file.
    pub fn try_clone(&self) -> Result<Self, DraftError> {
        let file = self.file.try_clone().map_err(DraftError::at(&self.path))?;
        Ok(Self { day: self.day, purpose: self.purpose, path: self.path.clone(), file })
    }

    /// Replaces the text in the draft. It outlives this process; [`Draft::sync`] makes it outlive a
    /// power cut.
    ///
    /// Errors if the file cannot be written; it may then hold a part of the text.
    pub fn write(&mut self, text: &[u8]) -> Result<(), DraftError> {
        // Written over and then cut to length, so that no moment has fewer words than before.
        let written = self
            .file
            .rewind()
            .and_then(|()| self.file.write_all(text))
            .and_then(|()| self.file.set_len(text.len() as u64));
        written.map_err(DraftError::at(&self.path))
    }

    /// Makes the draft, as it was last written, outlive a power cut. Errors if the disk says no.
    pub fn sync(&self) -> Result<(), DraftError> {
        let folder = self.path.parent();
        let synced =
            self.file.sync_all().and_then(|()| folder.map_or(Ok(()), platform::sync_folder));
        synced.map_err(DraftError::at(&self.path))
    }

    /// Reads the draft by its path again: an editor may have put another file in its place. A file
    /// that an editor has removed is made anew with the text it had.
    ///
    /// Errors if the file cannot be read, is not UTF-8 or is too large. The file keeps what it
    /// holds.
    pub fn read_again(&mut self) -> Result<String, DraftError> {
        let file = match OpenOptions::new().read(true).write(true).open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return self.make_anew(),
            opened => opened.map_err(DraftError::at(&self.path))?,
        };
        let text = read_text(&file, &self.path)?;
        // The old file's lock must have gone before the new one can be taken.
        self.file = file;
        let _ = self.file.try_lock();
        Ok(text)
    }

    /// Makes a file that was removed anew, with the text that is still read through the old handle.
    fn make_anew(&mut self) -> Result<String, DraftError> {
        self.file.rewind().map_err(DraftError::at(&self.path))?;
        let text = read_text(&self.file, &self.path)?;
        self.file =
            platform::create_private_file(&self.path).map_err(DraftError::at(&self.path))?;
        let _ = self.file.try_lock();
        self.write(text.as_bytes())?;
        Ok(text)
    }

    /// Removes the draft, once its words are saved elsewhere or are not wanted. One that is gone
    /// already is no error; one that cannot be removed is.
    pub fn discard(&self) -> Result<(), DraftError> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(DraftError::at(&self.path)(error))
            }
            _ => Ok(()),
        }
    }

    /// The same draft, with a file that cannot be written any more.
    #[cfg(test)]
    pub(crate) fn made_read_only(self) -> Self {
        let file = File::open(&self.path).expect("a draft's file");
        Self { file, ..self }
    }
}

/// Why a draft could not be read or written. Its file holds what it held.
#[derive(Debug)]
pub enum DraftError {
    /// The system failed at this file or folder.
    Io { path: PathBuf, source: io::Error },
    /// The text in the file is over [`LARGEST`] bytes.
    TooLarge { path: PathBuf },
    /// The text in the file is not UTF-8. A text that was made to fit would take the place of what
    /// was written.
    NotUtf8 { path: PathBuf },
}

impl DraftError {
    /// Gives a failure of the system the path that it was met at.
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

/// For engineers: the type as it stands. A person is told in the words of the edge.
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

/// The text in a file from where its handle stands. Errors as [`Draft::read_again`] does.
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

    fn at(text: &str) -> Moment {
        Moment::parse_from_rfc3339(text).expect("a time")
    }

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn the_newest_draft_of_this_journal_comes_back_and_no_other() {
        let home = tempfile::tempdir().expect("a folder");
        let drafts = Drafts::new(home.path().join("drafts"), Path::new("/a/journal.db"));
        let others = Drafts::new(home.path().join("drafts"), Path::new("/b/journal.db"));
        assert!(drafts.newest(at("2026-11-25T10:00:00Z")).expect("readable").is_none());
        // A late entry for an older day is still the newer draft.
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
    fn a_draft_that_is_being_written_is_left_alone() {
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
    fn an_editor_that_replaces_the_file_is_read_by_its_path() {
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
    fn a_draft_that_an_editor_removed_is_there_again_with_its_words() {
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
    fn what_goes_wrong_is_told_by_kind_with_the_file_and_the_cause() {
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
    fn bytes_that_are_no_text_are_kept_as_they_are_and_not_offered_as_words() {
        let home = tempfile::tempdir().expect("a folder");
        let drafts = Drafts::new(home.path().to_owned(), Path::new("j"));
        let (on, when) = (day("2026-11-22"), at("2026-11-22T10:00:00Z"));
        let path = drafts.keep(on, Purpose::Add, when, b"caf\xe9").expect("kept");
        assert!(drafts.newest(when).expect("readable").is_none());
        assert_eq!(fs::read(path).expect("read"), b"caf\xe9");
    }
}
