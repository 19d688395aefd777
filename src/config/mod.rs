//! Settings: where files are and how dwell behaves, settled once from the command line, the
//! environment and `config.toml`, in that order.
//!
//! Every key of the file is optional and has a `DWELL_…` variable. This is the one room that reads
//! the environment; the others are given values.

mod file;
mod key;
mod locale;

use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use chrono::Weekday;
use etcetera::BaseStrategy;

use crate::clock::Clock;
use crate::journal::lesson::plan::Order;
use crate::journal::look_back::rest::RestWeekdays;
use crate::journal::look_back::review::Distances;
use crate::terminal::{ColorChoice, Editor, TerminalOptions};
use crate::text::ColorDepth;

pub use file::{read, write};
pub use key::{Origin, Setting};

/// What the command line says that settings depend on.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    pub journal: Option<PathBuf>,
    pub color: Option<ColorChoice>,
    pub quiet: bool,
    pub no_input: bool,
}

/// The environment variables that dwell reads, and no others.
#[derive(Debug, Clone, Default)]
pub struct Environment(HashMap<&'static str, OsString>);

const VARIABLES: [&str; 26] = [
    "COLORTERM",
    "COLUMNS",
    "DWELL_COLOR",
    "DWELL_DAY_START",
    "DWELL_EDITOR",
    "DWELL_JOURNAL",
    "DWELL_NOW",
    "DWELL_ORDER",
    "DWELL_PAGER",
    "DWELL_REST_DAYS",
    "DWELL_REVIEW_SPANS",
    "DWELL_WEEK_START",
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
    "XDG_STATE_HOME",
];

impl Environment {
    /// The variables of this process.
    #[expect(clippy::disallowed_methods, reason = "this is the room that reads the environment")]
    pub fn of_process() -> Self {
        Self(VARIABLES.iter().filter_map(|name| Some((*name, std::env::var_os(name)?))).collect())
    }

    /// The text of a variable that is set and not blank.
    fn text(&self, name: &str) -> Option<String> {
        let text = self.0.get(name)?.to_string_lossy().into_owned();
        (!text.trim().is_empty()).then_some(text)
    }

    /// The value that the variable of a key gives it.
    fn value(&self, key: Setting) -> Option<String> {
        match key {
            Setting::Pager => self.pager(key.variable()),
            _ => self.text(key.variable()),
        }
    }

    /// The pager that a variable names. One that is set and blank says that none is wanted.
    fn pager(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|text| text.to_string_lossy().trim().to_owned())
    }

    /// The folder that a variable names; a relative one is no folder, as the XDG standard has it.
    fn folder(&self, name: &str) -> Option<PathBuf> {
        self.0.get(name).map(PathBuf::from).filter(|path| path.is_absolute())
    }
}

impl Environment {
    /// How to speak to the person before the settings are settled.
    pub fn setup(&self) -> TerminalOptions {
        TerminalOptions {
            color: self.text("DWELL_COLOR").and_then(|word| key::color(&word)).unwrap_or_default(),
            no_color: self.0.get("NO_COLOR").is_some_and(|value| !value.is_empty()),
            dumb: self.0.get("TERM").is_some_and(|term| term == "dumb"),
            less: self.text("LESS").is_some(),
            columns: self.text("COLUMNS").and_then(|columns| columns.parse().ok()),
            depth: self.depth(),
            utf8: locale::is_utf8(&self.locale("LC_CTYPE")),
            ..TerminalOptions::default()
        }
    }
}

impl Environment {
    /// The locale of one kind of custom, such as `LC_TIME`; nothing where none is named.
    fn locale(&self, kind: &'static str) -> String {
        ["LC_ALL", kind, "LANG"].iter().find_map(|name| self.text(name)).unwrap_or_default()
    }

    /// How many colours the terminal says it has.
    fn depth(&self) -> ColorDepth {
        let is_true = |word: &String| word == "truecolor" || word == "24bit";
        if self.text("COLORTERM").as_ref().is_some_and(is_true) {
            ColorDepth::True
        } else if self.text("TERM").is_some_and(|term| term.contains("256color")) {
            ColorDepth::TwoHundredFiftySix
        } else {
            ColorDepth::Sixteen
        }
    }
}

/// All settings of one run.
#[derive(Debug, Clone)]
pub struct Config {
    /// The journal file.
    pub journal: PathBuf,
    /// The folder of the drafts.
    pub drafts: PathBuf,
    /// The folder of the backups, which need not exist.
    pub backups: PathBuf,
    /// The settings file, which need not exist.
    pub file: PathBuf,
    pub clock: Clock,
    pub order: Order,
    pub editor: Editor,
    pub terminal: TerminalOptions,
    /// The command that long output goes through, if one is named; blank for none.
    pub pager: Option<String>,
    pub rest_weekdays: RestWeekdays,
    pub review_spans: Distances,
    /// The first day of the week.
    pub week_start: Weekday,
    /// Each key with its value and where it comes from, for showing.
    pub values: Vec<(Setting, String, Origin)>,
}

impl Config {
    /// Settles all settings.
    pub fn resolve(flags: &Flags, environment: &Environment) -> Result<Self, ConfigError> {
        let folders = Folders::find(environment)?;
        let file = folders.config.join("dwell").join("config.toml");
        let stored = file::read(&file)?;
        let mut values = Vec::new();
        for key in Setting::ALL {
            let flag = match key {
                Setting::Journal => flags.journal.as_ref().map(|path| path.display().to_string()),
                Setting::Color => flags.color.map(|color| key::color_word(color).to_owned()),
                _ => None,
            };
            let (value, origin) = if let Some(value) = flag {
                (value, Origin::Flag)
            } else if let Some(value) = environment.value(key) {
                (value, Origin::Variable)
            } else if let Some(value) = stored.get(key.name()) {
                (value.clone(), Origin::File)
            } else {
                (key.default_value(&folders.data), Origin::Default)
            };
            let checked = match origin {
                Origin::File => key.check_in_file(&value),
                _ => key.check(&value),
            };
            checked.map_err(|wanted| ConfigError::BadValue {
                key,
                value: value.clone(),
                wanted,
                origin,
            })?;
            values.push((key, value, origin));
        }
        let found = |wanted: Setting| values.iter().find(|(key, ..)| *key == wanted);
        let value =
            |key: Setting| found(key).map(|(_, value, _)| value.as_str()).unwrap_or_default();
        let journal = match (&flags.journal, environment.0.get("DWELL_JOURNAL")) {
            // A path need not be text; what was given is used to the byte.
            (Some(path), _) => path.clone(),
            (None, Some(path)) if !path.is_empty() => PathBuf::from(path),
            _ => PathBuf::from(value(Setting::Journal)),
        };
        let command = |key: Setting| Some(value(key).to_owned()).filter(|text| !text.is_empty());
        let pager = found(Setting::Pager).filter(|(.., origin)| *origin != Origin::Default);
        let week_start = key::week_start(value(Setting::WeekStart)).flatten();
        Ok(Self {
            journal: std::path::absolute(&journal).unwrap_or(journal),
            drafts: folders.state.join("dwell").join("drafts"),
            backups: folders.data.join("dwell").join("backups"),
            clock: Clock {
                set_to: environment.text("DWELL_NOW"),
                zone: environment.0.get("TZ").map(|zone| zone.to_string_lossy().into_owned()),
                day_start: value(Setting::DayStart).parse().unwrap_or_default(),
            },
            order: key::order(value(Setting::Order)).unwrap_or_default(),
            editor: Editor {
                wanted: command(Setting::Editor)
                    .or_else(|| environment.text("VISUAL"))
                    .or_else(|| environment.text("EDITOR")),
                usual: ["sensible-editor", "nano", "vim", "vi"].map(str::to_owned).to_vec(),
            },
            terminal: TerminalOptions {
                color: key::color(value(Setting::Color)).unwrap_or_default(),
                quiet: flags.quiet,
                no_input: flags.no_input,
                ..environment.setup()
            },
            pager: pager
                .map_or_else(|| environment.pager("PAGER"), |(_, named, _)| Some(named.clone())),
            rest_weekdays: value(Setting::RestDays).parse().unwrap_or_default(),
            review_spans: value(Setting::ReviewSpans).parse().unwrap_or_default(),
            week_start: week_start
                .unwrap_or_else(|| locale::first_weekday(&environment.locale("LC_TIME"))),
            file,
            values,
        })
    }
}

/// The folders for each kind of file, without dwell's own name.
struct Folders {
    data: PathBuf,
    state: PathBuf,
    config: PathBuf,
}

impl Folders {
    fn find(environment: &Environment) -> Result<Self, ConfigError> {
        // The platform's own folders are asked for only where a variable leaves one open, so that
        // dwell runs without a home where everything is named.
        let named = |name| environment.folder(name);
        let (data, state, config) =
            (named("XDG_DATA_HOME"), named("XDG_STATE_HOME"), named("XDG_CONFIG_HOME"));
        if let (Some(data), Some(state), Some(config)) = (&data, &state, &config) {
            return Ok(Self { data: data.clone(), state: state.clone(), config: config.clone() });
        }
        let own =
            etcetera::base_strategy::choose_native_strategy().map_err(|_| ConfigError::NoHome)?;
        Ok(Self {
            data: data.unwrap_or_else(|| own.data_dir()),
            state: state.unwrap_or_else(|| own.state_dir().unwrap_or_else(|| own.data_dir())),
            config: config.unwrap_or_else(|| own.config_dir()),
        })
    }
}

/// Why the settings could not be settled.
#[derive(Debug)]
pub enum ConfigError {
    /// No home folder, and not all folders named by variables.
    NoHome,
    /// The file could not be read or written.
    Io { path: PathBuf, error: std::io::Error },
    /// The file is not TOML, or holds something that is no key.
    BadFile { path: PathBuf, message: String },
    /// A value is not one that its key takes.
    BadValue { key: Setting, value: String, wanted: &'static str, origin: Origin },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::NoHome => write!(f, "there is no home folder"),
            Self::Io { path, error } => write!(f, "{}: {error}", shown(path)),
            Self::BadFile { path, message } => write!(f, "{}: {message}", shown(path)),
            Self::BadValue { key, value, wanted, origin } => {
                write!(f, "{} is '{value}'{}, not {wanted}", key.name(), origin.of(*key))
            }
        }
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(home: &Path, more: &[(&'static str, &str)]) -> Environment {
        let folders = ["XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"];
        let mut variables: HashMap<&'static str, OsString> =
            folders.iter().map(|name| (*name, home.join(name).into_os_string())).collect();
        variables.extend(more.iter().map(|(name, value)| (*name, OsString::from(value))));
        Environment(variables)
    }

    fn with_file(home: &Path, text: &str) {
        let folder = home.join("XDG_CONFIG_HOME/dwell");
        crate::platform::create_private_folder(&folder).expect("a folder");
        std::fs::write(folder.join("config.toml"), text).expect("written");
    }

    #[test]
    fn a_flag_beats_a_variable_beats_the_file_beats_the_default() {
        let home = tempfile::tempdir().expect("a folder");
        let resolve = |flags: &Flags, more: &[(&'static str, &str)]| {
            Config::resolve(flags, &environment(home.path(), more)).expect("settled")
        };
        let flags = Flags::default();
        assert_eq!(resolve(&flags, &[]).terminal.color, ColorChoice::Auto);
        with_file(home.path(), "color = \"never\"\norder = \"mixed\"\n");
        assert_eq!(resolve(&flags, &[]).terminal.color, ColorChoice::Never);
        assert_eq!(resolve(&flags, &[]).order, Order::Mixed);
        let variable = [("DWELL_COLOR", "always")];
        assert_eq!(resolve(&flags, &variable).terminal.color, ColorChoice::Always);
        let flags = Flags { color: Some(ColorChoice::Auto), ..flags };
        assert_eq!(resolve(&flags, &variable).terminal.color, ColorChoice::Auto);
    }

    #[test]
    fn the_editor_is_the_first_that_is_named_and_not_blank() {
        let home = tempfile::tempdir().expect("a folder");
        let wanted = |more: &[(&'static str, &str)]| {
            let settled = Config::resolve(&Flags::default(), &environment(home.path(), more));
            settled.expect("settled").editor.wanted
        };
        assert_eq!(wanted(&[("VISUAL", " "), ("EDITOR", "")]), None);
        assert_eq!(wanted(&[("VISUAL", ""), ("EDITOR", "ed")]), Some("ed".to_owned()));
        assert_eq!(wanted(&[("VISUAL", "vi"), ("EDITOR", "ed")]), Some("vi".to_owned()));
        let all = [("DWELL_EDITOR", "nano"), ("VISUAL", "vi"), ("EDITOR", "ed")];
        assert_eq!(wanted(&all), Some("nano".to_owned()));
    }

    #[test]
    fn the_pager_is_the_first_that_is_named_and_a_blank_one_is_named_too() {
        let home = tempfile::tempdir().expect("a folder");
        let pager = |more: &[(&'static str, &str)]| {
            let settled = Config::resolve(&Flags::default(), &environment(home.path(), more));
            settled.expect("settled").pager
        };
        assert_eq!(pager(&[]), None);
        assert_eq!(pager(&[("PAGER", "more")]).as_deref(), Some("more"));
        assert_eq!(pager(&[("PAGER", "")]).as_deref(), Some(""));
        assert_eq!(pager(&[("DWELL_PAGER", ""), ("PAGER", "more")]).as_deref(), Some(""));
        with_file(home.path(), "pager = \"most\"");
        assert_eq!(pager(&[("PAGER", "more")]).as_deref(), Some("most"));
        assert_eq!(pager(&[("DWELL_PAGER", " less -i ")]).as_deref(), Some("less -i"));
        with_file(home.path(), "pager = \"\"");
        assert_eq!(pager(&[("PAGER", "more")]).as_deref(), Some(""));
    }

    #[test]
    fn a_bad_value_names_itself_and_where_it_stands() {
        let home = tempfile::tempdir().expect("a folder");
        let error = |more: &[(&'static str, &str)]| {
            let settled = Config::resolve(&Flags::default(), &environment(home.path(), more));
            settled.expect_err("refused").to_string()
        };
        assert_eq!(
            error(&[("DWELL_DAY_START", "25:00")]),
            "day_start is '25:00' in DWELL_DAY_START, not a time from 00:00 to 12:00"
        );
        for text in ["order = \"random\"", "ordre = \"mixed\"", "order = 3", "order =", "[order]"] {
            with_file(home.path(), text);
            assert!(error(&[]).contains("ord"), "{text}: {}", error(&[]));
        }
    }
}
