//! What every text keeps to, whichever part of a lesson it is.

use super::*;
use crate::journal::entry::reflection::word_count;

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

/// Turns of the first edition that are no English, or none of this century, and small prices.
const NOT_ENGLISH: [&str; 42] = [
    "a full mark",
    "a good quarry",
    "a part of the plunder",
    "and with them a sentence",
    "applications or the flats",
    "can be met all over",
    "costs a line",
    "costs half a line",
    "costs nothing to keep",
    "costs one line",
    "drew out",
    "fits into nobody",
    "found so that",
    "had a direct answer",
    "hang on the diary",
    "hang on the same water",
    "hardly knew what to believe",
    "how the hand learns",
    "in the second row",
    "is no cure for it",
    "it need contain",
    "it turned out a bottle",
    "knew fishes as nobody",
    "latterly",
    "nobody has set a date but",
    "often the dearest",
    "on your own lane",
    "one already knows",
    "one slept there",
    "out of that drawer",
    "out of the drawer",
    "run his team over",
    "stands in the minutes",
    "stood round it",
    "takes two minutes",
    "tell the matter to",
    "the dear one",
    "the other one",
    "the strained one",
    "there is motion about",
    "was losing its worth",
    "were shot off",
];

/// With these a question begins that can be answered with yes or no.
const YES_OR_NO: [&str; 21] = [
    "Do", "Does", "Did", "Is", "Are", "Was", "Were", "Have", "Has", "Had", "Can", "Could", "Will",
    "Would", "Should", "May", "Might", "Must", "Don't", "Isn't", "Aren't",
];

#[test]
fn every_text_keeps_to_its_length_and_every_question_is_one() {
    for (place, lesson) in lessons() {
        for (part, text, least, most) in [
            ("title", &lesson.title, 3, 9),
            ("story", &lesson.story, 90, 160),
            ("takeaway", &lesson.takeaway, 30, 60),
            ("question", &lesson.question, 8, 30),
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
fn no_lesson_holds_a_forbidden_phrase() {
    for (place, lesson) in lessons() {
        for text in parts(&lesson) {
            let text = text.to_lowercase();
            let found: Vec<&&str> = FORBIDDEN
                .iter()
                .chain(&NOT_ENGLISH)
                .filter(|phrase| text.contains(**phrase))
                .collect();
            assert!(found.is_empty(), "{place}: {found:?}");
        }
    }
}

#[test]
fn no_sentence_has_more_than_35_words() {
    for (place, lesson) in lessons() {
        for sentence in parts(&lesson).into_iter().flat_map(sentences) {
            let words = sentence.split_whitespace().count();
            assert!(words <= 35, "{place}: {words} words: {sentence}");
        }
    }
}
