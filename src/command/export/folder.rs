//! The folder of Markdown files: a file a day, in a folder for each year, and a file that tells a
//! stranger how to read them.
//!
//! It is private where dwell makes it. A file is written only if there is none, or if it is as
//! dwell wrote it: what somebody else wrote or changed is left alone. Each file is whole at any
//! time.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::clock;
use crate::format::markdown::day;
use crate::format::markdown::seal::{self, Seal};
use crate::journal::{Day, Entry, Now};
use crate::messages::export;
use crate::platform::{self, Place};

/// A larger file is not one of dwell's: that of a day with the largest text is smaller.
const LARGEST: u64 = 256 << 20;

/// A folder that exists.
#[derive(Debug)]
pub struct Folder<'a> {
    root: &'a Path,
    now: Now,
}

/// What was done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was written, or removed.
    Renewed,
    /// It was as it should be.
    AsBefore,
    /// It was left alone: somebody changed it.
    Changed,
    /// It was left alone: dwell did not write it.
    NotOurs,
}

impl<'a> Folder<'a> {
    pub fn new(root: &'a Path, now: Now) -> Self {
        Self { root, now }
    }

    pub fn path(&self, day: Day) -> PathBuf {
        self.root.join(day::path(day))
    }

    /// Writes the file of a day.
    pub fn put(&self, entry: &Entry) -> io::Result<Outcome> {
        let text = day::file(entry);
        self.put_text(&self.path(entry.day), &text, |before| is_of_day(before, entry.day))
    }

    /// Removes the file of a day.
    pub fn remove(&self, day: Day) -> io::Result<Outcome> {
        let path = self.path(day);
        Ok(match there(&path)? {
            There::Nothing => Outcome::AsBefore,
            There::Whole(text) if is_of_day(&text, day) => {
                fs::remove_file(&path)?;
                Outcome::Renewed
            }
            There::Whole(_) | There::NotOurs => Outcome::NotOurs,
            There::Changed => Outcome::Changed,
        })
    }

    /// Writes the file that says what the others are, under a second name if somebody has a file of
    /// the first name, in upper or lower case. Removes what killed runs left beside it.
    pub fn put_readme(&self) -> io::Result<()> {
        platform::remove_unplaced(self.root);
        let text = seal::seal(format!("{}\n", export::FOLDER_README));
        let names: Vec<String> = fs::read_dir(self.root)?
            .filter_map(|file| Some(file.ok()?.file_name().to_string_lossy().into_owned()))
            .collect();
        for name in ["README.md", "README-dwell.md"] {
            let same = names.iter().find(|other| other.eq_ignore_ascii_case(name));
            if same.is_some_and(|other| other != name) {
                continue;
            }
            let written = self.put_text(&self.root.join(name), &text, |_| true)?;
            if written != Outcome::NotOurs {
                break;
            }
        }
        Ok(())
    }

    /// Removes what killed runs left among the files of a year.
    pub fn clear(&self, day: Day) {
        if let Some(year) = self.path(day).parent() {
            platform::remove_unplaced(year);
        }
    }

    fn put_text(
        &self,
        path: &Path,
        text: &str,
        is_same: impl Fn(&str) -> bool,
    ) -> io::Result<Outcome> {
        let place = match there(path)? {
            There::Nothing => Place::Free,
            There::Whole(before) if before == text => return Ok(Outcome::AsBefore),
            There::Whole(before) if is_same(&before) => Place::Taken,
            There::Whole(_) | There::NotOurs => return Ok(Outcome::NotOurs),
            There::Changed => return Ok(Outcome::Changed),
        };
        let put = || {
            let id = clock::time_id(self.now.at).to_string();
            platform::put_in_place(path, place, &id, text.as_bytes())
        };
        let put = put().or_else(|error| match (error.kind(), path.parent()) {
            (io::ErrorKind::NotFound, Some(year)) => {
                make_year(self.root, year).and_then(|()| put())
            }
            _ => Err(error),
        });
        match put {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Outcome::NotOurs),
            put => put.map(|()| Outcome::Renewed),
        }
    }
}

/// Makes the folder of a year. The folder of all years must be there: one that is away, as on a
/// disk that was taken out, is not made anew.
fn make_year(root: &Path, year: &Path) -> io::Result<()> {
    if !root.is_dir() {
        return Err(io::ErrorKind::NotFound.into());
    }
    platform::create_private_folder(year)
}

/// What is at the place of a file.
enum There {
    Nothing,
    /// A file as dwell wrote it.
    Whole(String),
    Changed,
    NotOurs,
}

fn there(path: &Path) -> io::Result<There> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(There::Nothing),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_file() => return Ok(There::NotOurs),
        // A power cut may leave a file without words in it.
        Ok(metadata) if metadata.len() == 0 => return Ok(There::Whole(String::new())),
        Ok(_) => {}
    }
    let text = match platform::read_text(path, LARGEST) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Err(error),
        Err(_) => return Ok(There::NotOurs),
        Ok(text) => text,
    };
    Ok(match seal::of(&text) {
        Seal::Whole => There::Whole(text),
        Seal::Broken => There::Changed,
        Seal::Missing => There::NotOurs,
    })
}

/// Whether a file that dwell wrote is that of a day, and not a copy of another.
fn is_of_day(text: &str, day: Day) -> bool {
    text.is_empty() || day::is_of(text, day)
}
