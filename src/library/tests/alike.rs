//! No lesson says what another says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::*;

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
