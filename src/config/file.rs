//! The settings file: its values by their names, and changed without touching what else stands in it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use toml_edit::{DocumentMut, Item, Value};

use crate::config::ConfigError;
use crate::config::settings::{Setting, TABLE};
use crate::platform;

/// What stands in the file.
#[derive(Debug, Default)]
pub(super) struct Stored {
    /// The values by the names of their settings.
    pub(super) values: HashMap<&'static str, Given>,
    /// The keys that are no setting of this release, in the order of the file.
    pub(super) unknown: Vec<String>,
}

/// What a setting is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Given {
    /// A text; a list in the file is its texts with spaces between.
    Text(OsString),
    /// Something else in the file, such as a number, as it stands there.
    Other(String),
}

/// Reads the file. One that is not there has no values.
pub(super) fn read(path: &Path) -> Result<Stored, ConfigError> {
    let mut stored = Stored::default();
    for (key, item) in document(path)?.iter() {
        match TABLE.iter().find(|setting| setting.name == key) {
            Some(setting) => {
                stored.values.insert(setting.name, stored_value(item, setting));
            }
            None => stored.unknown.push(key.to_owned()),
        }
    }
    Ok(stored)
}

/// Sets a value in the file, keeping its comments and its order; creates the file if need be.
pub fn write(path: &Path, setting: &Setting, value: &str) -> Result<(), ConfigError> {
    let mut document = document(path)?;
    let mut value = Value::from(value);
    if let Some(before) = document.get(setting.name).and_then(Item::as_value) {
        // The space and the comment around a value belong to its place.
        before.decor().clone_into(value.decor_mut());
    }
    document[setting.name] = Item::Value(value);
    replace(path, &document.to_string())
        .map_err(|source| ConfigError::Io { path: path.to_owned(), source })
}

fn stored_value(item: &Item, setting: &Setting) -> Given {
    let list = item.as_array().filter(|_| setting.is_list);
    let texts = list.and_then(|list| list.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    match (item.as_str(), texts) {
        (Some(text), _) => Given::Text(text.into()),
        (None, Some(texts)) => Given::Text(texts.join(" ").into()),
        (None, None) => Given::Other(item.to_string().trim().to_owned()),
    }
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

fn document(path: &Path) -> Result<DocumentMut, ConfigError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(source) => return Err(ConfigError::Io { path: path.to_owned(), source }),
    };
    let not_toml =
        |source| ConfigError::NotToml { path: path.to_owned(), source: Box::new(source) };
    text.parse().map_err(not_toml)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::find;

    #[test]
    fn a_text_and_a_list_are_read_and_what_is_unknown_is_named() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("config.toml");
        let text = |text: &str| Given::Text(text.into());
        let other = |text: &str| Given::Other(text.to_owned());
        assert!(read(&path).expect("read").values.is_empty());
        let file = "mood = 1\norder = 3\nrest_days = [\"sat\", \"sun\"]\neditor = \"vi\"\n\
            pager = [\"less\"]\n[new]\nx = 1\n";
        fs::write(&path, file).expect("written");
        let stored = read(&path).expect("read");
        assert_eq!(stored.unknown, ["mood", "new"]);
        assert_eq!(stored.values["order"], other("3"));
        assert_eq!(stored.values["rest_days"], text("sat sun"));
        assert_eq!(stored.values["editor"], text("vi"));
        assert_eq!(stored.values["pager"], other("[\"less\"]"));
    }

    #[test]
    fn setting_a_key_keeps_the_comments_around_it() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("dwell/config.toml");
        let [order, editor] = ["order", "editor"].map(|name| find(name).expect("a setting"));
        write(&path, order, "mixed").expect("written");
        let text = "# mine\norder = \"mixed\" # always\n\n# the end\n";
        fs::write(&path, text).expect("written");
        write(&path, order, "series").expect("written");
        write(&path, editor, "vim -n").expect("written");
        let text = fs::read_to_string(&path).expect("read");
        assert!(text.contains("# mine\norder = \"series\" # always"), "{text}");
        assert!(text.contains("editor = \"vim -n\""), "{text}");
        assert_eq!(read(&path).expect("read").values["editor"], Given::Text("vim -n".into()));
        let left: Vec<_> = fs::read_dir(home.path().join("dwell")).expect("listed").collect();
        assert_eq!(left.len(), 1);
    }
}
