//! What an examination can find, as types. `messages` has the sentence and the next step of each.

use std::io;
use std::path::PathBuf;

use crate::journal::entry::fact::Subject;
use crate::journal::{Day, FactId, LessonId, Moment};
use crate::store::{Derived, FactFault, StoreError};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know. Nothing needs to be done.
    Note,
    /// Something that may cost words later, or that nobody else should be able to do.
    Warning,
    /// A part of the journal is not what was saved, or the journal cannot be used.
    Damage,
}

/// One thing that an examination found.
#[derive(Debug)]
pub enum Finding {
    /// What was looked into, and what is sound of it.
    Examined { journal: PathBuf, counts: Sound },
    /// There is no journal, and no sign that there was one.
    NoJournal,
    /// The file cannot be used as a journal, or SQLite cannot read it.
    NotUsable(StoreError),
    /// It was not examined: another program uses it, or the system failed to read it.
    NotExamined(StoreError),
    /// A copy for the examination could not be made.
    NotCopied { folder: PathBuf, error: io::Error },
    /// A change was interrupted; its rollback file is beside the journal.
    Interrupted { rollback: PathBuf },
    /// Another program set the file to a write-ahead log.
    WriteAheadLog,
    /// The file has an older form, or other derived tables than this release makes.
    OldForm { form: u32, tables: u32 },
    /// SQLite's check found this.
    Pages { report: String },
    /// The search index is not consistent in itself.
    Index { report: String },
    /// A table or an index of dwell is missing or was altered.
    Altered { name: String, is_derived: bool },
    /// A table, index, trigger or view that dwell never makes.
    Foreign { kind: String, name: String },
    /// A fact is not what was written.
    DamagedFact { id: Option<FactId>, row: i64, subject: Option<Subject>, fault: FactFault },
    /// Rows of this table cannot be read, from this one on.
    Unreadable { table: &'static str, row: i64 },
    /// A lesson is not what was written. `name` is its series and its place there.
    DamagedLesson { id: Option<LessonId>, row: i64, name: Option<String> },
    /// A lesson has its words, and another place, other tags or another source than those that it
    /// was added with. `name` is its series and its place there.
    ChangedLesson { name: String },
    /// Facts that a newer release wrote. They are kept.
    UnknownFacts { kind: String, version: u32, facts: u64 },
    /// Rows of a derived table are not what the facts add up to. `about` names the first of them.
    Differs { table: Derived, rows: u64, about: Vec<String> },
    /// A clock went back further than travel explains, so often; `from` and `to` are the instants
    /// of the first time.
    ClockWentBack { times: u64, from: Moment, to: Moment },
    /// A wrong clock served a lesson for a day that is still to come.
    ServedAhead { day: Day },
    /// Others may read this file or enter this folder.
    OpenToOthers { path: PathBuf },
    /// This file or folder belongs to somebody else.
    OfAnother { path: PathBuf },
    /// The journal is a link to this file.
    Link { to: PathBuf },
    /// The journal has other names. `second` is one that a killed run left, if it was found.
    SecondName { names: u64, second: Option<PathBuf> },
    /// A file or folder that a killed run left, and that nobody holds.
    Leftover { path: PathBuf },
    /// Words that are not saved yet. `gone` is the journal that they were for, if it is gone.
    Drafts { count: usize, days: Vec<Day>, gone: Option<PathBuf> },
    /// There is no backup. A journal that was begun today needs none yet.
    NoBackup { folder: PathBuf, is_new: bool },
    /// The newest backup that can be read is sound.
    Backup { path: PathBuf, facts: u64, days_old: u64 },
    /// This backup is older than the last change by this many days.
    OldBackup { path: PathBuf, days: u64 },
    /// This backup cannot be read, or is damaged.
    BadBackup { path: PathBuf },
    /// Backups that are sealed were not looked into.
    SealedBackups { count: usize },
    /// The journal is locked, and there was no key to look into it.
    NeedsPassphrase { sealed: PathBuf },
    /// The recipients file of a locked journal is missing, or was made for another key file.
    OldRecipients { path: PathBuf, is_missing: bool },
    /// The journal is plain, and a key file is beside it, as an interrupted unlock leaves it.
    KeyOfPlain { path: PathBuf },
    /// The journal is locked, and these backups of it are not.
    PlainBackups { count: usize, folder: PathBuf },
    /// The journal is locked, and these drafts for it are not.
    PlainDrafts { count: usize },
    /// The journal is locked, and its mirror is plain text.
    PlainMirror { folder: PathBuf },
    /// The journal is in a folder that this program copies to other machines.
    Synced { folder: PathBuf, by: SyncProgram },
    /// A copy that a sync program made because two machines changed the journal.
    ConflictedCopy { path: PathBuf, is_journal: bool },
    /// The same of a locked journal.
    SealedConflictedCopy { path: PathBuf },
    /// Another file beside the journal is a journal too.
    OtherJournal { path: PathBuf },
    /// Keys of the settings file that are not a setting of this release.
    UnknownSettings { file: PathBuf, keys: Vec<String> },
    /// The folder of the mirror cannot be written to.
    MirrorNotWritable { folder: PathBuf, error: io::Error },
    /// Words are stored as they are.
    Plain,
    /// Words are stored sealed.
    Sealed,
    /// What was examined, and with what.
    Versions { form: u32, tables: u32, sqlite: &'static str, dwell: &'static str },
}

/// What a journal has that is sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sound {
    pub facts: u64,
    pub entries: u64,
    pub lessons: u64,
}

/// A program that copies a folder to other machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncProgram {
    Dropbox,
    GoogleDrive,
    ICloud,
    Nextcloud,
    OneDrive,
    Resilio,
    Syncthing,
}

impl Finding {
    pub fn severity(&self) -> Severity {
        match self {
            Self::NotUsable(_)
            | Self::Pages { .. }
            | Self::Index { .. }
            | Self::Altered { .. }
            | Self::DamagedFact { .. }
            | Self::Unreadable { .. }
            | Self::DamagedLesson { .. }
            | Self::Differs { .. } => Severity::Damage,
            Self::NotExamined(_)
            | Self::NotCopied { .. }
            | Self::Interrupted { .. }
            // A release that changes only the tags of its lessons would show it too.
            | Self::ChangedLesson { .. }
            | Self::ServedAhead { .. }
            | Self::OpenToOthers { .. }
            | Self::OfAnother { .. }
            | Self::SecondName { second: Some(_), .. }
            | Self::Leftover { .. }
            | Self::Drafts { gone: Some(_), .. }
            | Self::NoBackup { is_new: false, .. }
            | Self::OldBackup { .. }
            | Self::BadBackup { .. }
            | Self::Synced { .. }
            | Self::ConflictedCopy { .. }
            | Self::SealedConflictedCopy { .. }
            | Self::NeedsPassphrase { .. }
            | Self::OldRecipients { .. }
            | Self::KeyOfPlain { .. }
            | Self::PlainBackups { .. }
            | Self::PlainDrafts { .. }
            | Self::UnknownSettings { .. }
            | Self::MirrorNotWritable { .. } => Severity::Warning,
            Self::Foreign { kind, .. } if kind == "trigger" || kind == "view" => Severity::Warning,
            Self::Examined { .. }
            | Self::NoJournal
            | Self::WriteAheadLog
            | Self::OldForm { .. }
            | Self::Foreign { .. }
            | Self::UnknownFacts { .. }
            | Self::ClockWentBack { .. }
            | Self::Link { .. }
            | Self::SecondName { .. }
            | Self::Drafts { .. }
            | Self::NoBackup { .. }
            | Self::Backup { .. }
            | Self::SealedBackups { .. }
            | Self::OtherJournal { .. }
            | Self::PlainMirror { .. }
            | Self::Plain
            | Self::Sealed
            | Self::Versions { .. } => Severity::Note,
        }
    }

    /// Its name for scripts.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Examined { .. } => "examined",
            Self::NoJournal => "no_journal",
            Self::NotUsable(_) => "not_usable",
            Self::NotExamined(_) => "not_examined",
            Self::NotCopied { .. } => "not_copied",
            Self::Interrupted { .. } => "interrupted_change",
            Self::WriteAheadLog => "write_ahead_log",
            Self::OldForm { .. } => "old_form",
            Self::Pages { .. } => "pages",
            Self::Index { .. } => "search_index",
            Self::Altered { .. } => "altered_table",
            Self::Foreign { .. } => "foreign_object",
            Self::DamagedFact { .. } => "damaged_fact",
            Self::Unreadable { .. } => "unreadable_rows",
            Self::DamagedLesson { .. } => "damaged_lesson",
            Self::ChangedLesson { .. } => "changed_lesson",
            Self::UnknownFacts { .. } => "unknown_facts",
            Self::Differs { .. } => "derived_table",
            Self::ClockWentBack { .. } => "clock_went_back",
            Self::ServedAhead { .. } => "served_ahead",
            Self::OpenToOthers { .. } => "open_to_others",
            Self::OfAnother { .. } => "other_owner",
            Self::Link { .. } => "link",
            Self::SecondName { .. } => "second_name",
            Self::Leftover { .. } => "leftover",
            Self::Drafts { .. } => "drafts",
            Self::NoBackup { .. } => "no_backup",
            Self::Backup { .. } => "backup",
            Self::OldBackup { .. } => "old_backup",
            Self::BadBackup { .. } => "bad_backup",
            Self::SealedBackups { .. } => "sealed_backups",
            Self::Synced { .. } => "synced_folder",
            Self::ConflictedCopy { .. } | Self::SealedConflictedCopy { .. } => "conflicted_copy",
            Self::NeedsPassphrase { .. } => "needs_passphrase",
            Self::OldRecipients { .. } => "recipients_file",
            Self::KeyOfPlain { .. } => "key_of_plain_journal",
            Self::PlainBackups { .. } => "plain_backups",
            Self::PlainDrafts { .. } => "plain_drafts",
            Self::PlainMirror { .. } => "plain_mirror",
            Self::OtherJournal { .. } => "other_journal",
            Self::UnknownSettings { .. } => "unknown_settings",
            Self::MirrorNotWritable { .. } => "mirror",
            Self::Plain => "not_encrypted",
            Self::Sealed => "encrypted",
            Self::Versions { .. } => "versions",
        }
    }
}
