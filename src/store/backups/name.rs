//! The names of backups: `journal-2026-11-26.db`, `journal-2026-11-26-before-import-2.db`.

use crate::journal::Day;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The first change of a day was to be made.
    Daily,
    /// The person asked for it.
    Asked,
    BeforeImport,
    BeforeRestore,
    /// The journal was to be brought to another form.
    BeforeUpgrade,
    BeforeRepair,
}

impl Reason {
    const ALL: [Self; 6] = [
        Self::Daily,
        Self::Asked,
        Self::BeforeImport,
        Self::BeforeRestore,
        Self::BeforeUpgrade,
        Self::BeforeRepair,
    ];

    /// Whether nothing else may have what it has: what followed took words out of the journal, or
    /// somebody wanted the journal as it was at that moment.
    pub(crate) fn is_kept(self) -> bool {
        matches!(self, Self::Asked | Self::BeforeRestore | Self::BeforeUpgrade | Self::BeforeRepair)
    }

    /// What stands for it in a name, after the day.
    fn words(self) -> &'static str {
        match self {
            Self::Daily => "",
            Self::Asked => "-asked",
            Self::BeforeImport => "-before-import",
            Self::BeforeRestore => "-before-restore",
            Self::BeforeUpgrade => "-before-upgrade",
            Self::BeforeRepair => "-before-repair",
        }
    }
}

/// What the name of a backup says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) day: Day,
    pub(crate) reason: Reason,
    /// 1 for the first backup of its day and reason.
    pub(crate) number: u32,
    pub(crate) is_sealed: bool,
}

impl Name {
    /// The name of a file; `stem` is that of the journal.
    pub(crate) fn file(self, stem: &str) -> String {
        let (day, words) = (self.day, self.reason.words());
        let number = if self.number > 1 { format!("-{}", self.number) } else { String::new() };
        let sealed = if self.is_sealed { ".age" } else { "" };
        format!("{stem}-{day}{words}{number}.db{sealed}")
    }

    /// Whether a file has the name of a backup of another journal.
    pub(crate) fn is_of_another(file: &str, stem: &str) -> bool {
        let mut dashes = file.match_indices('-').map(|(at, _)| &file[..at]);
        dashes.any(|other| other != stem && Self::parse(file, other).is_some())
            && Self::parse(file, stem).is_none()
    }

    /// `None` for another file, or a backup of another journal.
    pub(crate) fn parse(file: &str, stem: &str) -> Option<Self> {
        let rest = file.strip_prefix(stem)?.strip_prefix('-')?;
        let unsealed = rest.strip_suffix(".age");
        let rest = unsealed.unwrap_or(rest).strip_suffix(".db")?;
        let day = rest.get(..10)?.parse().ok()?;
        let rest = &rest[10..];
        let number = |rest: &str| match rest.strip_prefix('-') {
            None => rest.is_empty().then_some(1),
            Some(number) => number.parse().ok().filter(|number| *number > 1),
        };
        let mut reasons = Reason::ALL.into_iter().rev();
        let (reason, number) = reasons
            .find_map(|reason| Some((reason, number(rest.strip_prefix(reason.words())?)?)))?;
        Some(Self { day, reason, number, is_sealed: unsealed.is_some() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn a_backup_of_another_journal_is_told_from_a_file_of_the_person() {
        for (file, is_of_another) in [
            ("journal-2026-11-26.db", false),
            ("journal-2026-11-26-before-import-2.db.age", false),
            ("journal-a1b2c3d4-2026-11-26.db", true),
            ("work-2026-11-26.db", true),
            ("2026-11-26.db", false),
            ("copy-of-mine.db", false),
        ] {
            assert_eq!(Name::is_of_another(file, "journal"), is_of_another, "{file}");
        }
    }

    #[test]
    fn a_name_is_read_as_it_was_written_and_no_other_file_is_taken_for_a_backup() {
        for reason in Reason::ALL {
            for (number, is_sealed) in [(1, false), (2, true), (10, false)] {
                let name = Name { day: day("2026-11-26"), reason, number, is_sealed };
                assert_eq!(Name::parse(&name.file("journal"), "journal"), Some(name));
                assert_eq!(Name::parse(&name.file("journal"), "other"), None);
            }
        }
        for other in [
            "journal.db",
            "journal-2026-11-26.db-journal",
            "journal-2026-11-26-1.db",
            "journal-2026-11-26-by-me.db",
            "journal-2026-02-30.db",
            "journal-2026-11-26",
            "journal-a1b2c3d4-2026-11-26.db",
            "journal-\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}.db",
        ] {
            assert_eq!(Name::parse(other, "journal"), None, "{other}");
        }
    }
}
