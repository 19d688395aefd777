//! What an examination of the journal found, and what to do about each finding.

mod beside;
mod rows;
mod sealed;

use std::path::Path;

use crate::messages::{Message, files, numbers, quoted, store, time};
use crate::store::doctor::{Finding, Severity, Sound};

const REPAIR: &str = "dwell doctor --repair";

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The file, the day or the thing that it is about.
    pub about: String,
    pub what: String,
    /// What to do; `None` if nothing needs to be done.
    pub to_do: Option<String>,
}

/// The progress line of an examination.
pub fn examining(percent: usize) -> String {
    format!("looking at every fact: {percent} %")
}

/// The word for a severity, also for scripts.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Damage => "damage",
    }
}

/// The last line for a journal with which nothing is wrong.
pub fn all_is_well(counts: Sound) -> String {
    format!("all is well: {}", sound(counts))
}

/// The last line for any other: what is whole of it.
pub fn still_sound(counts: Sound) -> String {
    format!("sound: {}", sound(counts))
}

fn sound(counts: Sound) -> String {
    let Sound { facts, entries, lessons } = counts;
    format!(
        "{}, {}, {}",
        numbers::count(facts, "fact", "facts"),
        numbers::entries(entries),
        numbers::count(lessons, "lesson", "lessons")
    )
}

/// What a finding means, and what to do about it. `journal` is the journal's path.
#[expect(clippy::too_many_lines, reason = "a finding is a few lines, and there are many findings")]
pub fn advice(finding: &Finding, journal: &Path) -> Advice {
    let path = files::shown(journal);
    let said = |about: &str, what: String| Advice::new(about, what);
    match finding {
        Finding::Examined { journal, counts } => said(&files::shown(journal), sound(*counts)),
        Finding::NoJournal => said(&path, format!("there is no journal at {path} yet"))
            .then_do("dwell begins one"),
        Finding::NotUsable(error) | Finding::NotExamined(error) => {
            let Message { text, hint } = store::error(error);
            Advice { about: path, what: text, to_do: hint }
        }
        Finding::NotCopied { folder, error } => {
            let cause = files::cause(error);
            let folder = files::shown(folder);
            said(&path, format!("a copy of {path} to look into could not be made in {folder}: {cause}"))
                .then_do(format!("make room and let {folder} be written to, then try again"))
        }
        Finding::Interrupted { rollback } => said(
            &files::shown(rollback),
            format!("a change of {path} was interrupted; a copy was looked into without that change"),
        )
        .then_do("keep both files together; the next dwell takes the half change back by itself"),
        Finding::WriteAheadLog => said(
            &path,
            format!("another program set {path} to a write-ahead log; a copy was looked into"),
        )
        .then_do("nothing; the next change by dwell alone sets it back"),
        Finding::OldForm { form, tables } => said(
            &path,
            format!("{path} has an older form ({form}, tables {tables}); a copy was looked into"),
        )
        .then_do("nothing; the next dwell brings it up to date"),
        Finding::Pages { report } => {
            said(&path, format!("a page is damaged: {report}")).then_do(REPAIR)
        }
        Finding::Index { report } => {
            said("search", format!("the search index is damaged: {report}")).then_do(MADE_AGAIN)
        }
        Finding::Altered { name, is_derived } => {
            let told = said(name, format!("{} is missing or was altered", quoted(name)));
            told.then_do(if *is_derived { MADE_AGAIN } else { REPAIR })
        }
        Finding::Foreign { kind, name } => {
            let what = format!("the file has a {kind} {}, which dwell never makes", quoted(name));
            let told = said(name, what);
            match kind.as_str() {
                "trigger" | "view" => told.then_do(format!(
                    "nothing is saved as long as it is there; whoever added it can remove it: DROP \
                     {} \"{name}\"",
                    kind.to_uppercase()
                )),
                _ => told,
            }
        }
        Finding::DamagedFact { id, row, subject, fault } => rows::damaged_fact(*id, *row, subject.as_ref(), *fault),
        Finding::Unreadable { table, row } => said(
            table,
            format!("rows of the table {table} cannot be read, from row {row} on"),
        )
        .then_do(REPAIR),
        Finding::DamagedLesson { id, row, name } => {
            let about = name.clone().or(id.map(|id| id.to_string()));
            let about = about.unwrap_or_else(|| format!("lesson row {row}"));
            let what = format!("the words of the lesson {about} are not those that were saved");
            said(&about, what).then_do(REPAIR)
        }
        Finding::ChangedLesson { name } => said(
            name,
            format!("the lesson {name} has another place, other tags or another source than it came with"),
        )
        .then_do(format!("dwell lesson edit {name} sets its tags and its source")),
        Finding::UnknownFacts { kind, version, facts } => said(
            kind,
            format!(
                "a newer dwell wrote {} of the kind {} (version {version}), kept as they are",
                numbers::count(*facts, "fact", "facts"),
                quoted(kind)
            ),
        ),
        Finding::Differs { table, rows, about } => rows::differs(*table, *rows, about),
        Finding::ClockWentBack { times, from, to } => {
            let [from, to] = [from, to].map(|at| at.format("%Y-%m-%d %H:%M").to_string());
            let times = match times {
                1 => String::new(),
                times => format!(", the first of {times} times"),
            };
            said(&to, format!("a clock went back from {from} to {to}{times}; no word is lost by it"))
        }
        Finding::ServedAhead { day } => said(
            &day.to_string(),
            format!("a wrong clock served a lesson for {}, which is still to come", time::day(*day)),
        )
        .then_do(format!("{REPAIR}, or dwell undo, takes it away; it can be redone")),
        Finding::OpenToOthers { path } => {
            let path = files::shown(path);
            let what = format!("other people can read {path}, or change it");
            said(&path, what).then_do(REPAIR)
        }
        Finding::OfAnother { path } => {
            let path = files::shown(path);
            said(&path, format!("{path} belongs to somebody else"))
                .then_do(format!("ls -ld {path} shows whose it is; keep your journal in a folder of your own"))
        }
        Finding::Link { to } => said(&path, format!("{path} is a link to {}", files::shown(to))),
        Finding::SecondName { second: Some(second), .. } => said(
            &files::shown(second),
            format!("{} is a second name of the journal, left by a run that was killed", files::shown(second)),
        )
        .then_do(REPAIR),
        Finding::SecondName { names, second: None } => said(
            &path,
            format!("the file has {names} names; removing one of them leaves its words in the others"),
        ),
        Finding::Leftover { path } => {
            let path = files::shown(path);
            said(&path, format!("{path} was left by a run that was killed")).then_do(REPAIR)
        }
        Finding::Drafts { count, days, gone } => rows::drafts(*count, days, gone.as_deref()),
        Finding::NoBackup { folder, is_new } => beside::no_backup(folder, *is_new),
        Finding::Backup { path, facts, days_old } => beside::backup(path, *facts, *days_old),
        Finding::OldBackup { path, days } => beside::old_backup(path, *days),
        Finding::BadBackup { path } => beside::bad_backup(path),
        Finding::SealedBackups { count } => beside::sealed_backups(*count),
        Finding::NeedsPassphrase { sealed } => sealed::needs_passphrase(sealed),
        Finding::OldRecipients { path, is_missing } => sealed::old_recipients(path, *is_missing),
        Finding::KeyOfPlain { path } => sealed::key_of_plain(path),
        Finding::PlainBackups { count, folder } => sealed::plain_backups(*count, folder),
        Finding::PlainDrafts { count } => sealed::plain_drafts(*count),
        Finding::PlainMirror { folder } => sealed::plain_mirror(folder),
        Finding::SealedConflictedCopy { path } => sealed::conflicted_copy(path),
        Finding::Sealed => sealed::protected(&path),
        Finding::Synced { folder, by } => beside::synced(folder, *by),
        Finding::ConflictedCopy { path, is_journal } => beside::conflicted_copy(path, *is_journal),
        Finding::OtherJournal { path } => beside::other_journal(path),
        Finding::UnknownSettings { file, keys } => {
            let keys: Vec<String> = keys.iter().map(|key| quoted(key)).collect();
            let what = format!("{} has settings that are not known: {}", files::shown(file), keys.join(", "));
            said(&files::shown(file), what).then_do("dwell config --help names those that there are")
        }
        Finding::MirrorNotWritable { folder, error } => said(
            &files::shown(folder),
            format!("the mirror {} cannot be written to: {}", files::shown(folder), files::cause(error)),
        )
        .then_do("see whether its disk is there, or name another folder: dwell config mirror FOLDER"),
        Finding::Plain => said(
            &path,
            "the journal, its backups and its drafts are not encrypted: who can read the files can \
             read the words"
                .to_owned(),
        ),
        Finding::Versions { form, tables, sqlite, dwell } => said(
            &path,
            format!("form {form}, tables {tables}, SQLite {sqlite}, dwell {dwell}"),
        ),
    }
}

const MADE_AGAIN: &str = "dwell doctor --repair makes it again from the facts";

impl Advice {
    fn new(about: impl Into<String>, what: String) -> Self {
        Self { about: about.into(), what, to_do: None }
    }

    fn then_do(self, to_do: impl Into<String>) -> Self {
        Self { to_do: Some(to_do.into()), ..self }
    }
}
