//! The floors of the store: reading cannot name writing, and one file commits.

use super::{is_test, paths, sources};

/// The floors from the lowest to the highest; each imports only from itself and from those below
/// it. The other files of the folder may import from all of them, and no floor imports from those.
const FLOORS: [&str; 7] = ["error", "file", "facts", "tables", "read", "backups", "write"];

#[test]
fn a_floor_imports_only_from_those_below_it() {
    let rank = |floor: &str| FLOORS.iter().position(|other| *other == floor);
    for (room, path, code) in sources() {
        let floor = path.iter().nth(1).map(|part| part.to_string_lossy().replace(".rs", ""));
        let Some(own) =
            floor.as_deref().and_then(rank).filter(|_| room == "store" && !is_test(&path))
        else {
            continue;
        };
        for import in paths(&code) {
            let Some(other) =
                import.strip_prefix("store::").and_then(|rest| rest.split("::").next())
            else {
                continue;
            };
            let path = path.display();
            assert!(!["upgrade", "old_forms"].contains(&other), "{path} imports {import}");
            assert!(rank(other).is_none_or(|other| other <= own), "{path} imports {import}");
        }
    }
}

#[test]
fn reading_names_no_transaction_and_one_file_commits() {
    for (room, path, code) in sources().into_iter().filter(|(_, path, _)| !is_test(path)) {
        let is_commit = path.ends_with("store/file/commit.rs");
        let commits = [".commit()", "\"COMMIT", "VACUUM"].iter().any(|words| code.contains(words));
        assert!(is_commit || !commits, "{} commits", path.display());
        if room == "store" && path.iter().any(|part| part == "read") {
            let names = ["Transaction", "transaction_with", "execute("];
            let named: Vec<_> = names.iter().filter(|name| code.contains(**name)).collect();
            assert!(named.is_empty(), "{} names {named:?}", path.display());
        }
    }
}
