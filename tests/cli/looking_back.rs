//! Three years of a journal, made by a seeded script. What dwell shows of them is computed a second
//! time, from the exported JSON alone and with other code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use chrono::{Datelike, Days, Months, NaiveDate};
use dwell::journal::lesson::plan::Order;
use dwell::journal::{Day, Moment, NewStep, Now, StepState};
use dwell::library::SHIPPED;
use dwell::store::{Store, Writing};
use serde_json::Value;

use crate::dice::Dice;
use crate::sandbox::Sandbox;

const FIRST: &str = "2023-11-20";
const DAYS: u64 = 1100;
/// A Monday; nothing is written on it yet.
const TODAY: &str = "2026-11-24";
const WORDS: [&str; 26] = [
    "morning",
    "call",
    "Anna",
    "work",
    "salary",
    "garden",
    "bread",
    "river",
    "Größe",
    "ñandú",
    "rain",
    "book",
    "letter",
    "quiet",
    "slow",
    "friend",
    "patience",
    "door",
    "lesson",
    "café",
    "Übung",
    "don't",
    "c\u{327}a",
    "世界は広い",
    "東京タワー",
    "서울에서",
];

fn words(dice: &mut Dice, count: usize) -> String {
    (0..count).map(|_| *dice.pick(&WORDS)).collect::<Vec<_>>().join(" ")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn day(date: NaiveDate) -> Day {
    Day::new(date).expect("in range")
}

/// Most days have a reflection, some only a lesson, some nothing. Some texts are late, some are
/// revised or deleted; steps are answered and afterthoughts added.
fn fill(journal: &Path) {
    let mut dice = Dice(20_260_301);
    let mut store = Store::open(journal, SHIPPED).expect("a journal");
    let mut written = Vec::new();
    for number in 0..DAYS {
        let date = date(FIRST) + Days::new(number);
        let minute = dice.roll(60);
        let at = format!("{date}T07:{minute:02}:00+01:00");
        let now = Now { at: Moment::parse_from_rfc3339(&at).expect("a time"), day: day(date) };
        match dice.roll(20) {
            0 | 1 => continue,
            2 | 3 => _ = store.serve(now, Order::Series).expect("served"),
            _ => {
                let (first, second) = (3 + dice.roll(40), 1 + dice.roll(9));
                let tag = *dice.pick(&["", " #work", " #home", " #work #anna"]);
                let text =
                    format!("{}. {}{tag}", words(&mut dice, first), words(&mut dice, second));
                let step = (dice.roll(3) == 0).then(|| words(&mut dice, 4));
                let step = step.and_then(|text| NewStep::new(&text, None));
                let writing =
                    Writing { day: now.day, text: &text, step: step.as_ref(), again: None };
                store.write(now, Order::Series, writing).expect("written");
                written.push(now.day);
            }
        }
        let Some(some) = written.get(dice.roll(written.len().max(1))).copied() else { continue };
        match dice.roll(12) {
            0 => {
                let late = day(date - Days::new(1 + dice.roll(20) as u64));
                let text = words(&mut dice, 5);
                let writing = Writing { day: late, text: &text, step: None, again: None };
                store.write(now, Order::Series, writing).expect("written");
            }
            1 => {
                if let Some((_, parents)) = store.revisable(some).expect("read") {
                    let text = words(&mut dice, 12);
                    store.revise(now, some, parents, &text).expect("revised");
                }
            }
            2 => {
                if let Some(entry) = store.entry(some).expect("read") {
                    store.delete(now, &entry).expect("deleted");
                }
            }
            3 | 4 if store.revisable(some).expect("read").is_some() => {
                let text = words(&mut dice, 6);
                store.add_afterthought(now, some, &text).expect("added");
            }
            5..=7 => {
                let open = store.open_step_before(now.day).expect("read");
                if let Some((entry, step)) = open.and_then(|e| e.step.clone().map(|s| (e, s))) {
                    let states = [StepState::Done, StepState::Partly, StepState::Dropped];
                    let state = *dice.pick(&states);
                    store.answer_step(now, entry.day, &step, state.into()).expect("answered");
                }
            }
            _ => {}
        }
    }
}

struct Journal {
    sandbox: Sandbox,
    /// Every entry by its day, as the log gives it.
    log: BTreeMap<NaiveDate, Value>,
}

impl Journal {
    fn made() -> Self {
        static MADE: OnceLock<Vec<u8>> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let sandbox = Sandbox::new();
            fill(&sandbox.journal());
            std::fs::read(sandbox.journal()).expect("read")
        });
        let sandbox = Sandbox::at(&format!("{TODAY}T07:00:00+01:00"));
        // Creates the folder; the journal in it is replaced.
        drop(Store::open(&sandbox.journal(), SHIPPED).expect("a journal"));
        std::fs::write(sandbox.journal(), made).expect("written");
        let log = sandbox.json_lines(&["log"]);
        let by_day = |entry: Value| (date(entry["day"].as_str().expect("a day")), entry);
        Self { sandbox, log: log.into_iter().map(by_day).collect() }
    }

    /// The days with a reflection and its words.
    fn written(&self) -> BTreeMap<NaiveDate, u64> {
        let words = |entry: &Value| entry["reflection"]["words"].as_u64();
        self.log.iter().filter_map(|(day, entry)| Some((*day, words(entry)?))).collect()
    }
}

/// The words of a text, of letters and digits, in lower case and without accents. In a script
/// without spaces each letter is a word.
fn folded(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.to_lowercase().chars() {
        let plain = match c {
            'ä' | 'á' | 'à' => 'a',
            'é' | 'è' => 'e',
            'ñ' => 'n',
            'ö' | 'ó' => 'o',
            'ü' | 'ú' => 'u',
            'ç' => 'c',
            '\u{300}'..='\u{36f}' => continue,
            c => c,
        };
        let alone = ('\u{3040}'..='\u{d7ff}').contains(&plain);
        if !word.is_empty() && (alone || !plain.is_alphanumeric()) {
            words.push(std::mem::take(&mut word));
        }
        if alone {
            words.push(plain.to_string());
        } else if plain.is_alphanumeric() {
            word.push(plain);
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// Whether the words stand in a row in one of the texts. As a prefix, the last one may be only the
/// beginning of a word.
fn holds(texts: &[String], wanted: &str, is_prefix: bool) -> bool {
    let wanted = folded(wanted);
    let (last, before) = wanted.split_last().expect("a word");
    let fits = |row: &[String]| {
        let (end, begin) = row.split_last().expect("a word");
        begin == before && (end == last || (is_prefix && end.starts_with(last.as_str())))
    };
    texts.iter().any(|text| folded(text).windows(wanted.len()).any(fits))
}

fn texts_of(entry: &Value) -> Vec<String> {
    let afterthoughts = entry["afterthoughts"].as_array().expect("a list");
    let parts = [&entry["reflection"]["text"], &entry["step"]["text"]].into_iter();
    let parts = parts.chain(afterthoughts.iter().map(|one| &one["text"]));
    parts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// What is asked for; what must be there, and whether as the beginning of a word; what must not.
type Wanted<'a> = (&'a str, Vec<(&'a str, bool)>, Vec<&'a str>);

#[test]
fn searches_find_what_reading_everything_finds() {
    let journal = Journal::made();
    let queries: [Wanted<'_>; 14] = [
        ("garden", vec![("garden", false)], vec![]),
        ("GARDEN bread", vec![("garden", false), ("bread", false)], vec![]),
        ("\"quiet slow\"", vec![("quiet slow", false)], vec![]),
        ("garden -bread -rain", vec![("garden", false)], vec!["bread", "rain"]),
        ("gard*", vec![("gard", true)], vec![]),
        ("\"slow fri\"*", vec![("slow fri", true)], vec![]),
        ("nandu", vec![("nandu", false)], vec![]),
        ("GROSSE", vec![("größe", false)], vec![]),
        ("größe cafe", vec![("größe", false), ("café", false)], vec![]),
        ("界は", vec![("界は", false)], vec![]),
        ("タワ river", vec![("タワ", false), ("river", false)], vec![]),
        ("울에", vec![("울에", false)], vec![]),
        ("don't", vec![("don't", false)], vec![]),
        ("ça #work", vec![("ca", false), ("work", false)], vec![]),
    ];
    for (query, wanted, unwanted) in queries {
        let fits = |entry: &Value| {
            let texts = texts_of(entry);
            wanted.iter().all(|(words, prefix)| holds(&texts, words, *prefix))
                && !unwanted.iter().any(|words| holds(&texts, words, false))
        };
        let by_reading: BTreeSet<NaiveDate> =
            journal.log.iter().filter(|(_, entry)| fits(entry)).map(|(day, _)| *day).collect();
        let ran = journal.sandbox.run(&["search", "--reflections", "--json", query]);
        let hits: Vec<Value> =
            ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let found: BTreeSet<NaiveDate> =
            hits.iter().map(|hit| date(hit["day"].as_str().expect("a day"))).collect();
        assert_eq!(found.len(), hits.len(), "each entry once: {query}");
        assert_eq!(found, by_reading, "{query}");
        assert_eq!(ran.code, i32::from(by_reading.is_empty()), "{query}");
        assert!(!by_reading.is_empty(), "{query}");
    }
}

#[test]
fn lessons_are_found_by_their_own_words() {
    let journal = Journal::made();
    let lessons = journal.sandbox.json_lines(&["lesson", "list"]);
    for word in ["Foghat", "docker", "step", "horse", "the", "iovin*"] {
        let texts = |lesson: &Value| {
            ["title", "story", "takeaway", "question"]
                .map(|part| lesson[part].as_str().expect("text").to_owned())
        };
        let bare = word.trim_end_matches('*');
        let by_reading: BTreeSet<&str> = (lessons.iter())
            .filter(|lesson| holds(&texts(lesson), bare, bare != word))
            .map(|lesson| lesson["id"].as_str().expect("an id"))
            .collect();
        let hits = journal.sandbox.json_lines(&["search", "--lessons", word]);
        let found: BTreeSet<&str> =
            hits.iter().map(|hit| hit["lesson"]["id"].as_str().expect("an id")).collect();
        assert_eq!(found, by_reading, "{word}");
        assert!(hits.iter().all(|hit| hit["where"] == "lesson"), "{word}");
    }
}

#[test]
fn the_stats_are_what_counting_by_hand_gives() {
    let mut journal = Journal::made();
    // A series that was not begun, so that not every series is finished.
    let walks = journal.sandbox.series_file("walks", 2);
    journal.sandbox.ok(&["series", "add", &walks]);
    for rest_days in ["none", "sunday", "saturday, sunday"] {
        journal.sandbox.set("DWELL_REST_DAYS", rest_days);
        let rests = |day: NaiveDate| {
            let name = day.format("%A").to_string().to_lowercase();
            rest_days.contains(&name)
        };
        let written = journal.written();
        let today = date(TODAY);
        let (mut runs, mut run) = (vec![0], 0);
        let mut one = *written.keys().next().expect("a day");
        while one <= today {
            if !rests(one) {
                if written.contains_key(&one) {
                    run += 1;
                } else if one != today {
                    runs.push(run);
                    run = 0;
                }
            }
            one = one + Days::new(1);
        }
        runs.push(run);
        let steps = |state: &str| {
            journal.log.values().filter(|entry| entry["step"]["state"] == state).count()
        };
        // The numbers of the lessons that came, by their series and how many it has.
        let mut met: BTreeMap<(&str, u64), BTreeSet<u64>> = BTreeMap::new();
        for lesson in journal.log.values().map(|entry| &entry["lesson"]) {
            if let (Some(series), Some(number)) =
                (lesson["series"].as_str(), lesson["number"].as_u64())
            {
                let of = lesson["of"].as_u64().expect("a number");
                met.entry((series, of)).or_default().insert(number);
            }
        }
        let finished = met.iter().filter(|((_, of), numbers)| numbers.len() as u64 == *of).count();
        let recent = written.keys().filter(|day| **day > today - Days::new(30)).count();
        let wanted = serde_json::json!({
            "entries": journal.log.len(),
            "days": written.len(),
            "words": written.values().sum::<u64>(),
            "run": run,
            "best_run": runs.iter().max(),
            "last_30": recent,
            "series_finished": finished,
            "steps_done": steps("done"),
            "steps_open": steps("open"),
        });
        assert_eq!(journal.sandbox.json(&["stats"]), wanted, "{rest_days}");
    }
}

#[test]
fn the_calendar_has_the_words_and_lessons_of_each_day() {
    let journal = Journal::made();
    for year in 2023..=2026 {
        let days = journal.sandbox.json_lines(&["calendar", &year.to_string()]);
        let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
        assert_eq!(days.len(), if year % 4 == 0 { 366 } else { 365 });
        for (number, shown) in (0..).zip(&days) {
            let day = first + Days::new(number);
            let entry = journal.log.get(&day).unwrap_or(&Value::Null);
            assert_eq!(shown["day"], day.to_string());
            assert_eq!(shown["words"], entry["reflection"]["words"].as_u64().unwrap_or(0), "{day}");
            assert_eq!(shown["number"], entry["lesson"]["number"], "{day}");
            assert_eq!(shown["series"], entry["lesson"]["series"], "{day}");
        }
        // More words never have a lighter shade.
        let mut shades: Vec<(u64, u64)> = (days.iter())
            .filter_map(|day| {
                Some((day["words"].as_u64().filter(|w| *w > 0)?, day["shade"].as_u64()?))
            })
            .collect();
        shades.sort_unstable();
        assert!(shades.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{year}");
        assert!(shades.iter().all(|(_, shade)| (1..=4).contains(shade)), "{year}");
    }
}

/// The day this many months earlier, or the last day of that month if the month is shorter.
fn months_before(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_sub_months(Months::new(months)).expect("in range")
}

#[test]
fn a_review_goes_back_to_the_days_that_counting_back_finds() {
    let journal = Journal::made();
    let written: BTreeSet<NaiveDate> = journal.written().into_keys().collect();
    let first = *written.first().expect("a day");
    let mut dice = Dice(7);
    let mut from: Vec<NaiveDate> =
        (0..40).map(|_| date(TODAY) - Days::new(dice.roll(1000) as u64)).collect();
    from.extend(["2024-02-29", "2025-02-28", "2026-02-28", "2026-03-31"].map(date));
    let mut margins = 0;
    for from in from {
        let mut wanted: Vec<(String, NaiveDate)> = Vec::new();
        let mut look = |ago: String, target: NaiveDate, margin: i64| {
            let taken: Vec<NaiveDate> = wanted.iter().map(|(_, day)| *day).collect();
            // The day itself, then the days before and after it, the nearest first.
            let near = (0..=margin).flat_map(|off| [-off, off]);
            let mut near = near.map(|off| target + chrono::TimeDelta::days(off));
            let is_free =
                |day: &NaiveDate| written.contains(day) && *day < from && !taken.contains(day);
            if let Some(day) = near.find(is_free) {
                margins += usize::from(day != target);
                wanted.push((ago, day));
            }
        };
        look("1 week".to_owned(), from - Days::new(7), 3);
        for (months, ago) in [(1, "1 month"), (3, "3 months"), (6, "6 months")] {
            look(ago.to_owned(), months_before(from, months), 3);
        }
        for years in 1..=u32::try_from(from.year() - first.year()).expect("later") {
            let ago = if years == 1 { "1 year".to_owned() } else { format!("{years} years") };
            let target = months_before(from, years * 12);
            look(ago.clone(), target, 3);
            let is_last = (from + Days::new(1)).month() == 3 && from.month() == 2;
            if is_last && (target + Days::new(1)).month() == 2 {
                look(ago, target + Days::new(1), 0);
            }
        }
        let shown: BTreeSet<NaiveDate> = wanted.iter().map(|(_, day)| *day).collect();
        let is_open = |day: &NaiveDate| journal.log[day]["step"]["state"] == "open";
        // After two weeks an open step has faded.
        let fresh = |day: &NaiveDate| *day < from && from - Days::new(14) <= *day;
        let open = journal.log.keys().rev().filter(|day| fresh(day) && !shown.contains(day));
        wanted.extend(open.filter(|day| is_open(day)).map(|day| ("open step".to_owned(), *day)));
        // No entry was ever shown in a review, so the oldest was unseen for the longest time.
        let older = written.iter().find(|day| **day < from - Days::new(7) && !shown.contains(day));
        wanted.extend(older.map(|day| ("older".to_owned(), *day)));
        let lines = journal.sandbox.json_lines(&["review", "--day", &from.to_string()]);
        let found: Vec<(String, NaiveDate)> = (lines.iter())
            .map(|line| {
                let ago = line["ago"].as_str().expect("ago").to_owned();
                (ago, date(line["day"].as_str().expect("a day")))
            })
            .collect();
        assert_eq!(found, wanted, "from {from}");
        for line in lines {
            let day = date(line["day"].as_str().expect("a day"));
            let mut entry = line;
            entry.as_object_mut().expect("an object").remove("ago");
            assert_eq!(entry, journal.log[&day]);
        }
    }
    assert!(margins > 5, "some days were empty: {margins}");
}

#[test]
fn todays_review_is_the_same_all_day_and_brings_another_old_entry_the_next() {
    let mut journal = Journal::made();
    let older = |sandbox: &Sandbox| {
        let lines = sandbox.json_lines(&["review"]);
        let older: Vec<&Value> = lines.iter().filter(|line| line["ago"] == "older").collect();
        assert_eq!(older.len(), 1);
        older[0]["day"].as_str().expect("a day").to_owned()
    };
    let mut seen = BTreeSet::new();
    for number in 0..5 {
        let date = date(TODAY) + Days::new(number);
        journal.sandbox.set_now(&format!("{date}T07:00:00+01:00"));
        let first = older(&journal.sandbox);
        journal.sandbox.set_now(&format!("{date}T23:00:00+01:00"));
        assert_eq!(older(&journal.sandbox), first);
        assert!(seen.insert(first.clone()), "{first} again on {date}");
    }
}

#[test]
fn a_week_a_month_and_a_year_add_up() {
    let journal = Journal::made();
    for (scope, of, first, last) in [
        ("week", "2025-06-18", "2025-06-16", "2025-06-22"),
        ("week", "2026-01-01", "2025-12-29", "2026-01-04"),
        ("month", "2024-02-10", "2024-02-01", "2024-02-29"),
        ("year", "2025-12-31", "2025-01-01", "2025-12-31"),
    ] {
        let sums = journal.sandbox.json(&["review", scope, of]);
        assert_eq!((sums["first"].as_str(), sums["last"].as_str()), (Some(first), Some(last)));
        let inside: Vec<(&NaiveDate, &Value)> =
            journal.log.range(date(first)..=date(last)).collect();
        let written = inside.iter().filter(|(_, entry)| !entry["reflection"].is_null());
        assert_eq!(sums["written"], written.count(), "{scope}");
        let words: u64 = inside.iter().filter_map(|(_, e)| e["reflection"]["words"].as_u64()).sum();
        assert_eq!(sums["words"], words, "{scope}");
        let mut tags: BTreeMap<String, u64> = BTreeMap::new();
        for tag in inside.iter().filter_map(|(_, e)| e["reflection"]["tags"].as_array()).flatten() {
            *tags.entry(tag.as_str().expect("a tag").to_owned()).or_default() += 1;
        }
        let found: BTreeMap<String, u64> = (sums["tags"].as_array().expect("a list").iter())
            .map(|tag| {
                (
                    tag["tag"].as_str().expect("a tag").to_owned(),
                    tag["days"].as_u64().expect("a number"),
                )
            })
            .collect();
        assert_eq!(found, tags, "{scope}");
        let steps: Vec<String> = (inside.iter())
            .filter(|(_, entry)| !entry["step"].is_null())
            .map(|(day, entry)| format!("{day} {}", entry["step"]["state"]))
            .collect();
        let found: Vec<String> = (sums["steps"].as_array().expect("a list").iter())
            .map(|step| format!("{} {}", step["day"].as_str().expect("a day"), step["state"]))
            .collect();
        assert_eq!(found, steps, "{scope}");
        let days = sums["days"].as_array().expect("a list");
        assert_eq!(days.len(), inside.len());
        for (shown, (day, entry)) in days.iter().zip(inside) {
            assert_eq!(shown["day"], day.to_string());
            let text = entry["reflection"]["text"].as_str().unwrap_or_default();
            let sentence = shown["sentence"].as_str().expect("text");
            assert!(text.starts_with(sentence) && sentence.is_empty() == text.is_empty(), "{day}");
        }
    }
}

#[test]
fn the_morning_of_a_day_is_no_day_without_words() {
    let mut home = Sandbox::new();
    home.ok(&["write", "words"]);
    home.set_now("2026-11-23T07:00:00+01:00");
    home.ok(&["today"]);
    assert!(home.ok(&["stats"]).starts_with("Days written   1\n"));
    home.set_now("2026-11-24T07:00:00+01:00");
    assert!(home.ok(&["stats"]).starts_with("Days written   1, and 1 without words\n"));
}
