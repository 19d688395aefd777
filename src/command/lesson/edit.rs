//! `dwell lesson edit`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::lesson::fields::Fields;
use crate::command::lesson::find;
use crate::command::lesson::save::{refused, save};
use crate::command::lesson::typed::{self, Typed};
use crate::command::words::{Input, Words};
use crate::command::{Context, completions, input};
use crate::drafts::{Extras, Purpose};
use crate::journal::lesson::{LessonName, ShelvedLesson};
use crate::library::LessonForm;
use crate::messages::{own_lessons, saving};
use crate::store::Store;
use crate::terminal::Terminal;
use crate::text::is_blank;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A place (my-own-lessons/3), an id or its beginning, a title, or today
    #[arg(add = ArgValueCandidates::new(completions::lessons))]
    lesson: LessonName,
    #[command(flatten)]
    fields: Fields,
    /// Open all of it in your editor, with what the other options say
    #[arg(long, short)]
    editor: bool,
}

impl Args {
    /// The words that come with the command: a form on standard input.
    pub(super) fn words(&self, terminal: &Terminal) -> Option<Words> {
        let reads = terminal.has_piped_input() && !self.editor && self.fields.is_empty();
        reads.then(|| Words::new(Input::read(), Purpose::Lesson, None, Extras::default()))
    }
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<()> {
    let given = context.given_text()?.filter(|text| !is_blank(text));
    let opens_editor = args.editor || (given.is_none() && args.fields.is_empty());
    if opens_editor && !args.editor && !context.terminal.can_ask() {
        return Err(Error::usage(own_lessons::nothing_to_change()));
    }
    if opens_editor {
        input::require_editor(context)?;
    }
    let parse = |text: String| LessonForm::parse(&text).map_err(|error| refused(&text, error));
    let given = given.map(parse).transpose()?;
    let now = context.now()?;
    let mut store = context.open_store()?;
    store.install_shipped(now)?;
    let found = present(&args.lesson, &store, context)?;
    let mut form = form_of(&found, &store)?;
    if let Some(given) = given {
        form.lessons = given.lessons;
        form.lessons.truncate(1);
    }
    let (text, source) = &mut form.lessons[0];
    args.fields.put_into(text)?;
    let known = source.clone().unwrap_or_else(|| found.lesson.source.clone());
    *source = args.fields.source(Some(&known)).or(source.take());
    if text.title.is_empty() || text.story.is_empty() {
        return Err(Error::usage(own_lessons::needs_both()));
    }
    if !opens_editor {
        return save(&form, None, &mut store, context);
    }
    let draft = typed::begin(context, &store, &form)?;
    match typed::in_editor(context, draft)? {
        Ok(Typed { form, draft }) => save(&form, Some(draft), &mut store, context),
        // What the options say is in the form.
        Err(draft) if !args.fields.is_empty() => save(&form, Some(draft), &mut store, context),
        Err(draft) => {
            draft.discard()?;
            Ok(context.terminal.say(saving::NOTHING_CHANGED)?)
        }
    }
}

/// The lesson on the shelf that a name means. An entry of an earlier day names what took its place.
fn present(name: &LessonName, store: &Store, context: &mut Context) -> Result<ShelvedLesson> {
    let found = find(name, store, context)?;
    let present = store.present_edition(found.lesson.id)?;
    present.ok_or_else(|| Error::nothing(own_lessons::not_on_shelf(&found.lesson.text.title)))
}

/// A lesson as a form. Where it was learnt is a part of it if that is not the source of its series.
fn form_of(found: &ShelvedLesson, store: &Store) -> Result<LessonForm> {
    let lesson = &found.lesson;
    let of_series = store.series(&lesson.series)?.map(|series| series.source);
    let source = Some(lesson.source.clone()).filter(|source| Some(source) != of_series.as_ref());
    Ok(LessonForm {
        series: Some(lesson.series.clone()),
        edits: Some(lesson.id),
        lessons: vec![(lesson.text.clone(), source)],
    })
}
