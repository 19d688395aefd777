//! Files that a person, or a stranger, writes: settings and series.

use std::ffi::OsString;
use std::fs;

use dwell::config::{self, Config, Environment, Flags};
use dwell::journal::lesson::plan::Order;
use dwell::library;
use dwell::messages;

use super::{check_message, folder, utf8};

/// A settings file is read, or refused in plain words. A setting that is changed changes nothing
/// else.
pub(super) fn config_file(input: &[u8]) {
    let home = folder();
    let path = home.path().join("dwell/config.toml");
    fs::create_dir(home.path().join("dwell")).expect("a folder");
    fs::write(&path, input).expect("written");
    let folders = ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"];
    let variable = |name: &str| (name.to_owned(), OsString::from(home.path()));
    let environment: Environment = folders.into_iter().map(variable).collect();
    let resolve = || Config::resolve(&Flags::default(), &environment);
    let before = match resolve() {
        Ok(before) => before,
        Err(error) => return check_message(&messages::settings::error(&error)),
    };
    let order = config::find("order").expect("a setting");
    config::write(&path, order, "mixed").expect("a file that was read can be changed");
    let after = resolve().expect("what dwell wrote can be read");
    assert_eq!(after.order, Order::Mixed);
    assert_eq!(before.unknown_keys, after.unknown_keys);
    for (before, after) in before.settings.iter().zip(&after.settings) {
        assert!(before.setting.name == "order" || before.text == after.text, "{after:?}");
    }
}

/// A series file is read, or refused in plain words. What was read can be written as a series file
/// with the same lessons.
pub(super) fn series_file(input: &[u8]) {
    let Some(text) = utf8(input) else { return };
    if let Err(error) = library::LessonForm::parse(text) {
        check_message(&messages::library::error(&error));
    }
    let series = match library::parse(text) {
        Ok(series) => series,
        Err(error) => return check_message(&messages::library::error(&error)),
    };
    assert!(!series.lessons.is_empty());
    let again = library::parse(&library::written(&series)).expect("what was read can be written");
    assert_eq!(again, series);
    let mut ids = series.lesson_ids();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), series.lessons.len());
}
