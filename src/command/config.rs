//! `dwell config`

use std::path::Path;

use clap_complete::{ArgValueCandidates, ArgValueCompleter};

use crate::command::error::{Error, Result};
use crate::command::{Context, completions};
use crate::config;
use crate::config::{Origin, ResolvedSetting, Setting, TABLE};
use crate::messages::{mirror, settings};
use crate::platform;
use crate::view::{SettingRow, View};

/// Settings: all of them, one, or a new value for one
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell config day_start 05:00")]
#[command(long_about = help(), override_usage = "dwell config [OPTIONS] [KEY] [VALUE]")]
pub struct Args {
    /// The setting; VALUE is its new value
    #[arg(value_parser = config::find, add = ArgValueCandidates::new(completions::settings))]
    key: Option<&'static Setting>,
    /// Its new value
    // Hidden, because the help must fit on a screen and has a line for each setting.
    #[arg(
        hide = true,
        allow_hyphen_values = true,
        add = ArgValueCompleter::new(completions::setting_values)
    )]
    value: Option<String>,
    /// Take a setting out of the file
    #[arg(
        long,
        value_name = "KEY",
        conflicts_with = "key",
        value_parser = config::find,
        add = ArgValueCandidates::new(completions::settings)
    )]
    unset: Option<&'static Setting>,
}

impl Args {
    /// Whether it only shows settings.
    pub fn only_shows(&self) -> bool {
        self.value.is_none()
    }
}

/// The help, with one line for each setting.
fn help() -> String {
    let widest = TABLE.iter().map(|setting| setting.name.len()).max().unwrap_or_default();
    let row =
        |setting: &Setting| format!("{:widest$}  {}\n", setting.name, settings::help(setting));
    let rows: String = TABLE.iter().map(row).collect();
    let variable = TABLE.first().map(|setting| setting.variable).unwrap_or_default();
    format!("Settings: all, one, or a new value. A variable comes first: {variable} …\n{rows}")
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    if let (Some(setting), Some(value)) = (args.key, &args.value) {
        return set(setting, value, context);
    }
    if let Some(setting) = args.unset {
        let file = &context.config.file;
        let was_set = config::remove(file, setting)?;
        return Ok(context.terminal.say(&settings::unset(file, setting, was_set))?);
    }
    let mut settings = context.config.settings.clone();
    settings.retain(|one| args.key.is_none_or(|wanted| wanted.name == one.setting.name));
    let usual = settings::usual_editors(&context.config.editor.usual);
    let mut rows: Vec<SettingRow> = settings.iter().map(row).collect();
    for row in rows.iter_mut().filter(|row| row.name == "editor" && row.place.is_none()) {
        row.place = Some(usual.clone());
    }
    if args.key.is_none() {
        return context.show(View::Settings(&rows));
    }
    rows.iter().try_for_each(|row| context.show(View::SettingValue(row)))
}

fn row(resolved: &ResolvedSetting) -> SettingRow<'_> {
    let ResolvedSetting { setting, text, origin } = resolved;
    let place = settings::place(setting, *origin);
    SettingRow { name: setting.name, value: text, origin: origin.as_str(), place }
}

fn set(setting: &'static Setting, value: &str, context: &mut Context) -> Result<()> {
    let is_mirror = setting.name == "mirror";
    let value = &if is_mirror { whole_path(value) } else { value.to_owned() };
    if !setting.takes_in_file(value.as_ref()) {
        return Err(Error::usage(settings::not_taken(setting, value)));
    }
    if is_mirror {
        let root = Path::new(value);
        let made = platform::create_private_folder(root);
        made.map_err(|error| Error::usage(mirror::not_made(root, &error)))?;
    }
    let file = &context.config.file;
    config::write(file, setting, value)?;
    context.terminal.say(&settings::saved(file, setting, value))?;
    let (name, origin, place) = (setting.name, Origin::File.as_str(), None);
    context.show_to_script(View::SettingValue(&SettingRow { name, value, origin, place }))?;
    let is_shadowed = context
        .config
        .settings
        .iter()
        .any(|one| one.setting.name == setting.name && one.origin == Origin::Variable);
    if is_shadowed {
        context.terminal.say(&settings::variable_is_used(setting))?;
    }
    if is_mirror {
        context.hint(&mirror::fill(Path::new(value)))?;
    }
    Ok(())
}

/// A path that is relative to the present folder, as an absolute one. One that begins with `~`
/// stays: no shell has replaced it.
fn whole_path(value: &str) -> String {
    if value.trim().is_empty() || value.starts_with('~') {
        return value.to_owned();
    }
    let path = std::path::absolute(value);
    path.ok().and_then(|path| path.into_os_string().into_string().ok()).unwrap_or(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_has_a_line_for_each_setting_and_each_fits_eighty_columns() {
        let help = help();
        for setting in TABLE {
            assert!(help.lines().any(|line| line.starts_with(setting.name)), "{}", setting.name);
        }
        let rows = help.lines().skip(1).take(TABLE.len());
        assert!(rows.clone().all(|line| line.chars().count() <= 80), "{help}");
    }
}
