//! No import cycles: no file imports itself through other files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::{before_tests, is_test, paths, sources};

/// The files that each file imports. A `mod.rs` and the files of its folder name each other, so
/// imports between them are left out.
fn imports() -> BTreeMap<PathBuf, BTreeSet<PathBuf>> {
    let sources: Vec<_> = sources().into_iter().filter(|(_, path, _)| !is_test(path)).collect();
    let files: BTreeSet<PathBuf> = sources.iter().map(|(_, path, _)| path.clone()).collect();
    let file_of = |import: &str| -> Option<PathBuf> {
        let parts: Vec<&str> = import.split("::").collect();
        (1..=parts.len()).rev().find_map(|count| {
            let path: PathBuf = parts[..count].iter().collect();
            [path.with_extension("rs"), path.join("mod.rs")]
                .into_iter()
                .find(|file| files.contains(file))
        })
    };
    let of_file = |(_, path, code): &(String, PathBuf, String)| {
        let is_apart = |other: &PathBuf| {
            let holds = |module: &PathBuf, file: &PathBuf| {
                module.ends_with("mod.rs")
                    && module.parent().is_some_and(|folder| file.starts_with(folder))
            };
            other != path && !holds(other, path) && !holds(path, other)
        };
        let named = paths(before_tests(code)).into_iter().filter_map(|import| file_of(&import));
        (path.clone(), named.filter(is_apart).collect())
    };
    sources.iter().map(of_file).collect()
}

/// The files of an import cycle that can be reached from this file, if there is one.
fn cycle(
    from: &PathBuf,
    path: &mut Vec<PathBuf>,
    done: &mut BTreeSet<PathBuf>,
    imports: &BTreeMap<PathBuf, BTreeSet<PathBuf>>,
) -> Option<Vec<PathBuf>> {
    if let Some(at) = path.iter().position(|file| file == from) {
        return Some(path[at..].to_vec());
    }
    if !done.insert(from.clone()) {
        return None;
    }
    path.push(from.clone());
    let found = imports[from].iter().find_map(|next| cycle(next, path, done, imports));
    path.pop();
    found
}

#[test]
fn no_file_imports_itself_through_others() {
    let imports = imports();
    let mut done = BTreeSet::new();
    for file in imports.keys() {
        let found = cycle(file, &mut Vec::new(), &mut done, &imports);
        assert_eq!(found, None);
    }
}
