//! Reads the sources and guards the rooms: each imports only from the rooms above it, and each
//! library is used in its own room alone.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from top to bottom.
const ROOMS: [&str; 15] = [
    "platform", "text", "journal", "clock", "library", "drafts", "store", "compose", "terminal",
    "config", "format", "messages", "view", "command", "cli",
];

/// Libraries and the rooms that may use them.
const LIBRARIES: [(&str, &[&str]); 14] = [
    ("rusqlite", &["store"]),
    ("clap", &["command", "cli"]),
    ("clap_complete", &["command", "cli"]),
    ("clap_mangen", &["command"]),
    ("serde", &["library", "store", "view"]),
    ("serde_json", &["store", "format", "view"]),
    ("anstyle", &["terminal"]),
    ("dialoguer", &["terminal"]),
    ("rustyline", &["terminal"]),
    ("toml", &["library"]),
    ("toml_edit", &["config"]),
    ("signal_hook", &["platform"]),
    ("rustix", &["platform"]),
    ("similar", &["text"]),
];

/// The sources of all rooms, each with its room and its text without comments.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).expect("a folder") {
            let path = file.expect("listed").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inner = path.strip_prefix(&root).expect("below the root").to_owned();
            let first = inner.iter().next().expect("a name").to_string_lossy();
            let room = first.trim_end_matches(".rs").to_owned();
            if ["lib", "main", "rooms", "sentences"].contains(&room.as_str()) {
                continue;
            }
            let text = fs::read_to_string(&path).expect("readable");
            let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
            found.push((room, inner, code.collect::<Vec<_>>().join("\n")));
        }
    }
    found
}

/// The rooms that the code names after `crate::`, alone or in a list in braces.
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
fn a_room_imports_only_from_the_rooms_above_it() {
    let rank = |room: &str| ROOMS.iter().position(|other| *other == room);
    for (room, path, code) in sources() {
        for other in imported(&code).into_iter().filter(|other| *other != room) {
            let other_rank = rank(other);
            let path = path.display();
            assert!(other_rank.is_some(), "{path} imports crate::{other}, which is no room");
            assert!(other_rank < rank(&room), "{path} imports {other}, which is below {room}");
        }
    }
}

#[test]
fn a_library_is_used_in_its_own_room_alone() {
    for (room, path, code) in sources() {
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
fn code_before_the_tests_stays_within_three_hundred_lines_a_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (_, path, _) in sources().into_iter().filter(|(_, path, _)| {
        !path.ends_with("tests.rs") && !path.iter().any(|part| part == "tests")
    }) {
        let text = fs::read_to_string(root.join(&path)).expect("readable");
        let code = text.lines().take_while(|line| line.trim() != "#[cfg(test)]").count();
        assert!(code <= 300, "{} has {code} lines", path.display());
    }
}
