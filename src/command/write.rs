//! `dwell write`

use clap_complete::ArgValueCandidates;

use crate::command::arguments::Interval;
use crate::command::error::{Error, Result};
use crate::command::saving::Extras;
use crate::command::{Context, completions, saving};
use crate::drafts::Draft;
use crate::drafts::Purpose;
use crate::journal::entry::{reflection, step};
use crate::journal::{Day, DayName};
use crate::store::{Store, StoreError};

/// Save a reflection
///
/// Without TEXT it is asked for at a terminal, and read from standard input elsewhere. More text
/// for a day that has a reflection is added below it. Nothing in the text is read as anything but
/// text; begin it after -- if it begins with a dash.
#[derive(Debug, clap::Args)]
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
    /// When the lesson is to come again
    #[arg(long, value_name = "SPAN")]
    again: Option<Interval>,
    /// Take up the words that were kept as a draft
    #[arg(long, conflicts_with = "text")]
    resume: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    if args.resume {
        return resume(args, context);
    }
    let given = match args.text.as_slice() {
        [dash] if dash == "-" => Some(saving::piped_words(context)?),
        [] if args.editor || context.terminal.can_ask() => None,
        [] if context.terminal.has_piped_input() => Some(saving::piped_words(context)?),
        [] => {
            return Err(Error::usage("the words cannot be asked for here")
                .hint("dwell write TEXT, or pipe the words in"));
        }
        words => Some(words.join(" ")),
    };
    let ready = if args.editor { saving::require_editor(context) } else { Ok(()) };
    let opened = ready.and_then(|()| context.open_store()).and_then(|store| {
        let day = context.day_to_write(&store, args.day)?;
        let beside = beside(args, store.today(now)?)?;
        Ok((store, day, beside))
    });
    let Some(text) = given else {
        let (store, day, beside) = opened?;
        let draft = context.drafts().begin(day, Purpose::Add, now.at).map_err(saving::no_draft)?;
        return write_in_draft(args, context, (store, day, beside), draft, String::new());
    };
    let text = saving::words_to_save(&text).map_err(|error| match &args.next {
        Some(_) => error.hint("dwell step add TEXT names a step without words"),
        None => error,
    })?;
    if args.editor {
        let (store, day, beside) =
            saving::or_keep(context, (args.day, Purpose::Add), text, opened)?;
        let draft = context.drafts().begin(day, Purpose::Add, now.at).map_err(saving::no_draft)?;
        return write_in_draft(args, context, (store, day, beside), draft, text.to_owned());
    }
    let saved = opened.and_then(|(mut store, day, beside)| {
        saving::put(context, &mut store, (day, Purpose::Add), text, &beside)
    });
    let written = saving::or_keep(context, (args.day, Purpose::Add), text, saved)?;
    saving::announce(context, &written)
}

/// Takes up the newest draft: in the editor or at the terminal, or saved as it is where nobody
/// can be asked.
fn resume(args: &Args, context: &mut Context) -> Result<()> {
    if args.editor {
        saving::require_editor(context)?;
    }
    let now = context.now()?;
    let newest = context.drafts().newest(now.at).map_err(saving::no_draft)?;
    let Some((mut draft, text)) = newest else {
        return Err(Error::nothing("there is no draft").hint("dwell write"));
    };
    let mut store = context.open_store()?;
    let day = match args.day {
        Some(_) => context.day_to_write(&store, args.day)?,
        None => draft.day,
    };
    let beside = beside(args, store.today(now)?)?;
    if args.editor || context.terminal.can_ask() {
        return write_in_draft(args, context, (store, day, beside), draft, text);
    }
    let text = saving::words_to_save(&text)?;
    let written = saving::save_draft(context, &mut store, &mut draft, (day, text), &beside)?;
    saving::announce(context, &written)
}

/// Has the person write in a draft that holds `text`, then saves what they wrote.
fn write_in_draft(
    args: &Args,
    context: &mut Context,
    (mut store, day, beside): (Store, Day, Extras),
    mut draft: Draft,
    text: String,
) -> Result<()> {
    let written = if args.editor {
        draft.write(text.as_bytes()).map_err(saving::no_draft)?;
        let edited = saving::edit(context, &mut draft, &text)?;
        Some(edited.unwrap_or(text))
    } else {
        show_question(context, &mut store, day)?;
        saving::ask_words(context, &text, &mut draft)?
    };
    let Some(text) = written.as_deref().and_then(reflection::kept) else {
        context.terminal.say("Nothing was written, so nothing is saved.")?;
        return draft.discard().map_err(saving::no_draft);
    };
    let written = saving::save_draft(context, &mut store, &mut draft, (day, text), &beside)?;
    saving::announce(context, &written)?;
    if context.can_converse() { saving::show_earlier(context, &store, day) } else { Ok(()) }
}

/// Shows what the day's lesson asks, above the place where the answer is typed. Words are taken
/// without a lesson too.
fn show_question(context: &mut Context, store: &mut Store, day: Day) -> Result<()> {
    let now = context.now()?;
    let entry = if day == store.today(now)? {
        match store.serve(now, context.config.order) {
            Ok(served) => Some(served.entry),
            Err(StoreError::NoLessonLeft { .. }) => None,
            Err(error) => return Err(error.into()),
        }
    } else {
        store.entry(day)?
    };
    match entry {
        Some(entry) => saving::show_question(context, &entry),
        None => Ok(()),
    }
}

fn beside(args: &Args, today: Day) -> Result<Extras> {
    let again = args.again.map(|span| span.from(today)).transpose()?;
    Ok(Extras { step: args.next.as_deref().and_then(step::kept), again })
}
