//! Drafts: texts that are not saved in the journal yet, each in a file.
//!
//! A draft is a plain text file in a private folder. Its name has its day, its journal and what the
//! text is to become. A small file beside it has the rest: the journal's path and id, a next step,
//! when the lesson comes again. A draft is written while the person types, or opened by an editor,
//! and removed only after its text was saved. A draft that another process of dwell is writing is
//! locked and not touched. A failure is a [`DraftError`] with the file and the cause; `messages`
//! has the sentence for a person.

mod draft;
pub mod editor_file;
mod error;
mod file;
mod label;
mod left;
mod locking;
mod name;
mod note;
mod place;
mod sealing;

#[cfg(test)]
mod tests;

use std::fs::{self, File, TryLockError};
use std::io::{self, Seek};
use std::path::PathBuf;

use uuid::Uuid;

use crate::clock;
use crate::journal::{Day, Moment};
use crate::platform;
use crate::seal::{self, Zeroizing};
use crate::text::is_blank;
use draft::SealedText;
use name::Name;
use note::Note;
use place::{NO_JOURNAL, Relation};

pub use draft::Draft;
pub use error::DraftError;
pub use label::{Extras, Label, Purpose};
pub use left::LeftDraft;
pub use place::JournalPlace;
pub use sealing::Sealing;

/// The drafts that belong to one journal.
#[derive(Debug, Clone)]
pub struct Drafts {
    folder: PathBuf,
    /// `None` if it is not known which journal was meant.
    journal: Option<JournalPlace>,
    /// How they are sealed; `None` if the journal is not locked.
    sealing: Option<Sealing>,
}

/// What [`Drafts::newest`] found.
#[derive(Debug)]
pub struct FoundDrafts {
    /// The newest draft that has words and that no process is writing, with its text. The text is
    /// blank if nothing but a next step was written.
    pub newest: Option<(Draft, String)>,
    /// Why each draft that cannot be read was passed over.
    pub unreadable: Vec<DraftError>,
}

impl Drafts {
    /// The drafts in this folder that belong to this journal.
    pub fn new(folder: PathBuf, journal: Option<JournalPlace>) -> Self {
        Self { folder, journal, sealing: None }
    }

    /// The same of a locked journal.
    #[must_use]
    pub fn sealed(self, sealing: Option<Sealing>) -> Self {
        Self { sealing, ..self }
    }

    /// Begins an empty draft. `at` is the present moment; newer drafts are found first.
    ///
    /// Errors if the folder or a file cannot be created.
    pub fn begin(&self, label: &Label, at: Moment) -> Result<Draft, DraftError> {
        let (name, file) = self.create(label, at)?;
        if let Err(error) = self.write_note(&name, label) {
            let _ = fs::remove_file(name.text_file(&self.folder));
            return Err(error);
        }
        Ok(Draft::new(&name, &self.folder, label.extras.clone(), file, self.sealed_text()))
    }

    /// Saves a text as a new draft that survives a power cut, and returns its file. The text may be
    /// any bytes; they are saved unchanged.
    ///
    /// Errors if not all of it can be saved; the caller then has the only copy.
    pub fn keep(&self, label: &Label, at: Moment, text: &[u8]) -> Result<Draft, DraftError> {
        let (name, file) = self.create(label, at)?;
        // The words first: they count more than what stands beside them.
        let extras = label.extras.clone();
        let mut draft = Draft::new(&name, &self.folder, extras, file, self.sealed_text());
        draft.write(text)?;
        let noted = self.write_note(&name, label);
        draft.sync()?;
        if label.extras.is_empty() { Ok(draft) } else { noted.map(|()| draft) }
    }

    fn create(&self, label: &Label, at: Moment) -> Result<(Name, File), DraftError> {
        file::create_folder(&self.folder).map_err(DraftError::at(&self.folder))?;
        let key = self.journal.as_ref().map_or(NO_JOURNAL, JournalPlace::key).to_owned();
        let (id, is_sealed) = (clock::time_id(at), self.sealing.is_some());
        let name = Name { day: label.day, key, id, purpose: label.purpose, is_sealed };
        let path = name.text_file(&self.folder);
        let file = platform::create_private_file(&path).map_err(DraftError::at(&path))?;
        Ok((name, file))
    }

    fn write_note(&self, name: &Name, label: &Label) -> Result<(), DraftError> {
        let note = Note::new(self.journal.as_ref(), &label.extras);
        file::write_note(&name.note_file(&self.folder), &note, self.sealing.as_ref())
    }

    fn sealed_text(&self) -> Option<SealedText> {
        let sealing = self.sealing.clone()?;
        Some(SealedText { sealing, text: Zeroizing::default() })
    }

    /// The newest draft of this journal, not of a lesson, that no process is writing and that has words, or at least
    /// a next step; if there is none, the newest one whose journal is gone. Removes drafts that have been empty for a week.
    ///
    /// Errors if the folder exists and cannot be read.
    pub fn newest(&self, now: Moment) -> Result<FoundDrafts, DraftError> {
        self.newest_of(|purpose| purpose != Purpose::Lesson, now)
    }

    /// The same of lessons: they are for no day, and are taken up by themselves.
    pub fn newest_lesson(&self, now: Moment) -> Result<FoundDrafts, DraftError> {
        self.newest_of(|purpose| purpose == Purpose::Lesson, now)
    }

    fn newest_of(
        &self,
        is_wanted: impl Fn(Purpose) -> bool,
        now: Moment,
    ) -> Result<FoundDrafts, DraftError> {
        let mut found = FoundDrafts { newest: None, unreadable: Vec::new() };
        for (name, gone) in self.names(now)?.into_iter().filter(|(name, _)| is_wanted(name.purpose))
        {
            match self.open(&name, now) {
                Ok(Some((mut draft, text))) => {
                    draft.journal_gone = gone;
                    found.newest = Some((draft, text));
                    break;
                }
                Ok(None) => {}
                Err(error) => found.unreadable.push(error),
            }
        }
        Ok(found)
    }

    /// The newest draft of this journal for a day and a purpose that no process is writing, with its
    /// text. Errors as [`Drafts::newest`].
    pub fn newest_for(
        &self,
        day: Day,
        purpose: Purpose,
        now: Moment,
    ) -> Result<Option<(Draft, String)>, DraftError> {
        for (name, gone) in self.names(now)? {
            if gone.is_none()
                && (name.day, name.purpose) == (Some(day), purpose)
                && let Ok(Some(found)) = self.open(&name, now)
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Removes drafts with this text and nothing beside it that this label does not have, because
    /// the journal has all of it now: the person gave the same words once more after a failure.
    pub fn discard_same(&self, label: &Label, text: &str, now: Moment) {
        for (name, gone) in self.names(now).unwrap_or_default() {
            if gone.is_none()
                && let Ok(Some((draft, same))) = self.open(&name, now)
                && draft.label.is_covered_by(label)
                && same == text
            {
                let _ = draft.discard();
            }
        }
    }

    /// The files of this journal's drafts for a day, in no order. Empty if the folder cannot be
    /// read.
    pub fn of_day(&self, day: Day) -> Vec<PathBuf> {
        let names = self.names_of_day(day);
        names.iter().map(|name| name.text_file(&self.folder)).collect()
    }

    fn names_of_day(&self, day: Day) -> Vec<Name> {
        let names = self.files().unwrap_or_default();
        let names = names.iter().filter_map(|name| Name::parse(name));
        let of_day = names.filter(|name| name.day == Some(day));
        of_day.filter(|name| !matches!(self.relation(name), Relation::Other)).collect()
    }

    /// Removes the copies that editors have made of the drafts for a day, unless an editor still
    /// has one open. Words that it saved, and that no dwell was there to take, are in the draft
    /// then.
    pub fn remove_editor_copies(&self, day: Day) {
        for name in self.names_of_day(day) {
            if let Ok(Some(draft)) = self.take(&name) {
                draft.editor_place().remove_copies();
            }
        }
    }

    /// The drafts of this journal, the newest first; then those whose journal is gone, each with
    /// the path at which it was.
    fn names(&self, now: Moment) -> Result<Vec<(Name, Option<PathBuf>)>, DraftError> {
        let files = self.files()?;
        self.remove_lone_notes(&files, now);
        let (mut own, mut gone) = (Vec::new(), Vec::new());
        for name in files.iter().filter_map(|name| Name::parse(name)) {
            match self.relation(&name) {
                Relation::Own => own.push((name, None)),
                Relation::JournalGone(path) => gone.push((name, Some(path))),
                Relation::Other => {}
            }
        }
        for drafts in [&mut own, &mut gone] {
            // The ids sort by time.
            drafts.sort_by_key(|(name, _)| std::cmp::Reverse(name.id));
        }
        own.append(&mut gone);
        Ok(own)
    }

    fn files(&self) -> Result<Vec<String>, DraftError> {
        match fs::read_dir(&self.folder) {
            Ok(files) => {
                Ok(files.filter_map(|file| file.ok()?.file_name().into_string().ok()).collect())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(DraftError::at(&self.folder)(error)),
        }
    }

    fn relation(&self, name: &Name) -> Relation {
        match &self.journal {
            Some(journal) => {
                let note = self.note(name);
                journal.relation(&name.key, note.journal, note.id)
            }
            None => Relation::Other,
        }
    }

    /// Opens a draft and reads its text; `None` if another process is writing it or nothing is
    /// written in it, also no next step. Errors if it cannot be read.
    fn open(&self, name: &Name, now: Moment) -> Result<Option<(Draft, String)>, DraftError> {
        let Some(mut draft) = self.take(name)? else { return Ok(None) };
        let text = match &draft.sealed {
            Some(sealed) => file::text_of(sealed.text.to_vec(), &draft.path)?,
            None => file::read_text(&draft.file, &draft.path)?,
        };
        draft.label.extras = self.note(name).extras;
        if is_blank(&text) && draft.label.extras.step.is_none() {
            // An open editor may still save into an empty draft.
            if is_week_old(name.id, now) {
                let _ = fs::remove_file(&draft.path);
                let _ = fs::remove_file(&draft.note);
            }
            return Ok(None);
        }
        Ok(Some((draft, text)))
    }

    /// Opens a draft that no process is writing, without its note, and takes in what an editor has
    /// left of it. `None` if a process is writing it.
    fn take(&self, name: &Name) -> Result<Option<Draft>, DraftError> {
        let path = name.text_file(&self.folder);
        let Some(mut file) = file::open(&path)? else { return Ok(None) };
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) || !file::is_at(&file, &path) {
            return Ok(None);
        }
        let sealed = match self.sealing_of(name)? {
            Some(sealing) => {
                let text = sealing.read(&mut file, &path)?;
                Some(SealedText { sealing: sealing.clone(), text })
            }
            None => None,
        };
        let mut draft = Draft::new(name, &self.folder, Extras::default(), file, sealed);
        let place = draft.editor_place();
        if let Some(text) = place.left_text() {
            // Without all of it, the only whole text is the editor's.
            draft.write(&text).and_then(|()| draft.sync())?;
            place.remove_left_text();
        }
        if draft.sealed.is_none() {
            draft.file.rewind().map_err(DraftError::at(&path))?;
        }
        Ok(Some(draft))
    }

    /// How a draft is sealed; `None` if it is plain. Errors if it is sealed and the journal is not.
    fn sealing_of(&self, name: &Name) -> Result<Option<&Sealing>, DraftError> {
        match (&self.sealing, name.is_sealed) {
            (_, false) => Ok(None),
            (Some(sealing), true) => Ok(Some(sealing)),
            (None, true) => Err(DraftError::NoKey { path: name.text_file(&self.folder) }),
        }
    }

    fn note(&self, name: &Name) -> Note {
        match self.sealing_of(name) {
            Ok(sealing) => file::read_note(&name.note_file(&self.folder), sealing),
            Err(_) => Note::default(),
        }
    }

    /// Removes what a process that was killed left: notes without a text.
    fn remove_lone_notes(&self, files: &[String], now: Moment) {
        for file in files {
            let Some((id, stem)) = name::parse_note(file) else { continue };
            let has_text =
                Purpose::ALL.iter().map(|purpose| format!("{stem}{}", purpose.ending())).any(
                    |text| files.contains(&(text.clone() + seal::ENDING)) || files.contains(&text),
                );
            if !has_text && is_week_old(id, now) {
                let _ = fs::remove_file(self.folder.join(file));
            }
        }
    }
}

fn is_week_old(id: Uuid, now: Moment) -> bool {
    let began = id.get_timestamp().map_or(0, |time| time.to_unix().0.cast_signed());
    now.timestamp() - began > 7 * 24 * 60 * 60
}
