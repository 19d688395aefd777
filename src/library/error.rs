//! Why a series could not be read.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::journal::ParseError;

/// Why there is no series, and where it was to be read from.
#[derive(Debug)]
pub struct SeriesError {
    /// The file as it was named, `-` for standard input; `None` for a text that came from no file.
    pub path: Option<PathBuf>,
    pub fault: SeriesFault,
}

/// What is wrong with a series file. Lessons are counted from 1.
#[derive(Debug)]
pub enum SeriesFault {
    /// The file could not be read, or is not UTF-8.
    Io(io::Error),
    /// It is larger than [`super::LARGEST`] bytes.
    TooLarge,
    /// It is not TOML, or has a field too many or too few. `line` counts from 1 and is `None` where
    /// something is missing from the whole file.
    Form { line: Option<usize>, source: Box<toml::de::Error> },
    /// There is not one lesson in it.
    NoLesson,
    /// The slug of the series is none.
    BadSlug(ParseError),
    /// A field holds nothing but white space; `lesson` is `None` for a field of the whole series.
    Empty { lesson: Option<usize>, field: &'static str },
    /// A tag of a lesson is none.
    BadTag { lesson: usize, text: String },
    /// A lesson has the same words as an earlier one.
    Duplicate { lesson: usize, earlier: usize },
}

impl SeriesError {
    /// The same failure, found in this file.
    pub(super) fn in_file(self, path: &Path) -> Self {
        Self { path: Some(path.to_owned()), ..self }
    }
}

impl From<SeriesFault> for SeriesError {
    fn from(fault: SeriesFault) -> Self {
        Self { path: None, fault }
    }
}

/// For logs and tests. What a person is told is in `messages`.
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
