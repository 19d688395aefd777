//! The settings and their file.

use std::path::Path;

use crate::config::{ConfigError, DefaultValue, Origin, Setting};
use crate::messages::{Message, files, parse};

/// Why the settings could not be resolved, or why the file could not be changed.
pub fn error(error: &ConfigError) -> Message {
    match error {
        ConfigError::NoHome => {
            Message::new("there is no home folder").hint("set HOME, or see dwell config --help")
        }
        ConfigError::RelativeHome(home) => {
            Message::new(format!("HOME is '{}', which is not an absolute path", files::shown(home)))
                .hint("set HOME to a path that begins with /")
        }
        ConfigError::Io { path, source } => {
            let cause = files::cause(source);
            let hint = files::hint(source, path);
            Message::new(format!("{} cannot be read or written: {cause}", files::shown(path)))
                .hint(hint.unwrap_or_else(|| format!("see what {} is", files::shown(path))))
        }
        ConfigError::NotToml { path, source } => {
            let why = parse::toml(&source.to_string(), source.message());
            Message::new(format!("{}: {why}", files::shown(path)))
                .hint(format!("fix or remove {}", files::shown(path)))
        }
        ConfigError::BadValue { setting, value, origin } => {
            let (name, takes) = (setting.name, takes(setting, *origin));
            let place = place(setting, *origin).map(|place| format!(" {place}"));
            let place = place.unwrap_or_default();
            Message::new(format!("{name} is '{value}'{place}, not {takes}")).hint(match origin {
                Origin::File => format!("dwell config --help says what {name} takes"),
                _ => format!("fix or unset {}", setting.variable),
            })
        }
    }
}

/// Says that a setting does not take the value that should be saved.
pub fn not_taken(setting: &Setting, value: &str) -> Message {
    let takes = takes(setting, Origin::File);
    Message::new(format!("{} takes {takes}, not '{value}'", setting.name))
        .hint("dwell config --help")
}

pub fn saved(file: &Path, setting: &Setting, value: &str) -> String {
    format!("saved in {}: {} = {value}", files::shown(file), setting.name)
}

/// Says that the value is no longer in the file, or was not there.
pub fn unset(file: &Path, setting: &Setting, was_set: bool) -> String {
    let (file, name) = (files::shown(file), setting.name);
    if was_set { format!("removed from {file}: {name}") } else { format!("not in {file}: {name}") }
}

/// The editors that are tried if none is set, worded to follow the empty value.
pub fn usual_editors(commands: &[String]) -> String {
    match commands {
        [all @ .., last] => format!("the first of {} or {last}", all.join(", ")),
        [] => String::new(),
    }
}

/// Says that the value in the file is used only while the variable is not set.
pub fn variable_is_used(setting: &Setting) -> String {
    format!("{} is set and is used instead of the file", setting.variable)
}

/// Says that the file has keys that are not settings.
pub fn unknown_keys(file: &Path, keys: &[String]) -> String {
    let (file, keys) = (files::shown(file), keys.join(", "));
    format!("{file} has keys that this dwell does not know, and it goes on without them: {keys}")
}

/// Where a value stands, worded to follow the value; `None` for a default.
pub fn place(setting: &Setting, origin: Origin) -> Option<String> {
    match origin {
        Origin::Flag if setting.name == "screen" => Some("in --no-page".to_owned()),
        Origin::Flag => Some(format!("in --{}", setting.name)),
        Origin::Variable => Some(format!("in {}", setting.variable)),
        Origin::File => Some("in config.toml".to_owned()),
        Origin::OtherVariable(name) => Some(format!("in {name}")),
        Origin::Default => None,
    }
}

/// What a setting decides and what it takes, for the help.
pub fn help(setting: &Setting) -> String {
    format!("{}: {}", setting.help, setting.takes)
}

/// The default of a setting, for the manual page.
pub fn default(setting: &Setting) -> String {
    match setting.default {
        DefaultValue::Text(text) => format!("{text} if not set"),
        DefaultValue::InDataFolder(name) => format!("{name} in the data folder if not set"),
        DefaultValue::Unset => "not set at first".to_owned(),
    }
}

fn takes(setting: &Setting, origin: Origin) -> &str {
    // dwell may be started in any folder, so a relative path has a fixed meaning only where it was
    // just typed. No shell need have replaced a `~` in a variable.
    if setting.is_path && origin != Origin::Flag { "an absolute path" } else { setting.takes }
}
