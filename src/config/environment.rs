//! The environment variables that dwell reads, and what they say about the terminal.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::clock::Clock;
use crate::config::locale;
use crate::config::settings::{Setting, TABLE};
use crate::config::values;
use crate::platform;
use crate::terminal::TerminalOptions;

/// The variables that dwell reads, besides those of its settings.
const VARIABLES: [&str; 18] = [
    "COLORTERM",
    "COLUMNS",
    "DWELL_NOW",
    "EDITOR",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LC_TIME",
    "LESS",
    "NO_COLOR",
    "PAGER",
    "TERM",
    "TZ",
    "VISUAL",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
];

/// The environment variables that dwell reads, by their names, and no others.
#[derive(Debug, Clone, Default)]
pub struct Environment(pub(super) HashMap<String, OsString>);

impl FromIterator<(String, OsString)> for Environment {
    /// An environment of these variables alone.
    fn from_iter<T: IntoIterator<Item = (String, OsString)>>(variables: T) -> Self {
        Self(variables.into_iter().collect())
    }
}

impl Environment {
    /// The variables of this process.
    #[expect(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
    pub fn of_process() -> Self {
        let names = VARIABLES.into_iter().chain(TABLE.iter().map(|setting| setting.variable));
        names.filter_map(|name| Some((name.to_owned(), std::env::var_os(name)?))).collect()
    }

    /// The options of the terminal as far as the environment decides them. They hold until the
    /// settings are resolved.
    pub fn terminal_options(&self) -> TerminalOptions {
        let color = self.0.get("DWELL_COLOR").and_then(|word| values::color(word));
        let dumb = self.0.get("TERM").is_some_and(|term| term == "dumb");
        TerminalOptions {
            color: color.unwrap_or_default(),
            no_color: self.0.get("NO_COLOR").is_some_and(|value| !value.is_empty()),
            dumb,
            plain_lines: dumb,
            less: self.text("LESS"),
            columns: self.text("COLUMNS").and_then(|columns| columns.parse().ok()),
            utf8: locale::is_utf8(&self.locale("LC_CTYPE")),
            ..TerminalOptions::default()
        }
    }

    /// The clock, with the usual start of a day.
    pub(super) fn clock(&self) -> Clock {
        Clock {
            set_to: self.text("DWELL_NOW"),
            zone: self.0.get("TZ").map(|zone| zone.to_string_lossy().into_owned()),
            ..Clock::default()
        }
    }

    /// The text of a variable that is set and not blank.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let text = self.0.get(name)?.to_string_lossy().into_owned();
        (!text.trim().is_empty()).then_some(text)
    }

    /// The value that a setting's variable gives it.
    pub(super) fn value(&self, setting: &Setting) -> Option<OsString> {
        let is_blank = |text: &OsStr| text.to_str().is_some_and(|text| text.trim().is_empty());
        let value = self.0.get(setting.variable).cloned()?;
        (setting.blank_is_value || !is_blank(&value)).then_some(value)
    }

    /// The pager that `PAGER` names; blank means no pager.
    pub(super) fn pager(&self) -> Option<String> {
        self.0.get("PAGER").map(|text| text.to_string_lossy().trim().to_owned())
    }

    /// The folder that a variable names. A relative path is ignored, as the XDG standard says.
    pub(super) fn folder(&self, name: &str) -> Option<PathBuf> {
        self.0.get(name).map(PathBuf::from).filter(|path| path.is_absolute())
    }

    /// The locale of one category, such as `LC_TIME`; empty if none is set.
    pub(super) fn locale(&self, category: &str) -> String {
        ["LC_ALL", category, "LANG"].iter().find_map(|name| self.text(name)).unwrap_or_default()
    }
}

/// The variables that say where dwell's files are and which day is today, as far as they are set: a
/// run that the system starts does not have them.
#[expect(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
pub fn variables_to_pass_on() -> Vec<(String, OsString)> {
    let names =
        ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "DWELL_DAY_START", "TZ"].into_iter();
    let set = names.filter_map(|name| Some((name.to_owned(), std::env::var_os(name)?)));
    set.filter(|(_, value)| !value.is_empty()).collect()
}

/// The folders in which programs are looked for.
#[expect(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
pub fn search_path() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).collect()
}

/// The address of the person's session on the message bus, where no variable has it, as in a run of
/// cron. `None` if a variable has it or if there is no session.
#[expect(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
pub fn session_bus() -> Option<String> {
    let socket = format!("/run/user/{}/bus", platform::user_number());
    let is_set = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some();
    (!is_set && Path::new(&socket).exists()).then(|| format!("unix:path={socket}"))
}
