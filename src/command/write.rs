//! `dwell write`

use clap_complete::ArgValueCandidates;

use super::typed::Span;
use super::{Context, completions, saving};
use crate::error::{Error, Result};
use crate::journal::{Day, DayName, step};
use crate::store::{Again, Store, Writing, Written};
use crate::terminal::Draft;
use crate::terminal::draft::Purpose;

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
    again: Option<Span>,
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
    match given {
        Some(text) if !args.editor => {
            let text = saving::words_to_save(&text)?;
            let fallback = args.day.and_then(|name| name.resolve(now.day)).unwrap_or(now.day);
            let saved = context.open_store().and_then(|mut store| {
                let day = context.day_to_write(&store, args.day)?;
                save(args, &mut store, day, text, context)
            });
            saving::or_keep(context, (fallback, Purpose::Add), text, saved)
        }
        text => {
            let store = context.open_store()?;
            let day = context.day_to_write(&store, args.day)?;
            let draft =
                context.drafts().begin(day, Purpose::Add, now.at).map_err(saving::no_draft)?;
            write_in_draft(args, context, store, draft, text.unwrap_or_default())
        }
    }
}

/// Takes up the newest draft: in the editor or at the terminal, or saved as it is where nobody
/// can be asked.
fn resume(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let Some((draft, text)) = context.drafts().newest(now.at).map_err(saving::no_draft)? else {
        return Err(Error::nothing("there is no draft").hint("dwell write"));
    };
    let store = context.open_store()?;
    if args.editor || context.terminal.can_ask() {
        return write_in_draft(args, context, store, draft, text);
    }
    save_draft(args, context, store, &draft, &text)
}

/// Has the person write in a draft that holds `text`, then saves what they wrote.
pub(super) fn write_in_draft(
    args: &Args,
    context: &mut Context,
    mut store: Store,
    mut draft: Draft,
    text: String,
) -> Result<()> {
    let written = if args.editor {
        draft.write(text.as_bytes()).map_err(saving::no_draft)?;
        let edited = saving::edit(context, &mut draft, &text)?;
        Some(edited.unwrap_or(text)).filter(|text| !text.trim().is_empty())
    } else {
        let now = context.now()?;
        if draft.day == store.today(now)? {
            let served = store.serve(now, context.config.order)?;
            saving::show_question(context, &served.entry)?;
        } else if let Some(entry) = store.entry(draft.day)? {
            saving::show_question(context, &entry)?;
        }
        saving::ask_words(context, &text, &mut draft)?
    };
    if let Some(text) = written {
        return save_draft(args, context, store, &draft, &text);
    }
    context.terminal.say("nothing was written, so nothing is saved")?;
    draft.discard().map_err(saving::no_draft)
}

/// Saves the words of a draft and then removes the draft.
fn save_draft(
    args: &Args,
    context: &mut Context,
    mut store: Store,
    draft: &Draft,
    text: &str,
) -> Result<()> {
    let text = saving::words_to_save(text)?;
    let day = match args.day {
        Some(_) => context.day_to_write(&store, args.day)?,
        None => draft.day,
    };
    let saved = match draft.purpose {
        Purpose::Add => save(args, &mut store, day, text, context),
        Purpose::Revise => saving::revise(context, &mut store, day, text),
    };
    let hint = "your words are kept as a draft: dwell write --resume";
    saved.map_err(|error| error.hint(hint))?;
    saving::discard_saved(&store, draft, text, day)
}

fn save(args: &Args, store: &mut Store, day: Day, text: &str, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let today = store.today(now)?;
    let step = args.next.as_deref().and_then(step::kept);
    let again: Option<Again> = args.again.map(|span| span.from(today)).transpose()?;
    let writing = Writing { day, text, step: step.as_deref(), again };
    let Written { entry, below, replaced_step } =
        store.write(now, context.config.order, writing)?;
    saving::say_saved(&mut context.terminal, &entry, below)?;
    if let Some(old) = replaced_step {
        context.terminal.say(&format!("the next step took the place of: {old}"))?;
    }
    if context.json { saving::show(context, &entry) } else { Ok(()) }
}
