//! `dwell config`

use crate::command::Context;
use crate::config;
use crate::config::{Origin, Setting};
use crate::error::{Error, Result};
use crate::view;

/// Settings: all of them, one, or a new value for one
///
/// journal    the path of the journal file
/// day_start  the time at which a day starts, 00:00 to 12:00
/// order      series (one after the other) or mixed (another one each day)
/// editor     the command that edits a text
/// color      auto, always or never
/// pager      the command that long output goes through; blank or cat for none
/// rest_days  weekdays that neither break nor lengthen a run, as in saturday sunday
/// review_spans  how far back a review goes, as in 1w 1m 3m 6m years
/// week_start  the first day of the week, or auto for your country's
///
/// Each has a variable that goes before the file: DWELL_JOURNAL, DWELL_DAY_START and so on.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The setting
    key: Option<Setting>,
    /// Its new value
    #[arg(allow_hyphen_values = true)]
    value: Option<String>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let wanted = |key: Setting| args.key.is_none_or(|wanted| wanted == key);
    let mut values = context.config.values.clone();
    values.retain(|(key, ..)| wanted(*key));
    match (args.key, &args.value) {
        (Some(key), Some(value)) => set(key, value, context),
        (_, _) if context.json => {
            let lines = values.iter().map(|(key, value, origin)| {
                view::json::setting(key.name(), value, origin_word(*origin))
            });
            Ok(context.terminal.data(lines.collect::<String>())?)
        }
        (Some(_), None) => {
            let value = values.first().map(|(_, value, _)| value.as_str()).unwrap_or_default();
            Ok(context.terminal.data(format!("{}\n", crate::text::one_line(value)))?)
        }
        (None, _) => {
            let text = view::settings(&values, context.terminal.page());
            Ok(context.terminal.data(&text)?)
        }
    }
}

fn set(key: Setting, value: &str, context: &mut Context) -> Result<()> {
    key.check_in_file(value).map_err(|wanted| {
        Error::usage(format!("{} takes {wanted}, not '{value}'", key.name()))
            .hint("dwell config --help")
    })?;
    let file = &context.config.file;
    config::write(file, key, value)?;
    let said = format!("saved in {}: {} = {value}", file.display(), key.name());
    context.terminal.say(&said)?;
    let shadowed = context
        .config
        .values
        .iter()
        .any(|(other, _, origin)| *other == key && *origin == Origin::Variable);
    if shadowed {
        context.terminal.say(&format!("{} is set and goes before it", key.variable()))?;
    }
    Ok(())
}

fn origin_word(origin: Origin) -> &'static str {
    match origin {
        Origin::Flag => "flag",
        Origin::Variable => "variable",
        Origin::File => "file",
        Origin::Default => "default",
    }
}
