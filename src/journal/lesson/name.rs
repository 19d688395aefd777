//! How a person names a series or a lesson, and what that means on the shelf.
//!
//! A series has a short name for the command line, a title of its own and the title of its source.
//! A person reads all three, so each of them names the series. Titles are compared without regard
//! to case, accents and the kind of apostrophe.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::journal::lesson::ShelvedSeries;
use crate::journal::lesson::slug::Slug;

/// A series as a person may type it: its short name, its title, or the title of its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesName(pub String);

/// The series that a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesMatch<'a> {
    One(&'a ShelvedSeries),
    /// More than one has this title.
    Several,
    None,
}

impl SeriesName {
    /// The series of the shelf that is meant.
    pub fn find<'a>(&self, shelf: &'a [ShelvedSeries]) -> SeriesMatch<'a> {
        if let Some(series) = shelf.iter().find(|series| series.slug.as_str() == self.0) {
            return SeriesMatch::One(series);
        }
        let mut found = self.titled(shelf);
        match (found.next(), found.next()) {
            (Some(one), None) => SeriesMatch::One(one),
            (Some(_), Some(_)) => SeriesMatch::Several,
            (None, _) => SeriesMatch::None,
        }
    }

    /// All series that have this title, or whose source has it.
    pub fn titled<'a>(
        &self,
        shelf: &'a [ShelvedSeries],
    ) -> impl Iterator<Item = &'a ShelvedSeries> + use<'a> {
        let name = comparable(&self.0);
        shelf.iter().filter(move |series| {
            [series.slug.as_str(), &series.title, &series.source.title]
                .into_iter()
                .any(|title| comparable(title) == name)
        })
    }

    /// The short name, if this has the form of one.
    pub fn slug(&self) -> Option<Slug> {
        self.0.parse().ok()
    }
}

impl FromStr for SeriesName {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.trim().to_owned()))
    }
}

impl fmt::Display for SeriesName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A title in the form in which titles are compared.
pub fn comparable(title: &str) -> String {
    let letters = title.nfkd().filter(|c| !is_combining_mark(*c)).map(|c| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        c => c,
    });
    let text: String = letters.collect::<String>().to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::lesson::Source;
    use crate::journal::testing::slug;

    fn series(name: &str, title: &str, source: &str) -> ShelvedSeries {
        ShelvedSeries {
            slug: slug(name),
            title: title.to_owned(),
            source: Source { title: source.to_owned(), ..Source::default() },
            introduction: None,
            lessons: 1,
            served: 0,
            paused: false,
            in_progress: false,
        }
    }

    #[test]
    fn a_series_is_named_by_its_short_name_its_title_or_its_source() {
        let shelf = [
            series("old-books", "Five lessons from the margins of old books", "Notes by scribes"),
            series("ete", "L\u{2019}\u{e9}t\u{e9}", "Walks"),
            series("walks", "More walks", "Walks"),
        ];
        let found = |name: &str| match SeriesName(name.to_owned()).find(&shelf) {
            SeriesMatch::One(series) => series.slug.as_str(),
            SeriesMatch::Several => "several",
            SeriesMatch::None => "none",
        };
        for (name, wanted) in [
            ("old-books", "old-books"),
            ("OLD-BOOKS", "old-books"),
            ("five lessons from the margins of old books", "old-books"),
            ("NOTES by  Scribes", "old-books"),
            ("l'ete", "ete"),
            ("L\u{2019}E\u{301}TE\u{301}", "ete"),
            // A short name comes before the titles.
            ("walks", "walks"),
            ("Walks", "several"),
            ("notes", "none"),
            ("", "none"),
        ] {
            assert_eq!(found(name), wanted, "{name}");
        }
    }
}
