//! Which series there are, in which order, under which tags and with which sources.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::*;

const TAGS: &str = include_str!("../../../lessons/README.md");
const SOURCES: &str = include_str!("../../../lessons/SOURCES.md");

/// Series that shipped once and left. A journal that met one of them keeps it under this name, so
/// no other series may ever take it.
const LEFT: [&str; 9] = [
    "dujiangyan",
    "prince-achmed",
    "sophie-germain",
    "the-apple",
    "the-ardabil-carpet",
    "the-flying-doctor",
    "the-grass-bridge",
    "the-harvard-computers",
    "the-water-court-of-valencia",
];

/// The tags that `lessons/README.md` lists, one on each line of its list.
fn listed_tags() -> BTreeSet<&'static str> {
    TAGS.lines().filter_map(|line| line.strip_prefix("- `")?.split('`').next()).collect()
}

#[test]
fn there_is_a_lesson_for_each_day_of_a_year() {
    let shipped = shipped().expect("readable");
    assert_eq!(shipped.len(), 73);
    assert!(shipped.iter().all(|series| series.lessons.len() == 5));
    assert_eq!(lessons().len(), 365);
    assert_eq!(shipped[0].slug.as_str(), "the-defiant-ones");
    assert_eq!(shipped[0].source.year, Some(2017));
}

#[test]
fn no_two_series_and_no_two_lessons_have_one_name() {
    let shipped = shipped().expect("readable");
    let slugs: BTreeSet<&str> = shipped.iter().map(|series| series.slug.as_str()).collect();
    let names: BTreeSet<&str> = shipped.iter().map(|series| series.title.as_str()).collect();
    assert_eq!((slugs.len(), names.len()), (shipped.len(), shipped.len()));
    let mut titles: HashMap<Vec<String>, String> = HashMap::new();
    for (place, lesson) in lessons() {
        let before = titles.insert(lower_words(&lesson.title), place.clone());
        assert_eq!(before, None, "{place} has the same title");
    }
}

#[test]
fn every_file_begins_with_its_name() {
    for (text, series) in FILES.iter().zip(shipped().expect("readable")) {
        let first = text.lines().next().unwrap_or_default();
        assert_eq!(first, format!("slug = \"{}\"", series.slug));
    }
}

#[test]
fn every_file_of_the_folder_ships_under_its_own_name() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
    let files = std::fs::read_dir(folder).expect("listed");
    let files = files.filter_map(|file| file.expect("listed").file_name().into_string().ok());
    let files: BTreeSet<String> =
        files.filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned())).collect();
    let shipped = shipped().expect("readable");
    let slugs: BTreeSet<String> = shipped.iter().map(|series| series.slug.to_string()).collect();
    assert_eq!(files, slugs);
}

#[test]
fn no_series_takes_the_name_of_one_that_left() {
    for series in shipped().expect("readable") {
        assert!(!LEFT.contains(&series.slug.as_str()), "{} shipped once", series.slug);
    }
}

#[test]
fn tags_are_those_of_the_list_and_each_of_the_list_is_used() {
    let listed = listed_tags();
    assert!((20..=44).contains(&listed.len()), "{}", listed.len());
    let mut used = BTreeSet::new();
    for (place, lesson) in lessons() {
        assert!((1..=3).contains(&lesson.tags.len()), "{place}: {:?}", lesson.tags);
        for tag in lesson.tags {
            let known = listed.get(tag.as_str());
            assert!(known.is_some(), "{place}: {tag} is not on the list");
            used.extend(known);
        }
    }
    assert_eq!(used, listed);
}

#[test]
fn the_claims_of_every_lesson_are_listed_with_where_to_check_them() {
    let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for section in SOURCES.split("\n## ").skip(1) {
        let mut lines = section.lines();
        let slug = lines.next().expect("a heading").trim();
        assert!(sections.insert(slug, lines.collect()).is_none(), "{slug} is there twice");
    }
    for series in shipped().expect("readable") {
        let lines = sections.remove(series.slug.as_str());
        let lines = lines.unwrap_or_else(|| panic!("{} has no sources", series.slug));
        let checked = lines.iter().find_map(|line| line.strip_prefix("Checked in: "));
        assert!(checked.is_some_and(|works| works.len() > 20), "{}", series.slug);
        for number in 1..=5 {
            let claims = lines.iter().find_map(|line| line.strip_prefix(&format!("{number}. ")));
            assert!(claims.is_some_and(|claims| claims.len() > 20), "{}/{number}", series.slug);
        }
    }
    assert!(sections.is_empty(), "not shipped: {:?}", sections.keys());
}

#[test]
fn neighbours_on_the_shelf_are_of_another_kind() {
    let shipped = shipped().expect("readable");
    for pair in shipped.windows(2) {
        let [one, next] = pair else { continue };
        assert_ne!(one.source.kind, next.source.kind, "{} and {}", one.slug, next.slug);
    }
    let kinds: BTreeSet<&str> = shipped.iter().map(|series| series.source.kind.as_str()).collect();
    assert!(kinds.len() >= 25, "{kinds:?}");
}
