//! Why the settings could not be resolved.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::config::{Origin, Setting};

#[derive(Debug)]
pub enum ConfigError {
    /// There is no home folder, and the variables do not name all folders.
    NoHome,
    /// The home folder is not an absolute path, so it would be another in each folder.
    RelativeHome(PathBuf),
    /// The file could not be read or written.
    Io { path: PathBuf, source: io::Error },
    /// The file is not TOML.
    NotToml { path: PathBuf, source: Box<toml_edit::TomlError> },
    /// A setting does not take its value. `value` is the text that was read, or TOML if the file
    /// has another type there.
    BadValue { setting: &'static Setting, value: String, origin: Origin },
}

/// For logs and tests. What a person is told is in `messages`.
impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::NotToml { source, .. } => Some(source),
            Self::NoHome | Self::RelativeHome(_) | Self::BadValue { .. } => None,
        }
    }
}
