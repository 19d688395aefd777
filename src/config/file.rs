//! The settings file: read strictly, and changed without touching what else stands in it.

use std::collections::HashMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::Deserialize;
use toml_edit::DocumentMut;

use crate::config::{ConfigError, Setting};
use crate::platform;

/// The form of the file. A key that is none is an error, since it would be a setting without
/// effect.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    journal: Option<String>,
    day_start: Option<String>,
    order: Option<String>,
    editor: Option<String>,
    color: Option<String>,
    pager: Option<String>,
    rest_days: Option<OneOrMore>,
    review_spans: Option<OneOrMore>,
    week_start: Option<String>,
}

/// A setting of several words, as one text or as a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn text(self) -> String {
        match self {
            Self::One(text) => text,
            Self::More(list) => list.join(" "),
        }
    }
}

/// The values in the file by the names of their keys; none if there is no file.
pub fn read(path: &Path) -> Result<HashMap<&'static str, String>, ConfigError> {
    let text = text(path)?;
    if text.is_empty() {
        return Ok(HashMap::new());
    }
    let stored: Stored = toml::from_str(&text).map_err(|error| bad_file(path, &error))?;
    let values = [
        (Setting::Journal, stored.journal),
        (Setting::DayStart, stored.day_start),
        (Setting::Order, stored.order),
        (Setting::Editor, stored.editor),
        (Setting::Color, stored.color),
        (Setting::Pager, stored.pager),
        (Setting::RestDays, stored.rest_days.map(OneOrMore::text)),
        (Setting::ReviewSpans, stored.review_spans.map(OneOrMore::text)),
        (Setting::WeekStart, stored.week_start),
    ];
    Ok(values.into_iter().filter_map(|(key, value)| Some((key.name(), value?))).collect())
}

/// Sets a key in the file, keeping its comments and its order; creates the file if need be.
pub fn write(path: &Path, key: Setting, value: &str) -> Result<(), ConfigError> {
    let mut document: DocumentMut = text(path)?.parse().map_err(|error| bad_file(path, &error))?;
    let mut value = toml_edit::Value::from(value);
    if let Some(before) = document.get(key.name()).and_then(toml_edit::Item::as_value) {
        // The space and the comment around a value belong to its place.
        before.decor().clone_into(value.decor_mut());
    }
    document[key.name()] = toml_edit::Item::Value(value);
    replace(path, &document.to_string())
        .map_err(|error| ConfigError::Io { path: path.to_owned(), error })
}

/// Puts a whole new file in the place of the old one, or leaves the old one as it is.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    // A link to a file kept elsewhere stays a link.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    platform::create_private_folder(folder)?;
    let new = path.with_extension(format!("toml.{}", std::process::id()));
    let mut file = platform::create_private_file(&new)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let replaced = written.and_then(|()| fs::rename(&new, path));
    if replaced.is_err() {
        let _ = fs::remove_file(&new);
    }
    replaced
}

fn text(path: &Path) -> Result<String, ConfigError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(ConfigError::Io { path: path.to_owned(), error }),
    }
}

fn bad_file(path: &Path, error: &dyn std::fmt::Display) -> ConfigError {
    let message = error.to_string().trim_end().to_owned();
    ConfigError::BadFile { path: path.to_owned(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setting_a_key_keeps_the_comments_around_it() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("dwell/config.toml");
        write(&path, Setting::Order, "mixed").expect("written");
        let text = "# mine\norder = \"mixed\" # always\n\n# the end\n";
        fs::write(&path, text).expect("written");
        write(&path, Setting::Order, "series").expect("written");
        write(&path, Setting::Editor, "vim -n").expect("written");
        let text = fs::read_to_string(&path).expect("read");
        assert!(text.contains("# mine\norder = \"series\" # always"), "{text}");
        assert!(text.contains("editor = \"vim -n\""), "{text}");
        assert_eq!(read(&path).expect("read")["editor"], "vim -n");
        let left: Vec<_> = fs::read_dir(home.path().join("dwell")).expect("listed").collect();
        assert_eq!(left.len(), 1);
    }
}
