//! `dwell lesson add`

use clap_complete::ArgValueCandidates;

use crate::command::error::{Error, Result};
use crate::command::lesson::fields::Fields;
use crate::command::lesson::save::{refused, save};
use crate::command::lesson::typed::{self, Typed};
use crate::command::words::{Input, Words};
use crate::command::{Context, completions, input, series};
use crate::drafts::{Draft, Extras, Purpose};
use crate::journal::lesson::LessonText;
use crate::journal::lesson::name::SeriesName;
use crate::journal::{Series, Slug};
use crate::library::LessonForm;
use crate::messages::{own_lessons, saving};
use crate::store::Store;
use crate::terminal::Terminal;
use crate::text::is_blank;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    fields: Fields,
    /// The series that it goes into
    #[arg(long, value_name = "NAME", add = ArgValueCandidates::new(completions::series))]
    series: Option<SeriesName>,
    /// Write all of it in your editor
    #[arg(long, short)]
    editor: bool,
    /// Go on with a lesson that was kept as a draft
    #[arg(long)]
    resume: bool,
}

impl Args {
    /// The words that come with the command, as a form.
    pub(super) fn words(&self, terminal: &Terminal) -> Option<Words> {
        if self.resume {
            return None;
        }
        let reads = terminal.has_piped_input() && !self.editor;
        let words = |input| Words::new(input, Purpose::Lesson, None, Extras::default());
        if self.fields.is_empty() {
            return reads.then(|| words(Input::read()));
        }
        let mut form = blank(self.series.as_ref().and_then(SeriesName::slug));
        // A tag that is none is refused when all words are safe.
        let _ = self.fields.put_into(&mut form.lessons[0].0);
        form.lessons[0].1 = self.fields.source(None);
        if self.fields.story.is_none() && reads {
            let story = Input::read();
            match (&story.fault, std::str::from_utf8(&story.bytes)) {
                (None, Ok(text)) => text.trim().clone_into(&mut form.lessons[0].0.story),
                _ => return Some(words(story)),
            }
        }
        Some(words(Input::text(form.written(&own_lessons::FORM))))
    }
}

/// A form for one new lesson.
fn blank(series: Option<Slug>) -> LessonForm {
    let text = LessonText {
        title: String::new(),
        story: String::new(),
        takeaway: String::new(),
        question: String::new(),
        tags: Vec::new(),
    };
    LessonForm { series, edits: None, lessons: vec![(text, None)] }
}

pub(super) fn run(args: &Args, context: &mut Context) -> Result<()> {
    if args.resume {
        return resume(args, context);
    }
    let given = context.given_text()?;
    if args.editor {
        input::require_editor(context)?;
    }
    let asks = context.terminal.can_ask() && !context.shows_json();
    let mut form = form(args, given.as_deref(), asks || args.editor)?;
    let now = context.now()?;
    let mut store = context.open_store()?;
    store.install_shipped(now)?;
    if let Some(name) = &args.series {
        form.series = Some(series_named(name, &store)?);
    }
    let typed = if args.editor {
        let draft = typed::begin(context, &store, &form)?;
        match typed::in_editor(context, draft)? {
            Ok(typed) => Some(typed),
            Err(draft) => unchanged(form, draft)?,
        }
    } else if asks && !is_whole(&form) {
        let draft = typed::begin(context, &store, &form)?;
        typed::ask(context, form, draft)?
    } else {
        return save(&form, None, &mut store, context);
    };
    match typed {
        Some(Typed { form, draft }) => save(&form, Some(draft), &mut store, context),
        None => Ok(context.terminal.say(saving::NOTHING_WRITTEN)?),
    }
}

/// What the command line and standard input say. Errors if that is no lesson and nobody can be
/// asked for the rest.
fn form(args: &Args, given: Option<&str>, may_lack: bool) -> Result<LessonForm> {
    let given = given.filter(|text| !is_blank(text));
    if args.fields.is_empty() {
        return match given {
            Some(text) => LessonForm::parse(text).map_err(|error| refused(text, error)),
            None if may_lack => Ok(blank(None)),
            None => Err(Error::usage(own_lessons::cannot_ask())),
        };
    }
    let mut form = blank(None);
    let (text, source) = &mut form.lessons[0];
    args.fields.put_into(text)?;
    *source = args.fields.source(None);
    if args.fields.story.is_none()
        && let Some(Ok(with_story)) = given.map(LessonForm::parse)
    {
        // It came on standard input.
        text.story.clone_from(&with_story.lessons[0].0.story);
    }
    if source.as_ref().is_some_and(|source| source.title.is_empty()) {
        return Err(Error::usage(own_lessons::source_without_title()));
    }
    if !may_lack && text.title.is_empty() {
        return Err(Error::usage(own_lessons::no_title()));
    }
    if !may_lack && text.story.is_empty() {
        return Err(Error::usage(own_lessons::no_story()));
    }
    Ok(form)
}

/// The series of this name; that of the person's own lessons also if it is not there yet.
fn series_named(name: &SeriesName, store: &Store) -> Result<Slug> {
    let own = Series::own();
    match series::find(name, store) {
        Ok(found) => Ok(found.slug),
        Err(_) if [own.slug.as_str(), &own.title].contains(&name.0.as_str()) => Ok(own.slug),
        Err(error) => Err(error),
    }
}

/// Whether a form has all that a lesson must have.
fn is_whole(form: &LessonForm) -> bool {
    form.lessons.iter().all(|(text, _)| !text.title.is_empty() && !text.story.is_empty())
}

/// A form that was left in the editor as it was: it is saved if it has all that it must have. What
/// nobody has written in is removed.
fn unchanged(form: LessonForm, draft: Draft) -> Result<Option<Typed>> {
    if is_whole(&form) {
        return Ok(Some(Typed { form, draft }));
    }
    let (text, _) = &form.lessons[0];
    if text.title.is_empty() && text.story.is_empty() {
        draft.discard()?;
    }
    Ok(None)
}

/// Goes on with the newest lesson that was kept as a draft: in the editor if somebody is there, and
/// else it is saved as it is.
fn resume(args: &Args, context: &mut Context) -> Result<()> {
    let now = context.now()?;
    let mut store = context.open_store()?;
    store.install_shipped(now)?;
    let found = context.drafts(Some(&store)).newest_lesson(now.at)?;
    let Some((draft, text)) = found.newest else {
        let error = found.unreadable.first().map(saving::no_readable_draft);
        return Err(error.map_or_else(|| Error::nothing(own_lessons::no_draft()), Error::usage));
    };
    if !args.editor && !context.terminal.can_ask() {
        let mut form = LessonForm::parse(&text)
            .map_err(|error| Error::from(error).hint(own_lessons::FORM_KEPT))?;
        if let (Some(name), None) = (&args.series, form.edits) {
            form.series = Some(series_named(name, &store)?);
        }
        return save(&form, Some(draft), &mut store, context);
    }
    input::require_editor(context)?;
    match typed::in_editor(context, draft)? {
        Ok(Typed { form, draft }) => save(&form, Some(draft), &mut store, context),
        Err(draft) => match LessonForm::parse(&text) {
            Ok(form) => save(&form, Some(draft), &mut store, context),
            Err(error) => Err(Error::from(error).hint(own_lessons::FORM_KEPT)),
        },
    }
}
