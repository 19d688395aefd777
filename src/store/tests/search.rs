//! What a search finds, in which order, and what it shows of it.

use super::*;
use crate::journal::NewStep;
use crate::journal::lesson::slug::TagKey;
use crate::journal::search::{Hit, HitPlace, Part, Search, Within, in_brackets};

impl Journal {
    /// Each hit as its day or its lesson's place, with its snippet.
    fn find(&self, typed: &str) -> Vec<(String, String)> {
        let hits = self.hits(typed, &Query::default(), Within::All);
        let shown = |hit: Hit| (place(&hit), in_brackets(&hit.snippets[0].spans));
        hits.into_iter().map(shown).collect()
    }

    fn places(&self, typed: &str, query: &Query, within: Within) -> Vec<String> {
        self.hits(typed, query, within).iter().map(place).collect()
    }

    fn hits(&self, typed: &str, query: &Query, within: Within) -> Vec<Hit> {
        let search = Search::parse(typed).expect("terms");
        let mut hits = Vec::new();
        let searched = self.store.each_hit(&search, query, within, |hit| -> Result<()> {
            hits.push(hit.clone());
            Ok(())
        });
        assert_eq!(searched.expect("searched").shown, hits.len());
        hits
    }

    /// Writes one text a day, from today on.
    fn write_daily(&mut self, texts: &[&str]) {
        for (at, text) in texts.iter().enumerate() {
            if at > 0 {
                self.later(1);
            }
            self.write(self.now.day, text);
        }
    }
}

fn place(hit: &Hit) -> String {
    match &hit.found {
        HitPlace::Entry(entry) => entry.day.to_string(),
        HitPlace::Served(entry) => {
            let lesson = entry.lesson.as_ref().expect("a serving");
            format!("{}/{} {}", lesson.series, lesson.number, entry.day)
        }
        HitPlace::Waiting(lesson) => format!("{}/{}", lesson.series, lesson.number),
    }
}

fn only(day: &str, snippet: &str) -> Vec<(String, String)> {
    vec![(day.to_owned(), snippet.to_owned())]
}

#[test]
fn the_best_come_first_and_of_equals_the_newest() {
    let mut journal = Journal::new();
    let long =
        "zephyr and then a great many other words that say nothing more of the matter at hand";
    journal.write_daily(&[
        long,
        "zephyr zephyr",
        "quartz and then a zephyr",
        "zephyr quartz",
        "none",
    ]);
    journal.write_daily(&["same wombat", "same wombat"]);
    let days = |typed| journal.places(typed, &Query::default(), Within::All);
    assert_eq!(days("zephyr")[0], "2026-11-23");
    assert_eq!(days("zephyr")[3], "2026-11-22");
    assert_eq!(days("wombat"), ["2026-11-27", "2026-11-26"]);
    // Both texts hold both words once; only one holds them side by side.
    assert_eq!(days("zephyr quartz"), ["2026-11-25", "2026-11-24"]);
}

#[test]
fn words_that_stand_together_come_before_words_apart() {
    let mut journal = Journal::new();
    journal.write_daily(&[
        "red apple on a blue car",
        "red car on a blue apple",
        "filler words",
        "more",
    ]);
    let days = |typed| journal.places(typed, &Query::default(), Within::Reflections);
    assert_eq!(days("red apple"), ["2026-11-22", "2026-11-23"]);
    assert_eq!(days("red car"), ["2026-11-23", "2026-11-22"]);
}

#[test]
fn words_are_found_in_every_script_and_way_of_writing() {
    let mut journal = Journal::new();
    journal.write_daily(&[
        "Übung für heute",
        "Ubung U\u{308}bung",
        "世界は広い",
        "東京towerと서울에서",
        "đi",
    ]);
    for (typed, wanted) in [
        ("ubung", vec!["2026-11-23", "2026-11-22"]),
        ("ÜBUNG", vec!["2026-11-23", "2026-11-22"]),
        ("u\u{308}bung", vec!["2026-11-23", "2026-11-22"]),
        ("fur", vec!["2026-11-22"]),
        ("界は", vec!["2026-11-24"]),
        ("は世", vec![]),
        ("tower", vec!["2026-11-25"]),
        ("울에 京", vec!["2026-11-25"]),
        ("東*", vec!["2026-11-25"]),
    ] {
        let mut found = journal.places(typed, &Query::default(), Within::Reflections);
        found.sort_by(|a, b| b.cmp(a));
        assert_eq!(found, wanted, "{typed}");
    }
    assert_eq!(journal.find("界は"), only("2026-11-24", "世[界は]広い"));
    assert_eq!(journal.find("tower 서울"), only("2026-11-25", "東京[tower]と[서울]에서"));
    let found = journal.find("U\u{308}bung heute");
    assert_eq!(found, only("2026-11-22", "[Übung] für [heute]"));
}

#[test]
fn phrases_prefixes_and_exclusions_are_respected() {
    let mut journal = Journal::new();
    journal.write_daily(&[
        "a quiet morning walk",
        "morning, quiet at last",
        "mornings are loud",
        "title: x",
    ]);
    let days = |typed| journal.places(typed, &Query::default(), Within::Reflections);
    let (a, b, c) = ("2026-11-22", "2026-11-23", "2026-11-24");
    assert_eq!(days("\"quiet morning\""), [a]);
    assert_eq!(days("\"quiet morn\"*"), [a]);
    assert_eq!(days("quiet -walk"), [b]);
    assert_eq!(days("quiet -\"quiet morning\""), [b]);
    assert_eq!(days("morn* -quiet"), [c]);
    assert_eq!(days("morn"), [""; 0]);
    assert_eq!(days("morning AND walk"), [""; 0]);
    assert_eq!(days("title:x"), ["2026-11-25"]);
    // Only exclusions: all other entries, newest first, and no lessons.
    assert_eq!(journal.places("-quiet", &Query::default(), Within::All), ["2026-11-25", c]);
    let lessons = journal.places("-eggs", &Query::default(), Within::Lessons);
    assert_eq!(lessons.len(), 4, "{lessons:?}");
}

#[test]
fn signs_are_found_literally() {
    let mut journal = Journal::new();
    journal.write_daily(&["so it was: fine", "I ❤\u{fe0f} it -> and more", "100% sure", "東・京"]);
    assert_eq!(journal.find("❤"), only("2026-11-23", "I [❤\u{fe0f}] it -> and more"));
    assert_eq!(
        journal.find("❤\u{fe0f} -> -\":\""),
        only("2026-11-23", "I [❤\u{fe0f}] it [->] and more")
    );
    assert_eq!(journal.find("%"), only("2026-11-24", "100[%] sure"));
    assert_eq!(journal.find("・"), only("2026-11-25", "東[・]京"));
    assert_eq!(journal.find("it ->"), only("2026-11-23", "I ❤\u{fe0f} [it] [->] and more"));
    assert_eq!(journal.find("sure -%"), []);
    let days = journal.places("-\":\" -\"%\"", &Query::default(), Within::All);
    assert_eq!(days, ["2026-11-25", "2026-11-23"]);
}

#[test]
fn a_hit_says_in_which_part_of_the_entry_the_words_are() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let step = NewStep::new("call Anna", Some("after lunch")).expect("words");
    let writing = Writing { day, text: "a quiet morning", step: Some(&step), again: None };
    journal.store.write(journal.now, Order::Series, writing).expect("written");
    journal.store.add_afterthought(journal.now, day, "Anna was quiet").expect("added");
    let found = |typed: &str| -> Vec<(Part, String)> {
        let hits = journal.hits(typed, &Query::default(), Within::Reflections);
        let snippets = hits.into_iter().flat_map(|hit| hit.snippets);
        snippets.map(|one| (one.part, in_brackets(&one.spans))).collect()
    };
    let one = |part, line: &str| (part, line.to_owned());
    assert_eq!(found("morning"), [one(Part::Reflection, "a quiet [morning]")]);
    assert_eq!(found("call"), [one(Part::Step, "[call] Anna")]);
    assert_eq!(found("lunch"), [one(Part::Step, "after [lunch]")]);
    assert_eq!(found("was"), [one(Part::Afterthought, "Anna [was] quiet")]);
    assert_eq!(found("quiet anna"), [one(Part::Afterthought, "[Anna] was [quiet]")]);
    assert_eq!(
        found("morning call"),
        [one(Part::Reflection, "a quiet [morning]"), one(Part::Step, "[call] Anna")]
    );
    assert_eq!(found("\"morning call\""), []);
}

#[test]
fn a_nul_in_a_text_hides_nothing_of_it() {
    let mut journal = Journal::new();
    journal.write_daily(&["alpha\0betaword gamma"]);
    assert_eq!(journal.find("gamma"), only("2026-11-22", "alpha\0betaword [gamma]"));
    assert_eq!(journal.find("alpha betaword"), only("2026-11-22", "[alpha]\0[betaword] gamma"));
}

#[test]
fn the_index_has_no_copy_of_the_texts_and_a_form_that_older_programs_read() {
    let mut journal = Journal::new();
    journal.write_daily(&["one", "two"]);
    journal.undo();
    let read = |sql: &str| -> i64 {
        journal.store.connection.query_row(sql, [], |row| row.get(0)).expect("read")
    };
    let copies = "SELECT count(*) FROM sqlite_schema WHERE name = 'search_content'";
    assert_eq!(read(copies), 0);
    // SQLite before 3.43 reads the form 4 only.
    assert_eq!(read("SELECT v FROM search_config WHERE k = 'version'"), 4);
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn a_word_too_many_or_too_few_in_the_index_is_a_difference() {
    let mut journal = Journal::new();
    journal.write_daily(&["one", "two"]);
    let id = "(SELECT id FROM entry WHERE day = '2026-11-23')";
    let sql = format!(
        "INSERT INTO search (search, rowid, title, body) VALUES ('delete', {id}, '', 'two');
                       INSERT INTO search (rowid, title, body) VALUES ({id}, '', 'too')"
    );
    journal.store.connection.execute_batch(&sql).expect("changed");
    let found: Vec<(String, bool)> = journal
        .store
        .compare()
        .expect("compared")
        .into_iter()
        .map(|one| (one.about, one.in_journal))
        .collect();
    assert_eq!(found, [("2026-11-23".to_owned(), true), ("2026-11-23".to_owned(), false)]);
    // A hit that its text does not bear out is not shown.
    assert_eq!(journal.find("too"), []);
    journal.store.rebuild(&mut |_| {}).expect("rebuilt");
    assert_tables_agree_with_facts(&journal.store);
}

#[test]
fn own_tags_and_those_of_lessons_are_apart() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    let step = NewStep::new("call #anna", None).expect("words");
    let writing = Writing { day, text: "a walk #İş/one #Home", step: Some(&step), again: None };
    journal.store.write(journal.now, Order::Series, writing).expect("written");
    journal.later(1);
    journal.write(journal.now.day, "a walk #home");
    journal.store.add_afterthought(journal.now, day, "well #after, #home again").expect("added");
    let counted: Vec<(String, u64, String)> = journal
        .store
        .tags()
        .expect("read")
        .into_iter()
        .map(|one| (one.tag, one.count, one.last.to_string()))
        .collect();
    let one = |tag: &str, count, last: &str| (tag.to_owned(), count, last.to_owned());
    assert_eq!(
        counted,
        [
            one("home", 2, "2026-11-23"),
            one("after", 1, "2026-11-22"),
            one("anna", 1, "2026-11-22"),
            one("iş/one", 1, "2026-11-22"),
        ]
    );
    let with = |tag: &str| Query { tag: Some(TagKey::of(tag)), ..Query::default() };
    let on = |tag: &str| Query { lesson_tag: Some(TagKey::of(tag)), ..Query::default() };
    for (query, wanted) in [
        (with("HOME"), &["2026-11-23", "2026-11-22"][..]),
        (with("iş"), &["2026-11-22"]),
        (with("İŞ/ONE"), &["2026-11-22"]),
        (with("anna"), &["2026-11-22"]),
        (with("after"), &["2026-11-22"]),
        (with("tag"), &[]),
        (on("TAG"), &["2026-11-23", "2026-11-22"]),
        (on("home"), &[]),
    ] {
        let mut days = Vec::new();
        let read = journal.store.each_entry(&query, |entry| -> Result<()> {
            days.push(entry.day.to_string());
            Ok(())
        });
        read.expect("read");
        assert_eq!(days, wanted, "{query:?}");
        let mut found = journal.places("walk", &query, Within::Reflections);
        found.sort_by(|a, b| b.cmp(a));
        assert_eq!(found, wanted, "{query:?}");
    }
    let lessons = |query: &Query, within| journal.places("q", query, within).len();
    assert_eq!(lessons(&on("tag"), Within::Lessons), 5);
    assert_eq!(lessons(&on("tag"), Within::All), 2);
    assert_eq!(lessons(&with("home"), Within::Lessons), 2);
    assert_eq!(lessons(&with("tag"), Within::Lessons), 0);
}

#[test]
fn removed_words_are_not_found_until_an_undo_brings_them_back() {
    let mut journal = Journal::new();
    let day = journal.now.day;
    journal.write(day, "wombat");
    journal.write(day, "numbat");
    assert_eq!(journal.find("wombat").len(), 1);
    journal.undo();
    assert_eq!(journal.find("numbat"), []);
    journal.undo();
    assert_eq!(journal.find("wombat"), []);
    journal.write(day, "quokka");
    let entry = journal.store.entry(day).expect("read").expect("written");
    journal.store.delete(journal.now, &entry).expect("deleted");
    assert_eq!(journal.find("quokka"), []);
    journal.undo();
    assert_eq!(journal.find("quokka"), only("2026-11-22", "[quokka]"));
}

#[test]
fn lessons_are_found_while_they_are_on_the_shelf_or_once_they_were_served() {
    let mut journal = Journal::new();
    journal.store.install_shipped(journal.now).expect("installed");
    assert_eq!(journal.find("Großvater"), []);
    assert_eq!(journal.find("headphones"), [], "it was not met yet");
    let lessons =
        |journal: &Journal, typed: &str| journal.places(typed, &Query::default(), Within::Lessons);
    assert_eq!(lessons(&journal, "headphones"), ["the-defiant-ones/1"]);
    journal.serve();
    assert_eq!(journal.find("headphones")[0].0, "the-defiant-ones/1 2026-11-22");
    let mut mine = series("mine", 2);
    mine.lessons[1].story = "a wombat at the door".to_owned();
    journal.store.add_series(journal.now, &mine).expect("added");
    assert_eq!(journal.find("wombat"), []);
    let hits = journal.hits("wombat", &Query::default(), Within::Lessons);
    assert_eq!((hits.len(), &*place(&hits[0])), (1, "mine/2"));
    assert_eq!(in_brackets(&hits[0].snippets[0].spans), "a [wombat] at the door");
    mine.lessons[1].story = "a numbat at the door".to_owned();
    journal.store.add_series(journal.now, &mine).expect("added");
    assert_eq!(lessons(&journal, "wombat"), [""; 0]);
    assert_eq!(lessons(&journal, "numbat").len(), 1);
}

#[test]
fn hits_beyond_those_that_are_ranked_follow_newest_first_and_each_comes_once() {
    let mut journal = Journal::empty(ShippedSeries::NONE);
    // Seven lessons that are not served, and seven that are: the series added last comes first.
    for name in ["mine", "other"] {
        let mut series = series(name, 7);
        for lesson in &mut series.lessons {
            lesson.title.push_str(" wombat");
        }
        journal.store.add_series(journal.now, &series).expect("added");
    }
    let long = "wombat in a long text that goes on and on and on about other things than it";
    journal.write_daily(&["wombat", long, "wombat", long, "wombat", long, "wombat"]);
    let search = Search::parse("wombat").expect("a term");
    let found = |ranked, within, query: &Query| {
        let mut places = Vec::new();
        let searched =
            journal.store.each_hit_ranking(ranked, (&search, query, within), |hit| -> Result<()> {
                places.push(place(hit));
                Ok(())
            });
        (places, searched.expect("searched").ranked_only)
    };
    let all = Query::default();
    let (days, ranked_only) = found(3, Within::Reflections, &all);
    let in_order = [
        "2026-11-28",
        "2026-11-26",
        "2026-11-27",
        "2026-11-25",
        "2026-11-24",
        "2026-11-23",
        "2026-11-22",
    ];
    assert_eq!(days, in_order);
    assert_eq!(ranked_only, Some(3));
    assert_eq!(found(7, Within::All, &all).1, None);
    let oldest_first = Query { oldest_first: true, ..Query::default() };
    for (query, ranked) in [(&all, 2), (&all, 3), (&oldest_first, 2), (&oldest_first, 100)] {
        // Seven entries and seven lessons that were met; fourteen lessons.
        for within in [Within::All, Within::Lessons] {
            let (mut places, _) = found(ranked, within, query);
            assert_eq!(places.len(), 14);
            places.sort();
            places.dedup();
            assert_eq!(places.len(), 14);
        }
    }
    let (places, ranked_only) = found(2, Within::All, &oldest_first);
    assert_eq!((&*places[0], &*places[1]), ("other/1 2026-11-22", "2026-11-22"));
    assert_eq!((&*places[12], &*places[13]), ("other/7 2026-11-28", "2026-11-28"));
    assert_eq!(ranked_only, None);
    let (places, _) = found(2, Within::Lessons, &oldest_first);
    assert_eq!((&*places[6], &*places[7]), ("other/7 2026-11-28", "mine/1"));
    assert_eq!(places[13], "mine/7");
    let three = Query { limit: Some(3), ..Query::default() };
    let in_order = ["2026-11-28", "2026-11-27", "2026-11-26"];
    assert_eq!(found(2, Within::Reflections, &three).0, in_order);
}

#[test]
fn words_can_be_written_while_hits_are_shown() {
    let mut journal = Journal::new();
    journal.write_daily(&["wombat", "wombat", "wombat"]);
    let mut other = Store::open(&journal.path(), ShippedSeries::NONE).expect("opened");
    let search = Search::parse("wombat").expect("a term");
    for oldest_first in [false, true] {
        let query = Query { oldest_first, ..Query::default() };
        // With one ranked hit, the others are read after the first was shown.
        let asked = (&search, &query, Within::All);
        let searched = journal.store.each_hit_ranking(1, asked, |_| {
            let day = journal.now.day;
            let writing = Writing { day, text: "wombat", step: None, again: None };
            other.write(journal.now, Order::Series, writing).map(|_| ())
        });
        assert_eq!(searched.expect("written").shown, 3);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_is_answered(
        typed in prop_oneof![
            any::<String>(),
            "[-\"*:^(){}+. a-c\u{e9}\u{301}世ि❤\u{0}\u{1}ⓐ]{0,24}",
            "((AND|OR|NOT|NEAR|title|body|lesson|rank|-|\"|\\*|:|\\(|\\)|\\^|a)[ ]?){0,12}",
        ],
    ) {
        thread_local! {
            static JOURNAL: Journal = {
                let mut journal = Journal::new();
                journal.write(journal.now.day, "a b c AND é 世 ❤ : title");
                journal
            };
        }
        if let Some(search) = Search::parse(&typed) {
            for query in [Query::default(), Query { oldest_first: true, ..Query::default() }] {
                let searched = JOURNAL.with(|journal| {
                    journal.store.each_hit(&search, &query, Within::All, |_| Ok::<(), StoreError>(()))
                });
                prop_assert!(searched.is_ok(), "{:?}", searched);
            }
        }
    }
}
