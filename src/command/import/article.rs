//! `dwell import article`: an article of numbered lessons becomes a series.
//!
//! What a program makes of an article may be wrong, so a person sees it and can change it before
//! it is stored.

use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

use crate::command::Context;
use crate::command::error::{Error, Result};
use crate::command::import::journals::Way;
use crate::command::import::{SourceArgs, report, source};
use crate::command::{input, series};
use crate::drafts::{Label, Purpose};
use crate::format::article::{self, Article, ArticleLesson};
use crate::format::limits::{Bounded, Limits};
use crate::format::{Counts, Fault, RecordKind};
use crate::journal::lesson::edition::{EditionRule, edition};
use crate::journal::lesson::highlight::book;
use crate::journal::lesson::{LessonText, QUESTION, ShelvedSeries};
use crate::journal::{Series, Source};
use crate::library;
use crate::messages::import;
use crate::store::Store;
use crate::terminal::KeyChoice;
use crate::view::View;

/// What the person says of an article.
#[derive(Debug, clap::Args)]
pub struct ArticleArgs {
    /// Change the series in your editor before it is stored
    #[arg(long, short)]
    edit: bool,
    #[command(flatten)]
    source: SourceArgs,
}

#[derive(Clone, Copy)]
enum Answer {
    Take,
    Edit,
    Leave,
}

pub fn run(
    files: &[impl AsRef<Path>],
    args: &ArticleArgs,
    way: Way,
    context: &mut Context,
) -> Result<()> {
    files.iter().try_for_each(|path| import(path.as_ref(), args, way, context))
}

fn import(path: &Path, args: &ArticleArgs, way: Way, context: &mut Context) -> Result<()> {
    let text = read(path, way.limits)?;
    let article = article::read(&text).map_err(|error| report::refused(path, &error))?;
    let closing = article.closing.clone();
    let in_file = article.lessons.len() as u64;
    if way.dry_run {
        let store = context.store_if_any()?;
        let shelf = store.as_ref().map(Store::all_series).transpose()?.unwrap_or_default();
        let series = changed(series_of(article, path, &args.source, &shelf), args, context)?;
        if !context.shows_json() {
            context.show(View::Article { series: &series, closing: closing.as_deref() })?;
        }
        let counts = counts(&series, in_file, store.as_ref())?;
        return report::counts(path, (RecordKind::Lesson, counts), true, context);
    }
    let now = context.now()?;
    let mut store = context.open_store()?;
    store.install_shipped(now)?;
    let series = series_of(article, path, &args.source, &store.all_series()?);
    let series = changed(series, args, context)?;
    let Some(series) = agreed(series, closing.as_deref(), context)? else {
        return Ok(context.terminal.say(import::LEFT)?);
    };
    if let (Some(closing), false) = (&closing, context.terminal.can_ask()) {
        context.terminal.say(&import::end_left_out(path, closing))?;
    }
    let counts = counts(&series, in_file, Some(&store))?;
    let added = store.add_edition(now, &series, EditionRule::Union)?;
    series::tell_added(&series.slug, &added, &store, context)?;
    report::counts(path, (RecordKind::Lesson, counts), false, context)
}

/// The series as the person changes it, if they asked for that.
fn changed(series: Series, args: &ArticleArgs, context: &mut Context) -> Result<Series> {
    if args.edit { edit(&series, context) } else { Ok(series) }
}

/// Shows the series to a person, who may change it. `None` if they do not want it.
fn agreed(
    mut series: Series,
    closing: Option<&str>,
    context: &mut Context,
) -> Result<Option<Series>> {
    while context.terminal.can_ask() {
        context.show(View::Article { series: &series, closing })?;
        match ask(context)? {
            Answer::Take => break,
            Answer::Edit => series = edit(&series, context)?,
            Answer::Leave => return Ok(None),
        }
    }
    Ok(Some(series))
}

/// What becomes of the lessons of the file.
fn counts(series: &Series, in_file: u64, store: Option<&Store>) -> Result<Counts> {
    let shelf = store.map(|store| store.series_lessons(&series.slug)).transpose()?;
    let report = edition(&shelf.unwrap_or_default(), series, EditionRule::Union).report;
    let twice = in_file.saturating_sub(series.lessons.len() as u64);
    Ok(Counts {
        imported: report.added.len() as u64,
        merged: report.updated.len() as u64 + twice,
        known: (report.same + report.kept.len() + report.own.len()) as u64,
        ..Counts::default()
    })
}

/// The text of a file. Errors if it is not text, or is too large.
fn read(path: &Path, limits: Limits) -> Result<String> {
    let mut text = String::new();
    let mut file = Bounded::new(source::open(path)?, limits);
    match file.read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(report::refused(path, &Fault::from(error).into())),
    }
}

/// The series that an article becomes. What the person said of its source comes before what the
/// article says.
fn series_of(article: Article, path: &Path, said: &SourceArgs, shelf: &[ShelvedSeries]) -> Series {
    let stem = || path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let found = article.title.unwrap_or_else(stem);
    let title = said.title.clone().unwrap_or_else(|| found.clone());
    let source = Source {
        title: said.source.clone().unwrap_or(found),
        kind: said.kind.clone().unwrap_or_else(|| "article".to_owned()),
        by: said.by.clone(),
        year: said.year,
        url: said.url.clone(),
    };
    let named = Source { title: title.clone(), ..source.clone() };
    // The same article may be on the shelf from an earlier import.
    let slug = book::slug(&named, |slug| {
        shelf.iter().any(|other| other.slug == *slug && !book::is_of(&other.source, &source))
    });
    let mut lessons: Vec<LessonText> = article.lessons.into_iter().map(lesson).collect();
    // A lesson that stands there twice is one lesson.
    let mut seen = HashSet::new();
    lessons.retain(|lesson| seen.insert((lesson.title.clone(), lesson.story.clone())));
    let introduction = article.introduction;
    Series { introduction, ..Series::new(slug, title, source, lessons) }
}

fn lesson(lesson: ArticleLesson) -> LessonText {
    LessonText {
        title: lesson.title,
        story: lesson.story,
        takeaway: lesson.takeaway.unwrap_or_default(),
        question: lesson.question.unwrap_or_else(|| QUESTION.to_owned()),
        tags: Vec::new(),
    }
}

/// Asks what is to be done with the series that was shown.
fn ask(context: &mut Context) -> Result<Answer> {
    let choices = [
        KeyChoice::new('y', import::TAKE_IN, Answer::Take),
        KeyChoice::new('e', import::EDIT_FIRST, Answer::Edit),
        KeyChoice::leave('n', import::LEAVE, Answer::Leave),
    ];
    Ok(context.terminal.ask_by_letter(import::ASK_TO_TAKE_IN, &choices)?)
}

/// Opens the series in the person's editor, as a series file. What they leave stays a draft if it
/// is none.
fn edit(series: &Series, context: &mut Context) -> Result<Series> {
    input::require_editor(context)?;
    let now = context.now()?;
    let before = library::written(series);
    let mut draft = context.drafts(None).begin(&Label::new(None, Purpose::Lesson), now.at)?;
    let edited =
        input::edit(context, &mut draft, &before).map_err(|error| match error.message.hint {
            // The editor left nothing, and the draft is as it was.
            None => error.hint(import::series_as_it_was(draft.path())),
            Some(_) => error,
        })?;
    let series = match edited {
        Some(text) => library::parse(&text).map_err(|error| {
            Error::from(error.in_file(draft.path())).hint(import::series_kept(draft.path()))
        })?,
        None => series.clone(),
    };
    draft.discard()?;
    Ok(series)
}
