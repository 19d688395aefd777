//! Settings: where files are and how dwell behaves. They are resolved once, from the command line,
//! the environment and `config.toml`, in that order.
//!
//! Every key of the file is optional and has a `DWELL_…` variable. This is the only room that reads
//! the environment; the others are given values.

mod environment;
mod error;
mod file;
mod folders;
mod locale;
mod origin;
mod places;
mod settings;
mod values;

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::Weekday;

use crate::clock::Clock;
use crate::journal::entry::step::Fading;
use crate::journal::entry::takeaway::Takeaway;
use crate::journal::lesson::plan::Order;
use crate::journal::look_back::rest::RestWeekdays;
use crate::journal::look_back::review::Distances;
use crate::terminal::{ColorChoice, Editor, TerminalOptions};

use file::{FileContent, RawValue};
use folders::Folders;

pub use environment::{Environment, search_path, session_bus, variables_to_pass_on};
pub use error::ConfigError;
pub use file::{remove, write};
pub use folders::home_folder;
pub use origin::Origin;
pub use places::Places;
pub use settings::{DefaultValue, Setting, TABLE, find};
pub use values::{ScreenUse, Values, WeekStart};

/// The options on the command line that settings depend on.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    pub journal: Option<PathBuf>,
    pub color: Option<ColorChoice>,
    pub quiet: bool,
    pub no_input: bool,
    pub no_page: bool,
}

/// All settings of one run.
#[derive(Debug, Clone)]
pub struct Config {
    /// The journal file.
    pub journal: PathBuf,
    /// The folder that words are also written to, which need not exist; `None` if there is none.
    pub mirror: Option<PathBuf>,
    /// The folder of the drafts.
    pub drafts: PathBuf,
    /// The folder of the backups, which need not exist.
    pub backups: PathBuf,
    /// The folder in which each journal leaves a trace; it need not exist.
    pub traces: PathBuf,
    /// The journal is where it is if nobody names another one.
    pub is_usual_journal: bool,
    /// The person's own folder in memory, if the system has one.
    pub runtime: Option<PathBuf>,
    /// The folder in which programs have a folder each for their settings.
    pub folder: PathBuf,
    /// The settings file, which need not exist.
    pub file: PathBuf,
    pub clock: Clock,
    pub order: Order,
    pub editor: Editor,
    /// The command that prints the passphrase of a locked journal.
    pub passphrase_command: Option<String>,
    pub terminal: TerminalOptions,
    /// The command that long output goes through, if one is set; blank means no pager.
    pub pager: Option<String>,
    pub rest_weekdays: RestWeekdays,
    pub step_fades: Fading,
    pub review_spans: Distances,
    /// The first day of the week.
    pub week_start: Weekday,
    pub takeaway: Takeaway,
    /// Every setting with the text of its value, in the order of [`TABLE`], to be shown.
    pub settings: Vec<ResolvedSetting>,
    /// The keys of the settings file that are not a setting of this release.
    pub unknown_keys: Vec<String>,
}

/// A setting with the text that its value was read from, and where that text stands.
#[derive(Debug, Clone)]
pub struct ResolvedSetting {
    pub setting: &'static Setting,
    pub text: String,
    pub origin: Origin,
}

impl Config {
    /// Resolves all settings from the command line, the environment and the settings file.
    ///
    /// Errors if a setting does not take its value, if the settings file cannot be read or is not
    /// TOML, or if there is no home folder.
    pub fn resolve(flags: &Flags, environment: &Environment) -> Result<Self, ConfigError> {
        let (config, faults) = Self::resolve_what_can_be(flags, environment)?;
        faults.into_iter().next().map_or(Ok(config), Err)
    }

    /// Resolves all settings as [`Config::resolve`], and goes on after a mistake in them. Returns
    /// the mistakes too. A setting with a mistake has its default.
    ///
    /// Errors if there is no home folder.
    pub fn resolve_what_can_be(
        flags: &Flags,
        environment: &Environment,
    ) -> Result<(Self, Vec<ConfigError>), ConfigError> {
        let folders = Folders::find(environment)?;
        let file = folders.config.join("dwell").join("config.toml");
        let mut faults = Vec::new();
        let content = file::read(&file).unwrap_or_else(|fault| {
            faults.push(fault);
            FileContent::default()
        });
        let (mut values, mut settings) =
            read_all(flags, environment, &content, &folders, &mut faults);
        let in_words = values.screen == ScreenUse::Lines;
        for setting in &mut settings {
            // Most pagers draw each screen again. Where lines are only added, there is a pager only
            // if the person names one for dwell.
            let is_pager_for_others = in_words && setting.setting.name == "pager";
            if setting.origin == Origin::Default && !is_pager_for_others {
                read_other_variables(setting, environment);
            }
        }
        if values.journal.as_os_str().is_empty() {
            values.journal = default_journal(&folders);
        }
        let journal = std::path::absolute(&values.journal).unwrap_or(values.journal);
        let is_usual_journal = journal == default_journal(&folders);
        let usual = environment.terminal_options();
        let config = Self {
            journal,
            mirror: values.mirror,
            drafts: folders.drafts(),
            backups: folders.data.join("dwell").join("backups"),
            traces: folders.state.join("dwell").join("journals"),
            is_usual_journal,
            runtime: environment.text("XDG_RUNTIME_DIR").map(PathBuf::from),
            folder: folders.config,
            file,
            clock: Clock { day_start: values.day_start, ..environment.clock() },
            order: values.order,
            editor: Editor {
                wanted: (values.editor)
                    .or_else(|| environment.text("VISUAL"))
                    .or_else(|| environment.text("EDITOR")),
                usual: ["sensible-editor", "nano", "vim", "vi"].map(str::to_owned).to_vec(),
            },
            passphrase_command: values.passphrase_command,
            terminal: TerminalOptions {
                color: values.color,
                quiet: flags.quiet,
                no_input: flags.no_input,
                plain_lines: usual.plain_lines || in_words,
                in_words,
                ..usual
            },
            pager: values
                .pager
                .or_else(|| if in_words { Some(String::new()) } else { environment.pager() }),
            rest_weekdays: values.rest_days,
            step_fades: values.step_fades,
            review_spans: values.review_spans,
            week_start: match values.week_start {
                WeekStart::Auto => locale::first_weekday(&environment.locale("LC_TIME")),
                WeekStart::On(weekday) => weekday,
            },
            takeaway: values.takeaway,
            settings,
            unknown_keys: content.unknown,
        };
        Ok((config, faults))
    }

    /// Whether the person named the journal, by an option, a variable or the file.
    pub fn names_journal(&self) -> bool {
        self.journal_origin() != Origin::Default
    }

    /// Whether an option or a variable names the journal, so that another run may mean another one.
    pub fn is_named_for_this_run(&self) -> bool {
        matches!(self.journal_origin(), Origin::Flag | Origin::Variable)
    }

    fn journal_origin(&self) -> Origin {
        let is_journal =
            |one: &&ResolvedSetting| matches!(one.setting.default, DefaultValue::InDataFolder(_));
        self.settings.iter().find(is_journal).map_or(Origin::Default, |one| one.origin)
    }
}

/// For a command that is not set: the variable in which other programs look for it.
fn read_other_variables(resolved: &mut ResolvedSetting, environment: &Environment) {
    let variables: &[&'static str] = match resolved.setting.name {
        "editor" => &["VISUAL", "EDITOR"],
        "pager" => &["PAGER"],
        _ => &[],
    };
    let set = variables.iter().find_map(|name| Some((*name, environment.text(name)?)));
    if let Some((name, text)) = set {
        resolved.text = text;
        resolved.origin = Origin::OtherVariable(name);
    }
}

fn default_journal(folders: &Folders) -> PathBuf {
    folders.data.join("dwell").join("journal.db")
}

/// Reads every setting once, from the first place that has it. A value that a setting does not take
/// is a fault.
fn read_all(
    flags: &Flags,
    environment: &Environment,
    content: &FileContent,
    folders: &Folders,
    faults: &mut Vec<ConfigError>,
) -> (Values, Vec<ResolvedSetting>) {
    let mut values = Values::default();
    let mut settings = Vec::new();
    for setting in TABLE {
        let (raw, origin) = raw_value(setting, flags, environment, content, folders);
        let (text, is_read) = match raw {
            Some(RawValue::Text(text)) => {
                // The values begin with the defaults.
                let is_default =
                    origin == Origin::Default && matches!(setting.default, DefaultValue::Text(_));
                let is_read = is_default || setting.read(&text, origin, &mut values);
                (text.to_string_lossy().trim().to_owned(), is_read)
            }
            Some(RawValue::Other(toml)) => (toml, false),
            None => (String::new(), true),
        };
        if !is_read {
            faults.push(ConfigError::BadValue { setting, value: text.clone(), origin });
        }
        settings.push(ResolvedSetting { setting, text, origin });
    }
    (values, settings)
}

/// The value of a setting before it is read, and where it stands; `None` if the setting has not
/// even a default.
fn raw_value(
    setting: &Setting,
    flags: &Flags,
    environment: &Environment,
    content: &FileContent,
    folders: &Folders,
) -> (Option<RawValue>, Origin) {
    if let Some(text) = setting.flag(flags) {
        return (Some(RawValue::Text(text)), Origin::Flag);
    }
    if let Some(text) = environment.value(setting) {
        return (Some(RawValue::Text(text)), Origin::Variable);
    }
    if let Some(raw) = content.values.get(setting.name) {
        return (Some(raw.clone()), Origin::File);
    }
    let default = match setting.default {
        DefaultValue::Text(text) => Some(OsString::from(text)),
        DefaultValue::InDataFolder(name) => Some(folders.data.join("dwell").join(name).into()),
        DefaultValue::Unset => None,
    };
    (default.map(RawValue::Text), Origin::Default)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use std::path::Path;

    fn environment(home: &Path, more: &[(&'static str, &str)]) -> Environment {
        let folders = ["XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"];
        let mut variables: HashMap<String, OsString> = folders
            .iter()
            .map(|name| ((*name).to_owned(), home.join(name).into_os_string()))
            .collect();
        variables
            .extend(more.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(value))));
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
            Config::resolve(flags, &environment(home.path(), more)).expect("resolved")
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
    fn lines_are_plain_if_a_flag_or_a_setting_says_so_or_the_terminal_is_dumb() {
        let home = tempfile::tempdir().expect("a folder");
        let plain_lines = |no_page, more: &[(&'static str, &str)]| {
            let flags = Flags { no_page, ..Flags::default() };
            let resolved = Config::resolve(&flags, &environment(home.path(), more));
            resolved.expect("resolved").terminal.plain_lines
        };
        assert!(!plain_lines(false, &[("TERM", "xterm")]));
        assert!(plain_lines(false, &[("TERM", "dumb")]));
        assert!(plain_lines(false, &[("DWELL_SCREEN", "lines")]));
        assert!(plain_lines(true, &[("DWELL_SCREEN", "page")]));
        with_file(home.path(), "screen = \"lines\"");
        assert!(plain_lines(false, &[]));
        assert!(!plain_lines(false, &[("DWELL_SCREEN", "page")]));
    }

    #[test]
    fn the_editor_is_the_first_that_is_set_and_not_blank() {
        let home = tempfile::tempdir().expect("a folder");
        let wanted = |more: &[(&'static str, &str)]| {
            let resolved = Config::resolve(&Flags::default(), &environment(home.path(), more));
            resolved.expect("resolved").editor.wanted
        };
        assert_eq!(wanted(&[("VISUAL", " "), ("EDITOR", "")]), None);
        assert_eq!(wanted(&[("VISUAL", ""), ("EDITOR", "ed")]), Some("ed".to_owned()));
        assert_eq!(wanted(&[("VISUAL", "vi"), ("EDITOR", "ed")]), Some("vi".to_owned()));
        let all = [("DWELL_EDITOR", "nano"), ("VISUAL", "vi"), ("EDITOR", "ed")];
        assert_eq!(wanted(&all), Some("nano".to_owned()));
    }

    #[test]
    fn the_pager_is_the_first_that_is_set_and_a_blank_one_counts() {
        let home = tempfile::tempdir().expect("a folder");
        let pager = |more: &[(&'static str, &str)]| {
            let resolved = Config::resolve(&Flags::default(), &environment(home.path(), more));
            resolved.expect("resolved").pager
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
        with_file(home.path(), "screen = \"lines\"");
        assert_eq!(pager(&[("PAGER", "more")]).as_deref(), Some(""), "it is not named for dwell");
        assert_eq!(pager(&[("DWELL_PAGER", "more")]).as_deref(), Some("more"));
    }

    #[test]
    fn a_bad_value_is_refused_with_its_setting_and_its_place() {
        let home = tempfile::tempdir().expect("a folder");
        let refused = |more: &[(&'static str, &str)]| {
            let resolved = Config::resolve(&Flags::default(), &environment(home.path(), more));
            match resolved.expect_err("refused") {
                ConfigError::BadValue { setting, value, origin } => (setting.name, value, origin),
                other => panic!("{other}"),
            }
        };
        let bad = refused(&[("DWELL_DAY_START", "25:00")]);
        assert_eq!(bad, ("day_start", "25:00".to_owned(), Origin::Variable));
        for (text, value) in [
            ("order = \"random\"", "random"),
            ("order = 3", "3"),
            ("order = [\"mixed\"]", "[\"mixed\"]"),
        ] {
            with_file(home.path(), text);
            assert_eq!(refused(&[]), ("order", value.to_owned(), Origin::File), "{text}");
        }
        with_file(home.path(), "journal = \"journal.db\"");
        assert_eq!(refused(&[]), ("journal", "journal.db".to_owned(), Origin::File));
        for path in ["~/journal.db", "~", "$HOME/journal.db", "journal.db", "./journal.db"] {
            let bad = refused(&[("DWELL_JOURNAL", path)]);
            assert_eq!(bad, ("journal", path.to_owned(), Origin::Variable));
        }
    }

    #[test]
    fn the_place_of_a_draft_is_found_in_spite_of_other_mistakes() {
        let home = tempfile::tempdir().expect("a folder");
        let find = |more: &[(&'static str, &str)]| {
            Places::find(&Flags::default(), &environment(home.path(), more)).expect("folders")
        };
        with_file(home.path(), "order = \"random\"\njournal = \"/j.db\"\nday_start = \"06:00\"");
        let places = find(&[]);
        assert_eq!(places.journal.as_deref(), Some(Path::new("/j.db")));
        assert_eq!(places.clock.day_start, "06:00".parse().expect("a time"));
        with_file(home.path(), "journal = \"/j.db\"\norder =");
        assert_eq!(find(&[]).journal, None, "the file may name any journal");
        let named = find(&[("DWELL_JOURNAL", "/other.db")]);
        assert_eq!(named.journal.as_deref(), Some(Path::new("/other.db")));
        assert_eq!(find(&[("DWELL_JOURNAL", "~/j.db")]).journal, None);
        with_file(home.path(), "order = \"random\"");
        let usual = home.path().join("XDG_DATA_HOME/dwell/journal.db");
        assert_eq!(find(&[]).journal, Some(usual));
    }

    #[test]
    fn a_file_that_is_not_toml_is_refused() {
        let home = tempfile::tempdir().expect("a folder");
        with_file(home.path(), "order =");
        let resolved = Config::resolve(&Flags::default(), &environment(home.path(), &[]));
        assert!(matches!(resolved, Err(ConfigError::NotToml { .. })));
    }

    #[test]
    fn an_unknown_key_is_listed_and_is_not_an_error() {
        let home = tempfile::tempdir().expect("a folder");
        with_file(home.path(), "ordre = \"mixed\"\norder = \"mixed\"\n[mood]\nscale = 5\n");
        let resolved = Config::resolve(&Flags::default(), &environment(home.path(), &[]));
        let config = resolved.expect("resolved");
        assert_eq!(config.unknown_keys, ["ordre", "mood"]);
        assert_eq!(config.order, Order::Mixed);
    }

    #[test]
    fn a_journal_path_that_is_not_utf_8_is_used_as_it_is() {
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStringExt;
            let home = tempfile::tempdir().expect("a folder");
            let mut environment = environment(home.path(), &[]);
            let path = OsString::from_vec(b"/tmp/caf\xe9.db".to_vec());
            environment.0.insert("DWELL_JOURNAL".to_owned(), path.clone());
            let config = Config::resolve(&Flags::default(), &environment).expect("resolved");
            assert_eq!(config.journal, PathBuf::from(path));
        }
    }
}
