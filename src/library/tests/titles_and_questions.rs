//! Titles that do not all give orders, and questions that ask after what people feel.

use super::*;

/// With these a title begins that tells the reader what to do.
const IMPERATIVES: &str = " act add admit advertise allow answer arrange ask be begin bend boil \
    borrow bring build buy burn call carry catch change chase check choose climb collect come copy \
    count cut decide dig do don't doodle draw dress earn eat end enjoy file fill find finish follow \
    forgive found gather get give go graft grow guard hand hang have hide hold hurry judge keep know \
    laugh lay learn leave lend let lift light list listen live look make measure meet mend mind move \
    name note notice number offer open order own pack paint pass pay pick plant play practise praise \
    print prove publish pull push put quote race ration read rear rearrange receive remember rest \
    reward ring run save say search see sell send set settle sew share show sign sing sit sleep \
    slow sort spare speak spend split stand start stay stop strike study sweep take teach tell thank \
    think throw train trust try turn twist use visit wait walk watch wear whistle work write ";

/// Titles that begin like an order and are none.
const NO_ORDERS: [&str; 1] = ["Slow was her own word for herself"];

/// Words for what people feel.
const FEELINGS: &str = " afraid alone anger angry ashamed bored boredom comfort comforted \
    comforting disappointed embarrassed enjoy enjoyed enjoying envied envious envy fear feared forgave \
    forgive forgiven forgiveness glad grateful gratitude grief grieve grieved happier happiness happy \
    homesick hope hoped hurt jealous joy lonely loneliness love loved loves loving laugh laughed laughing \
    laughter miss missed missing pride proud regret regretted relief relieved sad sadness shame sorry \
    tender tenderness thankful tired worried worry ";

/// Things that stood in half of the first edition's takeaways, and their plurals.
const WORN: [&str; 13] = [
    "drawer",
    "shelf",
    "recipe",
    "soup",
    "aunt",
    "boiler",
    "garden",
    "cupboard",
    "kitchen",
    "letter",
    "attic",
    "neighbour",
    "meeting",
];

/// The lessons of which the test holds, each with its title and its question.
fn lessons_with(test: impl Fn(&LessonText) -> bool) -> Vec<String> {
    let lessons = lessons().into_iter().filter(|(_, lesson)| test(lesson));
    lessons
        .map(|(place, lesson)| format!("{place}: {} / {}", lesson.title, lesson.question))
        .collect()
}

fn has_a_word_of(list: &str, text: &str) -> bool {
    bare_words(text).iter().any(|word| list.contains(&format!(" {word} ")))
}

#[test]
fn at_least_a_third_of_the_titles_are_no_imperatives() {
    let orders = |lesson: &LessonText| {
        let first = bare_words(&lesson.title).swap_remove(0);
        has_a_word_of(IMPERATIVES, &first) && !NO_ORDERS.contains(&&*lesson.title)
    };
    at_most(365 * 2 / 3, "titles that are imperatives", &lessons_with(orders));
}

#[test]
fn a_title_that_is_no_order_is_still_in_use() {
    for title in NO_ORDERS {
        assert_eq!(lessons_with(|lesson| *lesson.title == *title).len(), 1, "{title}");
    }
}

#[test]
fn hardly_a_question_says_whom() {
    let whom = |lesson: &LessonText| has_a_word_of(" whom ", &lesson.question);
    at_most(5, "questions with whom", &lessons_with(whom));
}

#[test]
fn a_hundred_questions_and_more_ask_after_a_feeling() {
    let cold = |lesson: &LessonText| !has_a_word_of(FEELINGS, &lesson.question);
    at_most(365 - 100, "questions without a feeling", &lessons_with(cold));
}

#[test]
fn no_prop_is_worn_out() {
    for prop in WORN {
        let plural = if prop == "shelf" { "shelves".to_owned() } else { format!("{prop}s") };
        let forms = format!(" {prop} {prop}'s {plural} {plural}' ");
        let worn = |lesson: &LessonText| {
            has_a_word_of(&forms, &lesson.takeaway) || has_a_word_of(&forms, &lesson.question)
        };
        at_most(10, prop, &lessons_with(worn));
    }
}
