//! The file that an editor opens on a draft, in a private folder of its own beside the draft.
//!
//! Editors leave copies of a text beside it: backups, swap files, undo files. Here they lie in the
//! folder and go with it. Below the text may stand something to read, under a line that begins what
//! is left out. While the editor runs, it holds the lock of the draft together with dwell. If dwell
//! ends first, the next one finds the folder by the name of the draft and takes the text from it.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::drafts::sealing::Sealing;
use crate::drafts::{Draft, DraftError};
use crate::platform;
use crate::seal;

/// The file in the folder that says how the edited file is named and how its line of the cut reads.
const NOTE: &str = ".dwell";

/// What stands below the text.
#[derive(Debug, Clone)]
pub struct Below {
    /// The line above it. If the text holds such a line, this one gets more dashes.
    pub line: String,
    /// What there is to read.
    pub text: String,
}

/// A file for an editor.
#[derive(Debug)]
pub struct EditorFile {
    place: EditorPlace,
    name: String,
    below: Option<Below>,
}

impl EditorFile {
    /// Creates the file with a text, and lets the programs that are started from now on hold the
    /// lock of the draft. Errors if the file cannot be written.
    pub fn create(
        draft: &Draft,
        name: &str,
        text: &str,
        below: Option<Below>,
    ) -> Result<Self, DraftError> {
        let below = below.map(|below| Below { line: unlike(below.line, text), ..below });
        let file = Self { place: draft.editor_place(), name: name.to_owned(), below };
        file.write(text).map_err(DraftError::at(&file.path()))?;
        platform::share_with_children(&draft.file, true);
        Ok(file)
    }

    /// The file that the editor opens.
    pub fn path(&self) -> PathBuf {
        self.place.folder.join(&self.name)
    }

    /// Copies the text, without what stands below it, into the draft. An editor that removed the
    /// file changed nothing. Errors if one of the files cannot be read or written.
    pub fn copy_into(&self, draft: &mut Draft) -> Result<(), DraftError> {
        let path = self.path();
        let line = self.below.as_ref().map(|below| below.line.as_str());
        match read(&path) {
            Ok(bytes) => {
                draft.write(above(&bytes, line))?;
                draft.sync()
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(DraftError::at(&path)(error)),
        }
    }

    /// The lines that somebody has added below the cut.
    pub fn added_below(&self) -> Vec<String> {
        let (Some(below), Ok(bytes)) = (&self.below, read(&self.path())) else {
            return Vec::new();
        };
        let Some(cut) = cut(&bytes, &below.line) else { return Vec::new() };
        let text = String::from_utf8_lossy(&bytes[cut..]);
        let is_ours = |line: &str| below.text.lines().any(|ours| ours.trim() == line.trim());
        let added = text.lines().skip(1).filter(|line| !line.trim().is_empty() && !is_ours(line));
        added.map(str::to_owned).collect()
    }

    /// Removes the folder, with the copies that the editor made, and takes the lock of the draft
    /// from the editor.
    pub fn remove(self, draft: &mut Draft) {
        platform::share_with_children(&draft.file, false);
        // A program that the editor left behind shares the lock with the old handle. A sealed draft
        // has a new one since its text was taken.
        if draft.sealed.is_none()
            && let Ok(file) = platform::open_own_file(&draft.path)
        {
            let _ = draft.file.unlock();
            draft.file = file;
            let _ = draft.file.try_lock();
        }
        self.place.remove_copies();
    }

    fn write(&self, text: &str) -> io::Result<()> {
        let folder = &self.place.folder;
        platform::create_private_folder(folder)?;
        let mut content = text.to_owned();
        if !content.is_empty() && !content.ends_with('\n') {
            // A text file ends with a line break; without it, appended words would continue the
            // last line.
            content.push('\n');
        }
        let mut note = self.name.clone();
        if let Some(below) = &self.below {
            if content.is_empty() {
                content.push('\n');
            }
            content.push_str(&format!("\n{}\n{}", below.line, below.text));
            note.push_str(&format!("\n{}", below.line));
        }
        for (name, content) in [(NOTE, note), (&self.name, content)] {
            let path = folder.join(name);
            let _ = fs::remove_file(&path);
            platform::create_private_file(&path)?.write_all(content.as_bytes())?;
        }
        Ok(())
    }
}

/// Where an editor opens a copy of a draft: beside it, or in memory if the draft is sealed.
#[derive(Debug, Clone)]
pub(super) struct EditorPlace {
    folder: PathBuf,
    /// What is removed there is overwritten too.
    is_sealed: bool,
}

impl EditorPlace {
    /// The place for the draft at this path.
    pub(super) fn of(draft: &Path, sealing: Option<&Sealing>) -> Self {
        let beside = platform::beside(draft, ".editor");
        let in_memory = sealing.and_then(|sealing| sealing.editors.as_ref());
        let folder = match (in_memory, beside.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => beside,
        };
        Self { folder, is_sealed: sealing.is_some() }
    }

    /// The text that an editor has left whose dwell has ended; `None` if there is none.
    pub(super) fn left_text(&self) -> Option<Vec<u8>> {
        let note = fs::read_to_string(self.folder.join(NOTE)).ok()?;
        let mut lines = note.lines();
        let bytes = read(&self.folder.join(lines.next()?)).ok()?;
        Some(above(&bytes, lines.next()).to_vec())
    }

    /// Removes the file of that text, which is in the draft now. Copies that the editor made stay,
    /// because a swap file may have words that no other file has.
    pub(super) fn remove_left_text(&self) {
        let note = fs::read_to_string(self.folder.join(NOTE)).unwrap_or_default();
        for name in note.lines().next().into_iter().chain([NOTE]) {
            self.remove_file(&self.folder.join(name));
        }
        let _ = fs::remove_dir(&self.folder);
    }

    /// Removes the folder with all copies that an editor made.
    pub(super) fn remove_copies(&self) {
        if self.is_sealed {
            for file in fs::read_dir(&self.folder).into_iter().flatten().filter_map(Result::ok) {
                self.remove_file(&file.path());
            }
        }
        let _ = fs::remove_dir_all(&self.folder);
    }

    /// The same, and overwrites what they held.
    pub(super) fn erase_copies(self) {
        Self { is_sealed: true, ..self }.remove_copies();
    }

    fn remove_file(&self, path: &Path) {
        let _ = if self.is_sealed { seal::erase(path) } else { fs::remove_file(path) };
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    platform::open_file(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The line, with more dashes in front of it if the text has such a line.
fn unlike(mut line: String, text: &str) -> String {
    while cut(text.as_bytes(), &line).is_some() {
        line.insert(0, '-');
    }
    line
}

/// What stands above the cut; all bytes if there is none.
fn above<'a>(bytes: &'a [u8], line: Option<&str>) -> &'a [u8] {
    match line.and_then(|line| cut(bytes, line)) {
        // Without the empty line in front of the cut, which an editor may end with \r\n.
        Some(at) if bytes[..at].ends_with(b"\n\r\n") => &bytes[..at - 2],
        Some(at) => bytes[..at].strip_suffix(b"\n").unwrap_or_default(),
        None => bytes,
    }
}

/// The place at which the last such line begins, alone on its line.
fn cut(bytes: &[u8], line: &str) -> Option<usize> {
    let mut end = bytes.len();
    for part in bytes.split(|byte| *byte == b'\n').rev() {
        let start = end - part.len();
        if part.strip_suffix(b"\r").unwrap_or(part) == line.as_bytes() {
            return Some(start);
        }
        end = start.saturating_sub(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::{Drafts, Extras, JournalPlace, Label, Purpose};
    use crate::journal::testing::{at, day};

    const LINE: &str = "---- the line";

    fn below() -> Below {
        Below { line: LINE.to_owned(), text: "A question?\nA story.\n".to_owned() }
    }

    fn drafts(home: &tempfile::TempDir) -> Drafts {
        let journal = JournalPlace::new(&home.path().join("journal.db"), None);
        Drafts::new(home.path().join("drafts"), Some(journal))
    }

    fn begun(drafts: &Drafts, text: &str) -> Draft {
        let label = Label {
            day: Some(day("2026-11-22")),
            purpose: Purpose::Revise,
            extras: Extras::default(),
        };
        let mut draft = drafts.begin(&label, at("2026-11-22T10:00:00Z")).expect("begun");
        draft.write(text.as_bytes()).expect("written");
        draft
    }

    fn open(draft: &Draft, text: &str) -> EditorFile {
        EditorFile::create(draft, "2026-11-22-title.md", text, Some(below())).expect("created")
    }

    #[test]
    fn only_the_words_above_the_line_come_back_and_each_byte_of_them() {
        let home = tempfile::tempdir().expect("a folder");
        for (text, change, wanted) in [
            ("", "", "\n"),
            ("words", "", "words\n"),
            ("  a \r\n\n\nb\n\n", "", "  a \r\n\n\nb\n\n"),
            // The words hold such a line themselves, and others that are only like it.
            ("a\n---- the line\nb\n", "", "a\n---- the line\nb\n"),
            (
                "a\n ---- the line\n---- the line.\nb\n",
                "",
                "a\n ---- the line\n---- the line.\nb\n",
            ),
            ("a\n", "typed\n---- the line\n", "typed\n---- the line\na\n"),
        ] {
            let mut draft = begun(&drafts(&home), text);
            let file = open(&draft, text);
            let content = fs::read_to_string(file.path()).expect("read");
            assert!(content.contains("A question?"), "{content}");
            fs::write(file.path(), format!("{change}{content}")).expect("written");
            file.copy_into(&mut draft).expect("copied");
            assert_eq!(draft.read_again().expect("read"), wanted, "{text:?}");
            file.remove(&mut draft);
            draft.discard().expect("removed");
        }
        assert_eq!(fs::read_dir(home.path().join("drafts")).expect("listed").count(), 0);
    }

    #[test]
    fn a_text_without_the_line_is_taken_whole_and_bytes_stay_bytes() {
        let home = tempfile::tempdir().expect("a folder");
        let mut draft = begun(&drafts(&home), "old");
        let file = open(&draft, "old");
        fs::write(file.path(), b"new \xff\n").expect("written");
        file.copy_into(&mut draft).expect("copied");
        assert_eq!(fs::read(draft.path()).expect("read"), b"new \xff\n");
        fs::write(file.path(), "a\r\n\r\n---- the line\r\nA question?\r\n").expect("written");
        file.copy_into(&mut draft).expect("copied");
        assert_eq!(fs::read(draft.path()).expect("read"), b"a\r\n");
    }

    #[test]
    fn what_is_added_below_the_line_is_known() {
        let home = tempfile::tempdir().expect("a folder");
        let draft = begun(&drafts(&home), "old");
        let file = open(&draft, "old");
        assert!(file.added_below().is_empty());
        let content = fs::read_to_string(file.path()).expect("read");
        fs::write(file.path(), format!("{content}\nmine\n")).expect("written");
        assert_eq!(file.added_below(), ["mine"]);
    }

    #[test]
    fn the_copies_of_an_editor_go_with_the_folder_and_the_folder_is_private() {
        let home = tempfile::tempdir().expect("a folder");
        let mut draft = begun(&drafts(&home), "words");
        let file = open(&draft, "words");
        let folder = file.path().parent().expect("a folder").to_owned();
        for copy in ["2026-11-22-title.md~", ".2026-11-22-title.md.swp", "#2026-11-22-title.md#"] {
            fs::write(folder.join(copy), "words").expect("written");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
            assert_eq!((mode(&folder) & 0o777, mode(&file.path()) & 0o777), (0o700, 0o600));
        }
        file.remove(&mut draft);
        assert!(!folder.exists());
        assert_eq!(draft.read_again().expect("read"), "words");
    }

    #[test]
    fn words_that_an_editor_saved_before_dwell_was_killed_are_in_the_draft() {
        let home = tempfile::tempdir().expect("a folder");
        let drafts = drafts(&home);
        let draft = begun(&drafts, "old");
        let file = open(&draft, "old");
        let content = fs::read_to_string(file.path()).expect("read");
        fs::write(file.path(), content.replace("old", "new words")).expect("written");
        let swap = file.path().with_file_name(".2026-11-22-title.md.swp");
        fs::write(&swap, "newer words").expect("written");
        drop(draft);
        let found = drafts.newest(at("2026-11-25T10:00:00Z")).expect("readable");
        let (draft, text) = found.newest.expect("a draft");
        assert_eq!(text, "new words\n");
        assert!(swap.exists(), "it may have words that no other file has");
        draft.discard().expect("removed");
        assert!(!swap.exists());
    }
}
