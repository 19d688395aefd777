//! The settings as one table. The row of a setting has its name, what it takes, its help, its
//! default, and how it is read. A new setting is a new row here and a new field in [`Values`].

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::config::values::{
    Values, color, color_word, command, not_blank, order, parsed, path, put, screen, takeaway,
    week_start,
};
use crate::config::{Flags, Origin};
use crate::journal::{ParseError, ValueKind};

/// One row of the table.
#[derive(Debug)]
pub struct Setting {
    /// Its key in the settings file.
    pub name: &'static str,
    /// The environment variable, which is used instead of the file: `DWELL_` and the name.
    pub variable: &'static str,
    /// What it takes, worded to follow "takes" in a sentence.
    pub takes: &'static str,
    /// The values it takes, for completions; empty if there are too many to list.
    pub words: &'static [&'static str],
    /// What it decides, for the help.
    pub help: &'static str,
    pub default: DefaultValue,
    /// Whether a blank variable is a value. If not, it counts as not set.
    pub blank_is_value: bool,
    /// Whether the file may hold a list of texts for it.
    pub is_list: bool,
    /// Whether the file may hold a number without quotes for it.
    pub is_number: bool,
    /// Whether it is a path, which must be absolute unless it was just typed.
    pub is_path: bool,
    /// The value on the command line, if the setting has an option.
    flag: fn(&Flags) -> Option<OsString>,
    /// Reads a text into the field of the setting; `None` if the setting does not take the text.
    read: fn(&OsStr, &mut Values) -> Option<()>,
}

/// The value of a setting that is set nowhere.
#[derive(Debug)]
pub enum DefaultValue {
    Text(&'static str),
    /// A file in dwell's own data folder.
    InDataFolder(&'static str),
    /// The setting has no value.
    Unset,
}

const REST_DAYS: [&str; 8] =
    ["none", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const WEEK_STARTS: [&str; 8] =
    ["auto", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// All settings, in the order in which they are shown.
pub const TABLE: &[Setting] = &[
    Setting {
        name: "journal",
        variable: "DWELL_JOURNAL",
        takes: "a path",
        words: &[],
        help: "the journal file",
        default: DefaultValue::InDataFolder("journal.db"),
        is_path: true,
        flag: |flags| flags.journal.clone().map(PathBuf::into_os_string),
        read: |text, values| put(&mut values.journal, path(text)),
        ..BASE
    },
    Setting {
        name: "mirror",
        variable: "DWELL_MIRROR",
        takes: "a path",
        help: "a folder for each day's words as Markdown too",
        is_path: true,
        read: |text, values| put(&mut values.mirror, path(text).map(Some)),
        ..BASE
    },
    Setting {
        name: "day_start",
        variable: "DWELL_DAY_START",
        takes: "a time from 00:00 to 12:00",
        help: "when a day starts",
        default: DefaultValue::Text("04:00"),
        read: |text, values| put(&mut values.day_start, parsed(text)),
        ..BASE
    },
    Setting {
        name: "order",
        variable: "DWELL_ORDER",
        takes: "series or mixed",
        words: &["series", "mixed"],
        help: "one series at a time, or taking turns",
        default: DefaultValue::Text("series"),
        read: |text, values| put(&mut values.order, order(text)),
        ..BASE
    },
    Setting {
        name: "editor",
        variable: "DWELL_EDITOR",
        takes: "a command",
        help: "edits a text",
        read: |text, values| put(&mut values.editor, command(text).map(not_blank)),
        ..BASE
    },
    Setting {
        name: "passphrase_command",
        variable: "DWELL_PASSPHRASE_COMMAND",
        takes: "a command",
        help: "prints the passphrase of a locked journal",
        read: |text, values| put(&mut values.passphrase_command, command(text).map(not_blank)),
        ..BASE
    },
    Setting {
        name: "color",
        variable: "DWELL_COLOR",
        takes: "auto, always or never",
        words: &["auto", "always", "never"],
        help: "when output is styled",
        default: DefaultValue::Text("auto"),
        flag: |flags| flags.color.map(|choice| color_word(choice).into()),
        read: |text, values| put(&mut values.color, color(text)),
        ..BASE
    },
    Setting {
        name: "pager",
        variable: "DWELL_PAGER",
        takes: "a command",
        words: &["less", "cat"],
        help: "shows long output, blank or cat for none",
        blank_is_value: true,
        read: |text, values| put(&mut values.pager, command(text).map(Some)),
        ..BASE
    },
    Setting {
        name: "rest_days",
        variable: "DWELL_REST_DAYS",
        takes: "weekdays, or none",
        words: &REST_DAYS,
        help: "days off that keep your days in a row",
        default: DefaultValue::Text("none"),
        is_list: true,
        read: |text, values| put(&mut values.rest_days, parsed(text)),
        ..BASE
    },
    Setting {
        name: "step_fades",
        variable: "DWELL_STEP_FADES",
        takes: "days, or never",
        words: &["7", "14", "30", "never"],
        help: "how long dwell asks after an open step",
        default: DefaultValue::Text("14"),
        is_number: true,
        read: |text, values| put(&mut values.step_fades, parsed(text)),
        ..BASE
    },
    Setting {
        name: "review_spans",
        variable: "DWELL_REVIEW_SPANS",
        takes: "distances such as 1w 6m years",
        help: "how far back a review goes",
        default: DefaultValue::Text("1w 1m 3m 6m years"),
        is_list: true,
        read: |text, values| put(&mut values.review_spans, parsed(text)),
        ..BASE
    },
    Setting {
        name: "week_start",
        variable: "DWELL_WEEK_START",
        takes: "a weekday, or auto for your country",
        words: &WEEK_STARTS,
        help: "when a week starts",
        default: DefaultValue::Text("auto"),
        read: |text, values| put(&mut values.week_start, week_start(text)),
        ..BASE
    },
    Setting {
        name: "screen",
        variable: "DWELL_SCREEN",
        takes: "page or lines",
        words: &["page", "lines"],
        help: "how dwell uses the terminal",
        default: DefaultValue::Text("page"),
        flag: |flags| flags.no_page.then(|| "lines".into()),
        read: |text, values| put(&mut values.screen, screen(text)),
        ..BASE
    },
    Setting {
        name: "takeaway",
        variable: "DWELL_TAKEAWAY",
        takes: "before or after",
        words: &["before", "after"],
        help: "whether the takeaway comes before you write",
        default: DefaultValue::Text("before"),
        read: |text, values| put(&mut values.takeaway, takeaway(text)),
        ..BASE
    },
];

/// The fields that most rows share.
const BASE: Setting = Setting {
    name: "",
    variable: "",
    takes: "",
    words: &[],
    help: "",
    default: DefaultValue::Unset,
    blank_is_value: false,
    is_list: false,
    is_number: false,
    is_path: false,
    flag: |_| None,
    read: |_, _| None,
};

impl Setting {
    /// Whether the setting takes this text in the file. A path must be absolute there, because
    /// dwell may be started in any folder.
    pub fn takes_in_file(&self, text: &OsStr) -> bool {
        let mut values = Values::default();
        self.read(text, Origin::File, &mut values)
    }

    /// The value on the command line.
    pub(super) fn flag(&self, flags: &Flags) -> Option<OsString> {
        (self.flag)(flags)
    }

    /// Reads a text into the field of the setting. Returns false, and leaves the field as it was,
    /// if the setting does not take the text.
    pub(super) fn read(&self, text: &OsStr, origin: Origin, values: &mut Values) -> bool {
        let is_relative = self.is_path && origin != Origin::Flag && !Path::new(text).is_absolute();
        !is_relative && (self.read)(text, values).is_some()
    }
}

/// The setting of this name. Errors if there is none.
pub fn find(name: &str) -> Result<&'static Setting, ParseError> {
    let found = TABLE.iter().find(|setting| setting.name == name);
    found.ok_or_else(|| ParseError::new(ValueKind::Setting, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_case_and_each_stands_once() {
        for (at, setting) in TABLE.iter().enumerate() {
            let is_plain = |c: char| c.is_ascii_lowercase() || c == '_';
            assert!(setting.name.chars().all(is_plain), "{}", setting.name);
            assert!(!setting.takes.is_empty() && !setting.help.is_empty(), "{}", setting.name);
            assert_eq!(find(setting.name).map(|found| found.name), Ok(setting.name));
            assert_eq!(setting.variable, format!("DWELL_{}", setting.name.to_ascii_uppercase()));
            assert!(TABLE[..at].iter().all(|other| other.name != setting.name));
        }
        assert_eq!(find("ordre").map(|_| ()), Err(ParseError::new(ValueKind::Setting, "ordre")));
    }

    #[test]
    fn every_default_and_every_word_is_taken() {
        for setting in TABLE {
            let default = match setting.default {
                DefaultValue::Text(text) => Some(text),
                DefaultValue::InDataFolder(_) | DefaultValue::Unset => None,
            };
            for text in setting.words.iter().copied().chain(default) {
                assert!(setting.takes_in_file(text.as_ref()), "{}: {text}", setting.name);
            }
        }
    }

    #[test]
    fn the_defaults_are_those_of_the_values() {
        let (mut read, plain) = (Values::default(), Values::default());
        for setting in TABLE {
            if let DefaultValue::Text(text) = setting.default {
                assert!(
                    setting.read(text.as_ref(), Origin::Default, &mut read),
                    "{}",
                    setting.name
                );
            }
        }
        assert_eq!(format!("{read:?}"), format!("{plain:?}"));
    }

    #[test]
    fn a_refused_value_leaves_the_field_as_it_was() {
        for (name, text) in [
            ("day_start", "25:00"),
            ("order", "random"),
            ("color", "red"),
            ("editor", "vi 'x"),
            ("rest_days", "weekend"),
            ("review_spans", "soon"),
            ("week_start", "mo"),
            ("screen", "line"),
            ("takeaway", "never"),
            ("journal", " "),
            ("journal", "journal.db"),
            ("mirror", "notes"),
        ] {
            let mut values = Values::default();
            let setting = find(name).expect(name);
            assert!(!setting.read(text.as_ref(), Origin::File, &mut values), "{name}: {text}");
            assert_eq!(format!("{values:?}"), format!("{:?}", Values::default()), "{name}");
        }
    }
}
