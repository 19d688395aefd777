//! Very many lessons on the shelf, as an import of highlights brings them.

use dwell::journal::lesson::LessonText;
use dwell::journal::{Slug, Source};
use dwell::store::{BatchLesson, BatchSeries, Store};

use super::life::{date, now};
use super::prose::{Prose, RARE};

/// Adds lessons in series of the same length, as one import.
pub fn fill(store: &mut Store, lessons: u32, series: u32) {
    let mut prose = Prose(7);
    let length = lessons / series;
    let mut batch = store.begin_batch(now(date(0)), &mut |_| {}).expect("begun");
    let of_series = (0..series).map(|one| {
        let slug: Slug = format!("book-{one}").parse().expect("a slug");
        let source = Source {
            title: format!("Book {one}"),
            kind: "book".to_owned(),
            by: Some("Somebody".to_owned()),
            ..Source::default()
        };
        let ids = (1..=length).map(|number| {
            let text = highlight(&mut prose, one * length + number);
            let lesson = BatchLesson {
                series: &slug,
                number,
                series_length: length,
                text: &text,
                source: &source,
            };
            batch.add_lesson(lesson).expect("added")
        });
        let lessons = ids.collect();
        BatchSeries { slug, title: source.title.clone(), source, introduction: None, lessons }
    });
    let of_series = of_series.collect();
    batch.finish(of_series).expect("finished");
}

/// A short text; one of ten thousand has the rare word.
pub fn highlight(prose: &mut Prose, number: u32) -> LessonText {
    let rare = if number % 10_000 == 77 { RARE } else { "" };
    LessonText {
        title: prose.words(4),
        story: format!("{} {rare}", prose.words(15)).trim_end().to_owned(),
        takeaway: String::new(),
        question: "What does this say to you today?".to_owned(),
        tags: Vec::new(),
    }
}
