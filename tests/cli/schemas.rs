//! The JSON Schemas in `docs/schemas`: what dwell prints and takes is what they say, in both
//! directions.

use std::collections::BTreeSet;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// A schema, ready to check values.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn new(schema: Value) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.enable_format_assertions();
        compiler.add_resource("schema.json", schema).expect("a resource");
        let index = compiler.compile("schema.json", &mut schemas).expect("a schema");
        Self { schemas, index }
    }

    fn takes(&self, value: &Value) -> bool {
        self.schemas.validate(value, self.index).is_ok()
    }

    #[track_caller]
    fn check(&self, value: &Value) {
        if let Err(error) = self.schemas.validate(value, self.index) {
            panic!("{error}\n{value:#}");
        }
    }
}

fn read(name: &str) -> Value {
    let path = format!("{}/docs/schemas/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a schema");
    serde_json::from_str(&text).expect("JSON")
}

/// The same schema, which also refuses every key that it does not name.
fn closed(mut schema: Value) -> Value {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(object) => {
                if object.contains_key("properties") {
                    object.insert("additionalProperties".to_owned(), json!(false));
                }
                object.values_mut().for_each(close);
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    close(&mut schema);
    schema
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn every_entry_in_json_is_what_its_schema_says_with_no_key_more() {
    let schema = Schema::new(closed(read("entry")));
    let mut sandbox = Sandbox::with_small_shelf("2026-11-20T07:00:00+01:00");
    let mut seen = Vec::new();
    seen.extend(lines(&sandbox.ok(&["today", "--json"])));
    sandbox.ok(&["write", "A walk. #work", "--next", "call Anna", "--when", "at noon"]);
    sandbox.set_now("2026-11-27T07:00:00+01:00");
    sandbox.ok(&["step", "done", "2026-11-20", "she laughed"]);
    sandbox.ok(&["afterthought", "2026-11-20", "it was cold"]);
    sandbox.ok(&["write", "Another walk", "--again", "week"]);
    let file = sandbox.home().join("jrnl.txt");
    std::fs::write(&file, "[2026-01-03 09:00] A walk without a lesson.\n").expect("written");
    sandbox.ok(&["import", "jrnl", &file.display().to_string()]);
    for command in [
        &["show", "2026-11-20", "--json"][..],
        &["log", "--json"],
        &["search", "--json", "walk"],
        &["search", "--json", "--lessons", "the"],
        &["review", "--json"],
    ] {
        let found = lines(&sandbox.ok(command));
        assert!(!found.is_empty(), "{command:?}");
        seen.extend(found);
    }
    for entry in seen.iter().filter(|entry| entry.get("lesson").is_some()) {
        schema.check(entry);
    }
    // Each key was seen with a value, so nothing above was checked on nothing.
    let found: BTreeSet<&String> = seen
        .iter()
        .filter_map(Value::as_object)
        .flatten()
        .filter(|(_, value)| !value.is_null() && **value != json!([]))
        .map(|(key, _)| key)
        .collect();
    let named = read("entry")["properties"].clone();
    for key in named.as_object().expect("keys").keys().filter(|key| *key != "earlier") {
        assert!(found.contains(key), "{key}: {found:?}");
    }
    let without_lesson = |entry: &&Value| entry["lesson"].is_null();
    assert!(
        seen.iter().any(|entry| without_lesson(&entry))
            && seen.iter().any(|one| one["day"].is_null())
    );
    assert!(!schema.takes(&json!({"day": "2026-11-20"})), "keys are always there");
}

#[test]
fn the_schema_of_the_settings_names_each_of_them_with_its_default() {
    let shown = lines(&Sandbox::new().ok(&["config", "--json"]));
    let mut named = read("config")["properties"].as_object().expect("keys").clone();
    for setting in &shown {
        let key = setting["key"].as_str().expect("a key");
        let schema = named.remove(key).unwrap_or_else(|| panic!("{key} is not in the schema"));
        let unset = ["journal", "mirror", "editor", "passphrase_command", "pager"];
        let has_default = !unset.contains(&key);
        assert_eq!(schema.get("default"), has_default.then_some(&setting["value"]), "{key}");
    }
    assert!(named.is_empty(), "no settings: {named:?}");
}

#[test]
fn the_settings_file_is_taken_by_dwell_and_by_its_schema_alike() {
    let schema = Schema::new(read("config"));
    let sandbox = Sandbox::new();
    let folder = sandbox.home().join(".config/dwell");
    dwell::platform::create_private_folder(&folder).expect("made");
    let good = [
        "journal = '/tmp/journal.db'",
        "mirror = '/tmp/notes'",
        "day_start = '00:00'",
        "day_start = '12:00'",
        "order = 'mixed'",
        "editor = 'vim -f'",
        "editor = ''",
        "passphrase_command = 'pass show dwell'",
        "color = 'never'",
        "pager = ''",
        "pager = 'less -R'",
        "rest_days = 'none'",
        "rest_days = ''",
        "rest_days = 'sat, sunday'",
        "rest_days = ['saturday', 'sunday']",
        "rest_days = []",
        "step_fades = 30",
        "step_fades = 0",
        "step_fades = '7'",
        "step_fades = 'never'",
        "review_spans = '1w, 2y years'",
        "review_spans = ['1d', 'years']",
        "week_start = 'sunday'",
        "screen = 'lines'",
        "takeaway = 'after'",
    ];
    let bad = [
        "journal = 'journal.db'",
        "journal = 1",
        "mirror = ''",
        "day_start = '12:01'",
        "day_start = '4 am'",
        "day_start = 4",
        "order = 'random'",
        "editor = true",
        "passphrase_command = 1",
        "color = 'red'",
        "pager = 1",
        "rest_days = 'weekend'",
        "rest_days = ['weekend']",
        "rest_days = 6",
        "step_fades = 'soon'",
        "step_fades = -1",
        "step_fades = 1.5",
        "review_spans = 'soon'",
        "review_spans = '0w'",
        "review_spans = []",
        "review_spans = ['1w', 2]",
        "week_start = 'weekend'",
        "screen = 'line'",
        "takeaway = 'never'",
    ];
    for (text, is_good) in
        good.map(|text| (text, true)).into_iter().chain(bad.map(|text| (text, false)))
    {
        let value: Value = toml::from_str(text).expect("TOML");
        assert_eq!(schema.takes(&value), is_good, "the schema: {text}");
        std::fs::write(folder.join("config.toml"), text).expect("written");
        let ran = sandbox.run(&["config"]);
        let is_taken = ran.code == 0 && ran.err.is_empty();
        assert_eq!(is_taken, is_good, "dwell: {text}: {}", ran.err);
    }
    let keys: BTreeSet<&str> = good.iter().filter_map(|text| text.split(' ').next()).collect();
    assert_eq!(keys.len(), read("config")["properties"].as_object().expect("keys").len());
    assert!(!schema.takes(&json!({"ordre": "mixed"})), "a slip is marked");
}

#[test]
fn every_series_that_ships_and_is_exported_is_what_the_schema_says() {
    let schema = Schema::new(read("series"));
    let files =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/lessons")).expect("a folder");
    let paths = files.map(|file| file.expect("listed").path());
    let series: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    assert!(series.len() > 50);
    for path in series {
        let text = std::fs::read_to_string(&path).expect("read");
        schema.check(&toml::from_str(&text).expect("TOML"));
    }
    let sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    let exported = sandbox.ok(&["series", "export", "the-defiant-ones"]);
    schema.check(&toml::from_str(&exported).expect("TOML"));
}

#[test]
fn a_series_file_is_taken_by_dwell_and_by_its_schema_alike() {
    const GOOD: &str = r##"
slug = "walks"
title = "Two walks"
introduction = "Both\nwere cold."
[source]
title = "Walks"
kind = "own"
by = "Anna"
year = -44
url = "https://walks.example"
[[lesson]]
title = "Go out"
story = "s"
takeaway = "t"
question = "q?"
tags = ["outside", "#wörk"]
[lesson.source]
title = "A film"
kind = "film"
"##;
    let schema = Schema::new(read("series"));
    let check = |text: &str, is_good: bool, what: &str| {
        let value: Value = toml::from_str(text).expect("TOML");
        assert_eq!(schema.takes(&value), is_good, "the schema: {what}");
        let ran = Sandbox::new().run_with(&["series", "add", "-"], text.as_bytes());
        assert_eq!(ran.code == 0, is_good, "dwell: {what}: {}", ran.err);
    };
    check(GOOD, true, "all fields");
    let lines: Vec<&str> = GOOD.lines().filter(|line| !line.is_empty()).collect();
    let without = |line: &str| {
        let kept: Vec<&str> = lines.iter().copied().filter(|other| *other != line).collect();
        kept.join("\n")
    };
    for (line, may_be_left_out) in [
        ("slug = \"walks\"", false),
        ("title = \"Two walks\"", false),
        ("introduction = \"Both\\nwere cold.\"", true),
        ("kind = \"own\"", false),
        ("by = \"Anna\"", true),
        ("year = -44", true),
        ("url = \"https://walks.example\"", true),
        ("title = \"Go out\"", false),
        ("story = \"s\"", false),
        ("takeaway = \"t\"", true),
        ("question = \"q?\"", true),
        ("tags = [\"outside\", \"#wörk\"]", true),
        ("title = \"A film\"", false),
    ] {
        assert!(lines.contains(&line), "{line}");
        check(&without(line), may_be_left_out, &format!("without {line}"));
    }
    for (from, to) in [
        ("\"walks\"", "\"Walks\""),
        ("\"walks\"", "\"-walks\""),
        ("\"Two walks\"", "\"Two\\nwalks\""),
        ("\"Two walks\"", "\" \""),
        ("\"own\"", "\"\""),
        ("\"Anna\"", "\"Anna\\nBerta\""),
        ("-44", "44.5"),
        ("-44", "3000000000"),
        ("\"s\"", "\" \""),
        ("\"#wörk\"", "\"two words\""),
        ("\"#wörk\"", "\"12\""),
        ("by = ", "author = "),
        ("question = ", "ask = "),
        ("introduction = ", "preface = "),
    ] {
        assert!(GOOD.contains(from), "{from}");
        check(&GOOD.replacen(from, to, 1), false, &format!("{from} as {to}"));
    }
}
