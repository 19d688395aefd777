//! `dwell write`

use clap_complete::ArgValueCandidates;

use crate::command::arguments::Interval;
use crate::command::error::{Error, Result};
use crate::command::{Context, after_saving, completions, input, output, unsaved};
use crate::compose::{Compose, Extras, Intent};
use crate::drafts::{Draft, Purpose};
use crate::journal::entry::reflection;
use crate::journal::{Day, DayName, Entry, NewStep};
use crate::messages::saving;
use crate::store::{Store, StoreError};

/// Save a reflection
///
/// Without TEXT, dwell asks for it at a terminal, and reads standard input elsewhere. More text for
/// a day that has a reflection is added below it. The text is only text: no word in it is an option
/// or a date.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: dwell write 'I called her.' --next 'Write to Ben'")]
pub struct Args {
    /// The words; - reads them from standard input
    #[arg(allow_negative_numbers = true)]
    text: Vec<String>,
    /// The day to write about; today if left out
    #[arg(
        long,
        value_name = "DAY",
        allow_hyphen_values = true,
        add = ArgValueCandidates::new(completions::days)
    )]
    day: Option<DayName>,
    /// Write in your editor
    #[arg(long, short)]
    editor: bool,
    /// The next step that the reflection ends in
    #[arg(long, value_name = "STEP", allow_hyphen_values = true)]
    next: Option<String>,
    /// When you mean to take the next step, as in 'when I get home'
    #[arg(long, value_name = "WORDS", requires = "next", allow_hyphen_values = true)]
    when: Option<String>,
    /// When the lesson comes again
    #[arg(long, value_name = "SPAN")]
    again: Option<Interval>,
    /// Go on with the words that were kept as a draft
    #[arg(long, conflicts_with = "text")]
    resume: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    context.now()?;
    if args.resume {
        return resume(args, context);
    }
    // Read before the journal is opened, so that a text which it does not take can be kept.
    let input = ready_text(args, context)?;
    let text = input.as_deref().map(|text| text_to_save(args, text)).transpose()?;
    let opened = open(args, context);
    let Some(text) = text else {
        let (store, compose) = opened?;
        return write_in_new_draft(args, context, store, compose, "");
    };
    let (mut store, compose) =
        opened.or_else(|error| unsaved::keep(context, args.day, Purpose::Add, text, error))?;
    if args.editor {
        return write_in_new_draft(args, context, store, compose, text);
    }
    let now = context.now_to_save()?;
    let day = compose.day;
    let saved =
        compose.save(&mut store, now, text).or_else(|error| unsaved::tell(context, *error))?;
    output::announce(context, &saved)?;
    if context.can_converse() { after_saving::show(context, &store, day) } else { Ok(()) }
}

/// The text from the arguments or from standard input; `None` if the person is to write it now.
fn ready_text(args: &Args, context: &mut Context) -> Result<Option<String>> {
    match args.text.as_slice() {
        [dash] if dash == "-" => input::piped_text(context).map(Some),
        [] if args.editor || context.terminal.can_ask() => Ok(None),
        [] if context.terminal.has_piped_input() => input::piped_text(context).map(Some),
        [] => Err(Error::usage(saving::cannot_ask())),
        words => Ok(Some(words.join(" "))),
    }
}

fn text_to_save<'a>(args: &Args, text: &'a str) -> Result<&'a str> {
    input::text_to_save(text).map_err(|error| match &args.next {
        Some(_) => error.hint(saving::STEP_WITHOUT_WORDS),
        None => error,
    })
}

/// The journal, and what is to be saved in it.
fn open(args: &Args, context: &mut Context) -> Result<(Store, Compose)> {
    if args.editor {
        input::require_editor(context)?;
    }
    let store = context.open_store()?;
    let day = context.day_to_write(&store, args.day)?;
    let extras = extras(args, store.today(context.now()?)?)?;
    Ok((store, context.compose(day, Intent::Add(extras))))
}

/// Goes on with the newest draft, in the editor or at the terminal. Saves it as it is if nobody can
/// be asked.
fn resume(args: &Args, context: &mut Context) -> Result<()> {
    if args.editor {
        input::require_editor(context)?;
    }
    let now = context.now()?;
    let Some((draft, text)) = context.drafts().newest(now.at)? else {
        return Err(Error::nothing(saving::no_draft()));
    };
    let mut store = context.open_store()?;
    let day = match args.day {
        Some(_) => context.day_to_write(&store, args.day)?,
        None => draft.day,
    };
    let extras = extras(args, store.today(now)?)?;
    let intent = match draft.purpose {
        Purpose::Add => Intent::Add(extras),
        Purpose::Revise if args.next.is_none() && args.again.is_none() => Intent::Revise(None),
        Purpose::Revise => {
            return Err(Error::usage(saving::edit_takes_no_options()));
        }
    };
    let compose = context.compose(day, intent);
    if args.editor || context.terminal.can_ask() {
        return write_in_draft(args, context, store, compose, draft, &text);
    }
    let compose = compose.typed_in(draft);
    let now = context.now_to_save()?;
    let text = input::text_to_save(&text)?;
    let saved =
        compose.save(&mut store, now, text).or_else(|error| unsaved::tell(context, *error))?;
    output::announce(context, &saved)
}

fn write_in_new_draft(
    args: &Args,
    context: &mut Context,
    store: Store,
    compose: Compose,
    text: &str,
) -> Result<()> {
    let now = context.now()?;
    let begun = context.drafts().begin(compose.day, Purpose::Add, now.at);
    let begun = begun.and_then(|mut draft| draft.write(text.as_bytes()).map(|()| draft));
    let draft = begun.or_else(|error| unsaved::show(context, text, error))?;
    write_in_draft(args, context, store, compose, draft, text)
}

/// Lets the person write in a draft that begins with `text`, then saves what they wrote.
fn write_in_draft(
    args: &Args,
    context: &mut Context,
    mut store: Store,
    compose: Compose,
    mut draft: Draft,
    text: &str,
) -> Result<()> {
    // The lesson is read before the words are written, also in an editor.
    let is_read = !args.editor || context.terminal.can_ask();
    let entry = if is_read { day_entry(context, &mut store, compose.day)? } else { None };
    let typed = if args.editor {
        let edited = input::edit(context, &mut draft, text)?;
        Some(edited.unwrap_or_else(|| text.to_owned()))
    } else {
        if let Some(entry) = &entry {
            output::show_question(context, entry)?;
        }
        input::ask_text(context, &mut draft, text)?
    };
    let Some(text) = typed.as_deref().and_then(reflection::kept) else {
        context.terminal.say(saving::NOTHING_WRITTEN)?;
        return Ok(draft.discard()?);
    };
    let day = compose.day;
    let now = context.now_to_save()?;
    let saved = compose
        .typed_in(draft)
        .save(&mut store, now, text)
        .or_else(|error| unsaved::tell(context, *error))?;
    output::announce(context, &saved)?;
    if !context.can_converse() {
        return Ok(());
    }
    output::show_earlier(context, &store, day)?;
    after_saving::show(context, &store, day)
}

/// The day's entry; serves today's lesson if there is none yet. A day without a lesson has none.
fn day_entry(context: &mut Context, store: &mut Store, day: Day) -> Result<Option<Entry>> {
    let now = context.now()?;
    if day != store.today(now)? {
        return Ok(store.entry(day)?);
    }
    match store.serve(now, context.config.order) {
        Ok(served) => Ok(Some(served.entry)),
        Err(StoreError::NoLessonLeft { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What is saved together with the text.
fn extras(args: &Args, today: Day) -> Result<Extras> {
    let again = args.again.map(|interval| interval.repeat_from(today)).transpose()?;
    Ok(Extras {
        step: args.next.as_deref().and_then(|text| NewStep::new(text, args.when.as_deref())),
        again,
    })
}
