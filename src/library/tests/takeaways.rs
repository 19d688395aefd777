//! A takeaway speaks to one reader about one moment, in everyday words.

use super::*;

/// With one of these after it, "one" is everybody and nobody, and the sentence is a maxim.
const AFTER_ONE: &str = " can cannot can't could may might must should would will does do did \
    has had is was knows wants needs feels thinks sees gets goes comes loves finds likes hopes \
    never always often seldom rarely hardly already ";

/// With one of these before it, "one" is a certain thing or person, or nobody.
const BEFORE_ONE: &str = " the this that each every any no which next last first only other \
    another new old large small right wrong ";

/// With one of these before it, "one" is again everybody: it lets one sleep.
const DOES_TO_ONE: &str = " makes lets keeps helps tires frees ";

/// Whoever is named with one of these is a person.
const PEOPLE: &str = " i we us he him his she her hers somebody everybody nobody anybody someone \
    everyone man men woman women boy boys girl girls child children baby son daughter mother \
    father parent parents sister sisters brother brothers uncle aunt cousin cousins niece nephew \
    grandmother grandfather husband wife family friend friends neighbour neighbours guest \
    stranger strangers colleague colleagues boss manager director teacher pupil student nurse \
    doctor patient plumber driver waiter tenant landlord ";

/// Words that open an item of a list.
const OPENS_ITEM: &str = " the a an your his her their my our no two three every some ";

/// Whether the word stands in a list whose words have a space on both sides.
fn among(list: &str, word: &str) -> bool {
    list.contains(&format!(" {word} "))
}

/// Whether the sentence says "one" of people in general.
fn has_generic_one(sentence: &str) -> bool {
    let words = bare_words(sentence);
    let at = |index: Option<usize>| index.and_then(|at| words.get(at)).map_or("", String::as_str);
    words.iter().enumerate().any(|(index, word)| match word.as_str() {
        "oneself" | "one's" => true,
        "one" => {
            let (before, after) = (at(index.checked_sub(1)), at(Some(index + 1)));
            among(DOES_TO_ONE, before) || (among(AFTER_ONE, after) && !among(BEFORE_ONE, before))
        }
        _ => false,
    })
}

/// The items of a sentence between its commas and its "and" and "or", each with whether a comma
/// stands before it.
fn items(sentence: &str) -> Vec<(bool, Vec<String>)> {
    let mut items = vec![];
    for part in sentence.split([',', ':', ';']) {
        let mut words = vec![];
        let mut after_comma = true;
        for word in bare_words(part) {
            if word != "and" && word != "or" {
                words.push(word);
            } else if !words.is_empty() {
                items.push((after_comma, std::mem::take(&mut words)));
                after_comma = false;
            }
        }
        items.push((after_comma, words));
    }
    items
}

/// Whether the sentence lists three things: "a bag, an umbrella and a stone". After a comma stand
/// an item and another that begins alike, or an item of two words at most and an "and" or an "or".
/// Some of what this finds names a thing in two ways and is no list; of the lists it misses few.
fn has_list(sentence: &str) -> bool {
    items(sentence).windows(3).any(|three| {
        let [(_, first), (after_comma, second), (again_comma, third)] = three else { return false };
        let (Some(middle), Some(last)) = (second.first(), third.first()) else { return false };
        let alike = middle == last || (among(OPENS_ITEM, middle) && among(OPENS_ITEM, last));
        let long = second.len() <= 6 && alike;
        let short = second.len() <= 2 && !again_comma;
        !first.is_empty() && *after_comma && (long || short)
    })
}

fn has_you(sentence: &str) -> bool {
    let words = bare_words(sentence);
    words.iter().any(|word| word.starts_with("you") && !word.starts_with("young"))
}

fn has_a_person(sentence: &str) -> bool {
    let of = |word: &String| word.strip_suffix("'s").unwrap_or(word).to_owned();
    bare_words(sentence).iter().any(|word| among(PEOPLE, &of(word)))
}

/// The lessons whose takeaway the test holds of, each with the takeaway.
fn takeaways_with(test: impl Fn(&str) -> bool) -> Vec<String> {
    let lessons = lessons().into_iter();
    let found = lessons.filter(|(_, lesson)| test(&lesson.takeaway));
    found.map(|(place, lesson)| format!("{place}: {}", lesson.takeaway)).collect()
}

#[test]
fn no_takeaway_speaks_of_one_where_it_means_you() {
    let generic = |text: &str| sentences(text).iter().any(|sentence| has_generic_one(sentence));
    at_most(0, "takeaways with a generic one", &takeaways_with(generic));
}

#[test]
fn at_most_one_takeaway_in_five_holds_a_list() {
    let listing = |text: &str| sentences(text).iter().any(|sentence| has_list(sentence));
    at_most(365 / 5, "takeaways with a list", &takeaways_with(listing));
}

#[test]
fn at_most_one_takeaway_in_three_holds_a_colon() {
    at_most(365 / 3, "takeaways with a colon", &takeaways_with(|text| text.contains(':')));
}

#[test]
fn nearly_every_takeaway_begins_with_the_reader_or_with_a_person() {
    let begins = |text: &str| {
        let first = sentences(text).swap_remove(0);
        has_you(&first) || has_a_person(&first)
    };
    let others = takeaways_with(|text| !begins(text));
    at_most(365 - 250, "takeaways that begin with nobody", &others);
}

#[test]
fn a_generic_one_is_told_from_a_certain_one() {
    for generic in ["One can wait.", "It is what one's hands know.", "That makes one tired."] {
        assert!(has_generic_one(generic), "{generic}");
    }
    for certain in ["No one had it.", "One morning he came.", "Take one.", "The next one will do."]
    {
        assert!(!has_generic_one(certain), "{certain}");
    }
}

#[test]
fn a_list_is_told_from_two_clauses() {
    let lists = [
        "You carry a bag, an umbrella and a stone.",
        "Bring the bill, the pen, the cake.",
        "You told it to your sister, to two colleagues, and to the cat.",
    ];
    for list in lists {
        assert!(has_list(list), "{list}");
    }
    for none in ["She is tired, and so are you.", "Take the key, the one from the door."] {
        assert!(!has_list(none), "{none}");
    }
}

#[test]
fn a_person_is_told_from_a_maxim() {
    assert!(has_you("It is not yours.") && !has_you("A young thing waits."));
    assert!(has_a_person("The manager's plan is old.") && has_a_person("She ran."));
    assert!(!has_a_person("A distant goal may be wrong."));
}
