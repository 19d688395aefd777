//! What every shipped lesson keeps to, and what all of them together do. Whoever adds a series runs
//! these; `CONTRIBUTING.md` says the same in words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::*;
use crate::journal::entry::reflection::word_count;
use crate::journal::lesson::LessonText;

const TAGS: &str = include_str!("../../lessons/README.md");
const SOURCES: &str = include_str!("../../lessons/SOURCES.md");

/// Words and turns that promise, cheer, flatter or fill; none of them stands in a lesson.
const FORBIDDEN: [&str; 53] = [
    "fast-paced",
    "in a world where",
    "in today's world",
    "game changer",
    "game-changer",
    "unlock your",
    "unleash",
    "journey of",
    "at the end of the day",
    "outside the box",
    "the power of",
    "never give up",
    "follow your dreams",
    "believe in yourself",
    "is a testament",
    "stands as a",
    "a reminder that",
    "reminds us",
    "teaches us",
    "shows us that",
    "the lesson here",
    "the takeaway",
    "embrace",
    "leverage",
    "delve",
    "tapestry",
    "resilien",
    "mindset",
    "empower",
    "level up",
    "hustle",
    "comfort zone",
    "make a difference",
    "let that sink in",
    "not just",
    "more than just",
    "it's not about",
    "isn't about",
    "little did",
    "changed the world",
    "changed everything",
    "changed history",
    "timeless",
    "inspir",
    "iconic",
    "legendary",
    "visionary",
    "trailblaz",
    "pioneer",
    "groundbreaking",
    "unwavering",
    "relentless",
    "truly",
];

/// With these a question begins that can be answered with yes or no.
const YES_OR_NO: [&str; 21] = [
    "Do", "Does", "Did", "Is", "Are", "Was", "Were", "Have", "Has", "Had", "Can", "Could", "Will",
    "Would", "Should", "May", "Might", "Must", "Don't", "Isn't", "Aren't",
];

/// Each lesson with the place it stands at.
fn lessons() -> Vec<(String, LessonText)> {
    let shipped = shipped().expect("readable");
    let place = |series: Series| {
        let slug = series.slug;
        let numbered = series.lessons.into_iter().zip(1..);
        numbered.map(move |(lesson, number)| (format!("{slug}/{number}"), lesson))
    };
    shipped.into_iter().flat_map(place).collect()
}

fn parts(lesson: &LessonText) -> [&str; 4] {
    [&lesson.title, &lesson.story, &lesson.takeaway, &lesson.question]
}

fn lower_words(text: &str) -> Vec<String> {
    let is_word = |word: &&str| !word.is_empty();
    let split = text.split(|c: char| !c.is_alphanumeric()).filter(is_word);
    split.map(str::to_lowercase).collect()
}

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
fn every_text_keeps_to_its_length_and_every_question_is_one() {
    for (place, lesson) in lessons() {
        for (part, text, least, most) in [
            ("title", &lesson.title, 3, 14),
            ("story", &lesson.story, 90, 160),
            ("takeaway", &lesson.takeaway, 30, 60),
            ("question", &lesson.question, 8, 40),
        ] {
            let words = word_count(text);
            assert!((least..=most).contains(&words), "{place}: the {part} has {words} words");
            assert_eq!(text.trim(), text, "{place}: white space around the {part}");
            assert!(!text.contains(['\n', '\t', '!']), "{place}: {part}");
            assert!(!text.contains("  "), "{place}: two spaces in the {part}");
        }
        let question = &lesson.question;
        assert!(question.ends_with('?') && question.matches('?').count() == 1, "{place}");
        let first = question.split([' ', ',']).next().unwrap_or_default();
        assert!(!YES_OR_NO.contains(&first), "{place} can be answered with yes or no");
        assert!(!lesson.title.ends_with('.'), "{place}: a full stop after the title");
    }
}

#[test]
fn tags_are_those_of_the_list_and_each_of_the_list_is_used() {
    let listed = listed_tags();
    assert!((20..=40).contains(&listed.len()), "{}", listed.len());
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
fn no_lesson_holds_a_forbidden_phrase() {
    for (place, lesson) in lessons() {
        for text in parts(&lesson) {
            let text = text.to_lowercase();
            let found: Vec<&&str> =
                FORBIDDEN.iter().filter(|phrase| text.contains(**phrase)).collect();
            assert!(found.is_empty(), "{place}: {found:?}");
        }
    }
}

#[test]
fn no_two_lessons_share_a_row_of_words() {
    const ROW: usize = 8;
    let mut rows: HashMap<Vec<String>, String> = HashMap::new();
    for (place, lesson) in lessons() {
        for text in [&lesson.story, &lesson.takeaway, &lesson.question] {
            for row in lower_words(text).windows(ROW) {
                let other = rows.entry(row.to_vec()).or_insert_with(|| place.clone());
                assert_eq!(*other, place, "both say: {}", row.join(" "));
            }
        }
    }
}

/// How alike what two lessons say is: the cosine of the angle between their words, in which a word
/// counts the more the fewer lessons have it. 0 for no word in common, 1 for the same words.
#[test]
fn no_two_lessons_say_the_same() {
    const MOST_ALIKE: f64 = 0.3;
    let lessons = lessons();
    // What a lesson is about is in its title, its takeaway and its question; two stories of one
    // series share names and places and tell other things all the same.
    let said: Vec<(&String, BTreeSet<String>)> = (lessons.iter())
        .map(|(place, lesson)| {
            let all = [&*lesson.title, &lesson.takeaway, &lesson.question].join(" ");
            (place, lower_words(&all).into_iter().collect())
        })
        .collect();
    let mut in_lessons: BTreeMap<&str, f64> = BTreeMap::new();
    for word in said.iter().flat_map(|(_, words)| words) {
        *in_lessons.entry(word).or_default() += 1.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "there are not that many lessons")]
    let count = said.len() as f64;
    let weight = |word: &String| (count / in_lessons[word.as_str()]).ln().powi(2);
    let length = |words: &BTreeSet<String>| words.iter().map(weight).sum::<f64>().sqrt();
    let lengths: Vec<f64> = said.iter().map(|(_, words)| length(words)).collect();
    let mut most = (0.0, String::new());
    for (at, (place, words)) in said.iter().enumerate() {
        for (other_at, (other_place, other)) in said.iter().enumerate().skip(at + 1) {
            let common: f64 = words.intersection(other).map(weight).sum();
            let alike = common / (lengths[at] * lengths[other_at]);
            if alike > most.0 {
                most = (alike, format!("{place} and {other_place}"));
            }
        }
    }
    assert!(most.0 < MOST_ALIKE, "{} are alike by {:.2}", most.1, most.0);
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
