//! Tests that read the sources and hold them to the structure in `ARCHITECTURE.md`: the rooms, the
//! floors of the store, no import cycles, and no sentence for a person below the messages.

mod cycles;
mod floors;
mod rooms;
mod sentences;

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The sources of all rooms, each with its room, its path below `src`, and its text without
/// comments.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = root();
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
            if path.extension().is_none_or(|ending| ending != "rs")
                || ["lib", "main", "architecture"].contains(&room.as_str())
            {
                continue;
            }
            let text = fs::read_to_string(&path).expect("readable");
            let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
            found.push((room, inner, code.collect::<Vec<_>>().join("\n")));
        }
    }
    found
}

/// Whether a file holds nothing but tests.
fn is_test(path: &Path) -> bool {
    path.ends_with("tests.rs")
        || path.ends_with("testing.rs")
        || path.iter().any(|part| part == "tests")
}

/// The code of a file before the tests that stand at its end.
fn before_tests(code: &str) -> &str {
    code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default()
}

/// All paths after `crate::` that the code names, with the lists in braces taken apart.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        let is_end = |c: char| !(c.is_alphanumeric() || c == '_' || c == ':');
        let end = rest.find(is_end).unwrap_or(rest.len());
        let path = rest[..end].trim_end_matches(':');
        match rest[end..].strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default().split(',').map(str::trim);
                found.extend(
                    list.filter(|item| !item.is_empty()).map(|item| format!("{path}::{item}")),
                );
            }
            None => found.push(path.to_owned()),
        }
    }
    found
}
