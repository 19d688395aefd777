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

/// What is wrong with a series file.
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
    /// A field has a value that it cannot have.
    Field(FieldFault),
}

/// What is wrong with a field. Lines and lessons are counted from 1.
#[derive(Debug)]
pub struct FieldFault {
    pub line: usize,
    /// The lesson; `None` for a field of the whole file, or of a form for one lesson.
    pub lesson: Option<usize>,
    pub field: &'static str,
    pub why: FieldWhy,
}

#[derive(Debug)]
pub enum FieldWhy {
    /// It has nothing but white space.
    Empty,
    /// A name that stands on one line has a line break, or what another program takes for one.
    SeveralLines,
    /// It is not the short name of a series.
    BadSlug(ParseError),
    /// It is not a tag.
    BadTag(String),
    /// It is not the id of a lesson.
    BadId,
    /// The lesson has the same words as this earlier one.
    SameAs(usize),
}

impl SeriesError {
    /// The same failure, with its file.
    #[must_use]
    pub fn in_file(self, path: &Path) -> Self {
        Self { path: Some(path.to_owned()), ..self }
    }
}

impl SeriesFault {
    /// The line of the fault, counted from 1; `None` if it is not on a line.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::Form { line, .. } => *line,
            Self::Field(fault) => Some(fault.line),
            Self::Io(_) | Self::TooLarge | Self::NoLesson => None,
        }
    }
}

impl From<SeriesFault> for SeriesError {
    fn from(fault: SeriesFault) -> Self {
        Self { path: None, fault }
    }
}

impl From<FieldFault> for SeriesFault {
    fn from(fault: FieldFault) -> Self {
        Self::Field(fault)
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
            SeriesFault::Field(FieldFault { why: FieldWhy::BadSlug(error), .. }) => Some(error),
            _ => None,
        }
    }
}
