//! `dwell series export`

use std::io::Write;
use std::path::Path;

use crate::command::Context;
use crate::command::error::Result;
use crate::command::export::output::{Output, failed};
use crate::journal::Series;
use crate::journal::lesson::ShelvedSeries;
use crate::library;
use crate::messages::lessons;
use crate::store::Store;

/// Writes a series file to standard output, or to a new file.
pub(super) fn run(
    shelved: &ShelvedSeries,
    output: Option<&Path>,
    store: &Store,
    context: &mut Context,
) -> Result<()> {
    let file = library::written(&series_on_shelf(shelved, store)?);
    Output::write(output, &mut context.terminal, |out| {
        out.write_all(file.as_bytes()).map_err(|error| failed(output, error))
    })?;
    match output {
        Some(path) => Ok(context.terminal.say(&lessons::series_exported(shelved, path))?),
        None => Ok(()),
    }
}

/// A series as it is on the shelf.
fn series_on_shelf(shelved: &ShelvedSeries, store: &Store) -> Result<Series> {
    let ShelvedSeries { slug, title, source, introduction, .. } = shelved.clone();
    let mut series = Series::new(slug, title, source, Vec::new());
    series.introduction = introduction;
    for lesson in store.series_lessons(&series.slug)? {
        if lesson.source != series.source {
            series.learnt_elsewhere.insert(lesson.id, lesson.source);
        }
        series.lessons.push(lesson.text);
    }
    Ok(series)
}
