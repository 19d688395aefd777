//! Every file of the corpus keeps its property. The files are inputs that were written by hand,
//! found by fuzzing, or once showed a fault.

use std::fs;
use std::path::Path;

use crate::properties::{PROPERTIES, Property};

#[test]
fn every_input_of_the_corpus_keeps_its_property() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut folders = 0;
    for folder in fs::read_dir(&corpus).expect("a corpus") {
        let folder = folder.expect("listed").path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let property = PROPERTIES.iter().find(|(property, _)| *property == name);
        let (_, property) = property.unwrap_or_else(|| panic!("{name} is no property"));
        assert!(replay(&folder, *property) >= 10, "{name} has hardly any input");
        folders += 1;
    }
    assert_eq!(folders, PROPERTIES.len());
}

/// Checks each file of a folder, and returns how many there are.
fn replay(folder: &Path, property: Property) -> usize {
    let files = fs::read_dir(folder).expect("listed").map(|file| file.expect("listed").path());
    let check = |path: std::path::PathBuf| {
        let input = fs::read(&path).expect("read");
        let held = std::panic::catch_unwind(|| property(&input));
        assert!(held.is_ok(), "{} breaks its property", path.display());
    };
    files.map(check).count()
}
