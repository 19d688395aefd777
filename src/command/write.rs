//! `dwell write`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::resume::{self, Changes};
use crate::command::words::{Input, Words};
use crate::command::{Context, after_saving, completions, input, output, typing, unsaved};
use crate::compose::{Compose, Intent};
use crate::drafts::{Extras, Purpose};
use crate::journal::entry::reflection;
use crate::journal::lesson::Interval;
use crate::journal::{Day, DayName, Entry, entry};
use crate::messages::{lessons, saving, steps};
use crate::store::{Store, StoreError};
use crate::terminal::Terminal;
use crate::view::View;

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

impl Args {
    /// The words that come with the command.
    pub(crate) fn words(&self, terminal: &Terminal) -> Option<Words> {
        if self.resume || (self.editor && self.text.is_empty()) {
            return None;
        }
        let input = Input::given(&self.text, terminal)?;
        Some(Words::new(input, Purpose::Add, self.day, self.extras()))
    }

    /// What is saved together with the text.
    fn extras(&self) -> Extras {
        let line = |text: &Option<String>| text.as_deref().and_then(entry::single_line);
        Extras { step: line(&self.next), when: line(&self.when), again: self.again }
    }
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    if args.resume {
        let changes = Changes { day: args.day, extras: args.extras(), in_editor: args.editor };
        return resume::run(&changes, context);
    }
    let given = context.given_text()?;
    if given.is_none() && !args.editor && !context.terminal.can_ask() {
        return Err(Error::usage(saving::cannot_ask()));
    }
    let text = given.as_deref().and_then(reflection::kept);
    if text.is_none() && !args.editor && save_without_text(args, context)? {
        return Ok(());
    }
    if given.is_some() && text.is_none() {
        return Err(no_words(args));
    }
    let (mut store, compose) = open(args, context)?;
    match text {
        Some(text) if !args.editor => {
            let day = compose.day;
            let saved = unsaved::save(context, &mut store, compose, text)?;
            output::announce(context, Purpose::Add, &saved)?;
            output::show_takeaway(context, &saved.entry)?;
            if context.can_converse() { after_saving::show(context, &store, day) } else { Ok(()) }
        }
        Some(text) => write_in_new_draft(args, context, store, compose, text),
        None => {
            require_lesson_to_repeat(args, compose.day, &store, context)?;
            write_in_new_draft(args, context, store, compose, "")
        }
    }
}

fn no_words(args: &Args) -> Error {
    let error = Error::usage(saving::no_words());
    if args.next.is_some() { error.hint(saving::STEP_WITHOUT_WORDS) } else { error }
}

/// The journal, and what is to be saved in it.
fn open(args: &Args, context: &mut Context) -> Result<(Store, Compose)> {
    if args.editor {
        input::require_editor(context)?;
    }
    let store = context.open_store()?;
    context.warn_of_readers(&store);
    let day = context.day_to_write(&store, args.day)?;
    let compose = context.compose(&store, day, Intent::Add(args.extras()));
    Ok((store, compose))
}

/// Errors if the lesson of an earlier day is to come again and the day has none, before somebody
/// writes for it.
fn require_lesson_to_repeat(
    args: &Args,
    day: Day,
    store: &Store,
    context: &mut Context,
) -> Result<()> {
    let is_asked_back = args.again.is_some() && day != store.today(context.now()?)?;
    if is_asked_back && store.entry(day)?.is_none_or(|entry| entry.lesson.is_none()) {
        return Err(StoreError::NoLessonToRepeat { day }.into());
    }
    Ok(())
}

fn write_in_new_draft(
    args: &Args,
    context: &mut Context,
    store: Store,
    compose: Compose,
    text: &str,
) -> Result<()> {
    let now = context.now()?;
    let label = compose.intent.label(compose.day);
    let mut draft = context.drafts(Some(&store)).begin(&label, now.at)?;
    draft.write(text.as_bytes())?;
    // The words are in the draft now.
    context.words = None;
    typing::write(context, store, compose, draft, text, args.editor)
}

/// Saves a next step and when the lesson comes again for a day that has its words already. False if
/// neither is given, or the day has no words.
fn save_without_text(args: &Args, context: &mut Context) -> Result<bool> {
    let extras = args.extras();
    let (step, again) = (extras.new_step(), extras.again);
    if step.is_none() && again.is_none() {
        return Ok(false);
    }
    let Some(mut store) = context.store_if_any()? else { return Ok(false) };
    let day = context.day_to_write(&store, args.day)?;
    let Some(mut entry) = store.entry(day)?.filter(|entry| entry.reflection.is_some()) else {
        return Ok(false);
    };
    let now = context.now_to_save()?;
    if let Some(again) = again {
        repeat_lesson(&entry, again, &mut store, context)?;
    }
    if let Some(step) = step {
        let (with_step, replaced) = store.add_step(now, context.config.order, day, &step)?;
        context.terminal.say(&steps::saved(day))?;
        output::show_replaced_step(context, replaced.as_deref())?;
        entry = with_step;
    }
    context.show_to_script(View::Entry(&entry))?;
    Ok(true)
}

/// Asks for the lesson of an entry again, or retires it. Errors if the entry has no lesson.
fn repeat_lesson(
    entry: &Entry,
    again: Interval,
    store: &mut Store,
    context: &mut Context,
) -> Result<()> {
    let Some(lesson) = &entry.lesson else {
        return Err(StoreError::NoLessonToRepeat { day: entry.day }.into());
    };
    let now = context.now()?;
    let repeat = again.repeat_from(store.today(now)?)?;
    store.ask_back(now, lesson.id, repeat)?;
    Ok(context.terminal.say(&lessons::repeated(repeat, &lesson.text.title))?)
}
