//! The settings file: reads its values, and changes one without touching the rest of the file.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use toml_edit::{DocumentMut, Item, Value};
use uuid::Uuid;

use crate::config::ConfigError;
use crate::config::settings::{Setting, TABLE};
use crate::platform;

/// The size of the largest settings file, in bytes: 1 MiB.
const LARGEST: u64 = 1 << 20;

/// What stands in the file.
#[derive(Debug, Default)]
pub(super) struct FileContent {
    /// The values by the names of their settings.
    pub(super) values: HashMap<&'static str, RawValue>,
    /// The keys that are not a setting of this release, in the order of the file.
    pub(super) unknown: Vec<String>,
}

/// The value of a setting before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RawValue {
    /// A text. A list in the file becomes its texts with spaces between them.
    Text(OsString),
    /// Another type in the file, such as a number, as TOML.
    Other(String),
}

/// Reads the file. A file that does not exist has no values. Errors if it cannot be read, or if it
/// is not TOML.
pub(super) fn read(path: &Path) -> Result<FileContent, ConfigError> {
    let mut content = FileContent::default();
    for (key, item) in document(path)?.iter() {
        match TABLE.iter().find(|setting| setting.name == key) {
            Some(setting) => {
                content.values.insert(setting.name, raw_value(item, setting));
            }
            None => content.unknown.push(key.to_owned()),
        }
    }
    Ok(content)
}

/// Sets a value in the file, and keeps its comments and its order; creates the file if there is
/// none. Errors if the file cannot be read or written, or if it is not TOML.
pub fn write(path: &Path, setting: &Setting, value: &str) -> Result<(), ConfigError> {
    let mut document = document(path)?;
    let mut value = Value::from(value);
    if let Some(before) = document.get(setting.name).and_then(Item::as_value) {
        // The space and the comment around the old value stay where they are.
        before.decor().clone_into(value.decor_mut());
    }
    document[setting.name] = Item::Value(value);
    replace(path, &document.to_string())
        .map_err(|source| ConfigError::Io { path: path.to_owned(), source })
}

/// Removes a setting from the file. Returns false if it is not there. Errors as [`write()`].
pub fn remove(path: &Path, setting: &Setting) -> Result<bool, ConfigError> {
    let mut document = document(path)?;
    if document.remove(setting.name).is_none() {
        return Ok(false);
    }
    replace(path, &document.to_string())
        .map_err(|source| ConfigError::Io { path: path.to_owned(), source })?;
    Ok(true)
}

fn raw_value(item: &Item, setting: &Setting) -> RawValue {
    let list = item.as_array().filter(|_| setting.is_list);
    let texts = list.and_then(|list| list.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    if let Some(number) = item.as_integer().filter(|_| setting.is_number) {
        return RawValue::Text(number.to_string().into());
    }
    match (item.as_str(), texts) {
        (Some(text), _) => RawValue::Text(text.into()),
        (None, Some(texts)) => RawValue::Text(texts.join(" ").into()),
        (None, None) => RawValue::Other(item.to_string().trim().to_owned()),
    }
}

/// Replaces the file by a new one, whole. If that fails, the old file stays as it is. A link stays
/// a link, also to a file that is not there yet.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let path = &platform::end_of_links(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    platform::create_private_folder(folder)?;
    platform::remove_leftovers(folder, |name| is_unfinished(name, path));
    let new = platform::beside(path, format!(".{}", Uuid::new_v4()));
    let mut file = platform::create_unfinished_file(&new)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let replaced = written.and_then(|()| fs::rename(&new, path));
    if replaced.is_err() {
        let _ = fs::remove_file(&new);
        return replaced;
    }
    // The new file is in place. If a power cut brings the old one back, no word is lost.
    let _ = platform::sync_folder(folder);
    Ok(())
}

/// Whether a file of this name is a new settings file for this path that was not put in place.
fn is_unfinished(name: &OsStr, path: &Path) -> bool {
    let start = path.file_name().unwrap_or_default().as_encoded_bytes();
    let rest = name.as_encoded_bytes().strip_prefix(start);
    let id = rest.and_then(|rest| rest.strip_prefix(b"."));
    id.is_some_and(|id| id.len() == 36 && Uuid::try_parse_ascii(id).is_ok())
}

fn document(path: &Path) -> Result<DocumentMut, ConfigError> {
    let text = match platform::read_text(path, LARGEST) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(DocumentMut::new()),
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
        let text = |text: &str| RawValue::Text(text.into());
        let other = |text: &str| RawValue::Other(text.to_owned());
        assert!(read(&path).expect("read").values.is_empty());
        let file = "mood = 1\norder = 3\nrest_days = [\"sat\", \"sun\"]\neditor = \"vi\"\n\
            pager = [\"less\"]\nstep_fades = 30\n[new]\nx = 1\n";
        fs::write(&path, file).expect("written");
        let content = read(&path).expect("read");
        assert_eq!(content.unknown, ["mood", "new"]);
        assert_eq!(content.values["order"], other("3"));
        assert_eq!(content.values["rest_days"], text("sat sun"));
        assert_eq!(content.values["editor"], text("vi"));
        assert_eq!(content.values["step_fades"], text("30"));
        assert_eq!(content.values["pager"], other("[\"less\"]"));
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
        assert_eq!(read(&path).expect("read").values["editor"], RawValue::Text("vim -n".into()));
        let left: Vec<_> = fs::read_dir(home.path().join("dwell")).expect("listed").collect();
        assert_eq!(left.len(), 1);
    }
    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_what_a_killed_run_left_is_removed() {
        use std::time::{Duration, SystemTime};
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("config.toml");
        std::os::unix::fs::symlink("synced/deep/settings.toml", &path).expect("linked");
        let order = find("order").expect("a setting");
        write(&path, order, "mixed").expect("written");
        assert!(fs::symlink_metadata(&path).expect("there").is_symlink());
        let folder = home.path().join("synced/deep");
        let left = platform::beside(&folder.join("settings.toml"), format!(".{}", Uuid::new_v4()));
        for path in [left, folder.join("settings.toml.1"), folder.join("settings.toml.bak")] {
            let file = platform::create_private_file(&path).expect("made");
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1)).expect("set");
        }
        write(&path, order, "series").expect("written");
        let mut left: Vec<_> = fs::read_dir(&folder)
            .expect("listed")
            .map(|file| file.expect("listed").file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["settings.toml", "settings.toml.1", "settings.toml.bak"]);
        assert_eq!(fs::read_to_string(&path).expect("read"), "order = \"series\"\n");
    }
}
