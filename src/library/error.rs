//! Why a series could not be read.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::journal::ParseError;

/// Why a series could not be read, and from which file.
#[derive(Debug)]
pub struct SeriesError {
    /// The file as it was named; `-` for standard input, `None` for a text that is not from a file.
    pub path: Option<PathBuf>,
    pub fault: SeriesFault,
}

/// What is wrong with a series file. Lessons are counted from 1.
#[derive(Debug)]
pub enum SeriesFault {
    /// The file could not be read, or is not UTF-8.
    Io(io::Error),
    /// It has more than [`super::LARGEST`] bytes.
    TooLarge,
    /// It is not TOML, or has a field too many or too few. `line` is counted from 1; it is `None`
    /// if a field of the whole file is missing.
    Form { line: Option<usize>, source: Box<toml::de::Error> },
    /// It has no lesson.
    NoLesson,
    /// The slug of the series is not valid.
    BadSlug(ParseError),
    /// A field is empty or has only white space; `lesson` is `None` for a field of the whole
    /// series.
    Empty { lesson: Option<usize>, field: &'static str },
    /// A name that stands on one line has a line break, or what another program takes for one.
    SeveralLines { lesson: Option<usize>, field: &'static str },
    /// A tag of a lesson is not valid.
    BadTag { lesson: usize, text: String },
    /// A lesson has the same text as an earlier one.
    Duplicate { lesson: usize, earlier: usize },
}

impl SeriesError {
    /// The same failure, with its file.
    pub(super) fn in_file(self, path: &Path) -> Self {
        Self { path: Some(path.to_owned()), ..self }
    }
}

impl From<SeriesFault> for SeriesError {
    fn from(fault: SeriesFault) -> Self {
        Self { path: None, fault }
    }
}

/// For logs and tests. `messages` has the sentence for a person.
impl fmt::Display for SeriesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for SeriesError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.fault {
            SeriesFault::Io(error) => Some(error),
            SeriesFault::Form { source, .. } => Some(source),
            SeriesFault::BadSlug(error) => Some(error),
            _ => None,
        }
    }
}
