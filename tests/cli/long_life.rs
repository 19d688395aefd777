//! A person who uses dwell for four hundred days: missed days, late entries, edits, deletions,
//! undo, series that are added and paused, a flight to the west and a clock that is set back. At
//! the end every word is as it was written and every day has the lesson that it was served.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use serde_json::Value;

use crate::dice::Dice;
use crate::sandbox::Sandbox;

/// What the person knows about their own days: texts and steps by day.
#[derive(Debug, Clone, Default, PartialEq)]
struct Memory {
    texts: BTreeMap<String, String>,
    steps: BTreeMap<String, (String, &'static str)>,
}

struct Life {
    sandbox: Sandbox,
    dice: Dice,
    memory: Memory,
    /// The memory before each change that was not undone.
    before: Vec<Memory>,
    served: BTreeMap<String, String>,
}

impl Life {
    /// Does something that undo can take back.
    fn change(&mut self, args: &[&str], input: Option<&str>) {
        let ran = match input {
            Some(input) => self.sandbox.run_with(args, input.as_bytes()),
            None => self.sandbox.run(args),
        };
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        self.before.push(self.memory.clone());
    }

    fn write(&mut self, day: &str, text: &str) {
        self.change(&["write", "--day", day, "-"], Some(text));
        let whole = match self.memory.texts.get(day) {
            Some(old) => format!("{old}\n\n{text}"),
            None => text.to_owned(),
        };
        self.memory.texts.insert(day.to_owned(), whole);
    }

    fn some_written_day(&mut self) -> Option<String> {
        let days: Vec<String> = self.memory.texts.keys().cloned().collect();
        (!days.is_empty()).then(|| self.dice.pick(&days).clone())
    }

    /// Asks for today and checks that a day which was served before is as it was.
    fn serve(&mut self) -> String {
        let entry = self.sandbox.json(&["today"]);
        let day = entry["day"].as_str().expect("a day").to_owned();
        let lesson = entry["lesson"]["id"].as_str().expect("an id").to_owned();
        let first = self.served.entry(day.clone()).or_insert_with(|| lesson.clone());
        assert_eq!(*first, lesson, "{day}");
        day
    }

    fn live_day(&mut self, number: i64, date: NaiveDate) {
        let day = self.serve();
        let text = format!(
            "Tag {number}: Grüße, 世界 👩‍👩‍👧 [2020-01-01] May: \"be kinder\" #tag{} -1d\n\nzweiter Absatz\ttab",
            number % 7
        );
        match self.dice.roll(8) {
            0 => {}
            1 => {
                let step = format!("Schritt {number}");
                self.change(&["write", &text, "--next", &step], None);
                self.memory.texts.insert(day.clone(), text);
                self.memory.steps.insert(day.clone(), (step, "open"));
            }
            _ => self.write(&day, &text),
        }
        match self.dice.roll(12) {
            0 => {
                if let Some(day) = self.some_written_day() {
                    let text = format!("neu gefasst am Tag {number}");
                    self.change(&["edit", &day], Some(&text));
                    self.memory.texts.insert(day, text);
                }
            }
            1 => {
                if let Some(day) = self.some_written_day() {
                    self.change(&["delete", &day, "--yes"], None);
                    self.memory.texts.remove(&day);
                    self.memory.steps.remove(&day);
                }
            }
            2 | 3 => {
                if let Some(memory) = self.before.pop() {
                    self.sandbox.ok(&["undo", "--yes"]);
                    self.memory = memory;
                }
            }
            4 => {
                // Late: for a day that may have been missed.
                let late = (date - Days::new(1 + self.dice.roll(9) as u64)).to_string();
                self.write(&late, &format!("spät, am Tag {number}"));
            }
            5 => {
                let open = self.memory.steps.iter().rev().find(|(_, (_, state))| *state == "open");
                if let Some(day) = open.map(|(day, _)| day.clone()) {
                    self.change(&["step", "done", &day], None);
                    self.memory.steps.get_mut(&day).expect("a step").1 = "done";
                }
            }
            _ => {}
        }
    }

    /// Everything that the journal shows is what the person remembers, and nothing more.
    fn check(&self) {
        let mut shown = Memory::default();
        let mut served = BTreeMap::new();
        for entry in self.sandbox.json_lines(&["log", "--oldest-first"]) {
            let day = entry["day"].as_str().expect("a day").to_owned();
            if let Some(text) = entry["reflection"]["text"].as_str() {
                shown.texts.insert(day.clone(), text.to_owned());
            }
            if let Some(text) = entry["step"]["text"].as_str() {
                let state = if entry["step"]["state"] == "open" { "open" } else { "done" };
                shown.steps.insert(day.clone(), (text.to_owned(), state));
            }
            if entry["lesson"] != Value::Null {
                let lesson = entry["lesson"]["id"].as_str().expect("an id").to_owned();
                served.insert(day, lesson);
            }
        }
        assert_eq!(shown, self.memory);
        assert_eq!(served, self.served);
    }
}

#[test]
fn four_hundred_days_end_with_every_word_and_every_serving_as_they_were() {
    let mut life = Life {
        // In four hundred days each lesson of it is served more than once.
        sandbox: Sandbox::with_small_shelf("2026-01-01T07:00:00+01:00"),
        dice: Dice(20_261_122),
        memory: Memory::default(),
        before: Vec::new(),
        served: BTreeMap::new(),
    };
    let mut date = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    for number in 1..=400 {
        // A late riser now and then, whose day is still the one before at three in the morning.
        let hour = if life.dice.roll(10) == 0 { 23 } else { 7 };
        let offset = if (90..300).contains(&date.ordinal()) { "+02:00" } else { "+01:00" };
        life.sandbox.set_now(&format!("{date}T{hour:02}:15:00{offset}"));
        if life.dice.roll(7) != 0 {
            life.live_day(number, date);
        }
        match number {
            60 => {
                let file = life.sandbox.series_file("walks", 40);
                life.change(&["series", "add", &file], None);
            }
            61 => life.change(&["series", "next", "walks"], None),
            120 => life.change(&["series", "pause", "walks"], None),
            180 => life.change(&["series", "resume", "walks"], None),
            240 => {
                let file = life.sandbox.series_file("winters", 25);
                life.change(&["series", "add", &file], None);
                life.sandbox.ok(&["config", "order", "mixed"]);
            }
            // A flight over the date line, and a clock that was set back by a month.
            200 => {
                life.serve();
                life.sandbox.set_now(&format!("{}T22:00:00-10:00", date - TimeDelta::days(1)));
                let served = life.served.len();
                life.serve();
                assert_eq!(life.served.len(), served, "no day is opened by going back");
            }
            300 => {
                let newest = life.serve();
                let month_ago = date - TimeDelta::days(30);
                life.sandbox.set_now(&format!("{month_ago}T07:00:00+02:00"));
                let today = life.serve();
                assert!(today == newest || life.served.contains_key(&month_ago.to_string()));
            }
            _ => {}
        }
        if number % 80 == 0 {
            life.check();
        }
        date += TimeDelta::days(1);
    }
    life.check();
    assert!(life.served.len() > 300, "{}", life.served.len());
    assert!(life.memory.texts.len() > 200, "{}", life.memory.texts.len());
    // Every lesson was served at least once.
    let mut lessons: Vec<&String> = life.served.values().collect();
    lessons.sort();
    lessons.dedup();
    assert_eq!(lessons.len(), 5 + 40 + 25);
}
