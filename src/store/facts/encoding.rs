//! The encoding of an event in the journal: a kind, the version of the kind's form, and a JSON
//! body.
//!
//! This table is part of the file's form, which `docs/journal-format.md` describes. A row may be
//! added; a name or a field of a released row is never changed. If the body of a kind must change,
//! the kind gets another row with the next version. The old row stays, to read the old facts.

use serde_json::{Value, json};

use crate::journal::entry::fact::Subject;
use crate::journal::lesson::Labels;
use crate::journal::{Event, LessonId};
use crate::store::facts::body::{Body, lesson, read};
use crate::store::facts::reason::{reason_in, reason_json};
use crate::store::facts::source::{source_in, source_json};

pub(crate) const SERVED: &str = "served";
pub(crate) const FORGOT: &str = "forgot";

/// One version of one kind.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) version: u32,
    /// The body of an event of this kind; `None` for an event of another kind.
    encode: fn(&Event) -> Option<Value>,
    /// The event in a body; `None` if the body does not have this form.
    decode: fn(Body) -> Option<Event>,
}

pub(crate) const KINDS: [Kind; 20] = [
    Kind {
        name: SERVED,
        version: 1,
        encode: |event| {
            let Event::Served { day, lesson, reason } = event else { return None };
            Some(
                json!({ "day": text(day), "lesson": text(lesson), "reason": reason_json(*reason) }),
            )
        },
        decode: |body| {
            let reason = reason_in(body.reason.as_ref()?)?;
            Some(Event::Served { day: body.day()?, lesson: body.lesson()?, reason })
        },
    },
    Kind {
        name: "wrote",
        version: 1,
        encode: |event| {
            let Event::Wrote { day, text: words, on } = event else { return None };
            Some(json!({ "day": text(day), "text": words, "on": text(on) }))
        },
        decode: |body| {
            let (day, on) = (body.day()?, read(body.on.as_ref())?);
            Some(Event::Wrote { day, text: body.text?, on })
        },
    },
    Kind {
        name: "deleted",
        version: 1,
        encode: |event| match event {
            Event::Deleted { day } => Some(json!({ "day": text(day) })),
            _ => None,
        },
        decode: |body| Some(Event::Deleted { day: body.day()? }),
    },
    Kind {
        name: "added_afterthought",
        version: 1,
        encode: |event| {
            let Event::AddedAfterthought { day, text: words } = event else { return None };
            Some(json!({ "day": text(day), "text": words }))
        },
        decode: |body| Some(Event::AddedAfterthought { day: body.day()?, text: body.text? }),
    },
    Kind {
        name: "stepped",
        version: 1,
        encode: |event| {
            let Event::Stepped { day, text: words, when } = event else { return None };
            Some(with(json!({ "day": text(day), "text": words }), "when", when.as_ref()))
        },
        decode: |body| Some(Event::Stepped { day: body.day()?, text: body.text?, when: body.when }),
    },
    Kind {
        name: "answered",
        version: 1,
        encode: |event| {
            let Event::Answered { day, state, on, outcome } = event else { return None };
            let body = json!({ "day": text(day), "state": state.as_str(), "on": text(on) });
            Some(with(body, "text", outcome.as_ref()))
        },
        decode: |body| {
            let (day, state) = (body.day()?, read(body.state.as_ref())?);
            Some(Event::Answered { day, state, on: read(body.on.as_ref())?, outcome: body.text })
        },
    },
    Kind {
        name: "quieted",
        version: 1,
        encode: |event| match event {
            Event::Quieted { day, quiet } => Some(json!({ "day": text(day), "quiet": quiet })),
            _ => None,
        },
        decode: |body| Some(Event::Quieted { day: body.day()?, quiet: body.quiet? }),
    },
    Kind {
        name: FORGOT,
        version: 1,
        encode: |event| match event {
            Event::Forgot { day } => Some(json!({ "day": text(day) })),
            _ => None,
        },
        decode: |body| Some(Event::Forgot { day: body.day()? }),
    },
    Kind {
        name: "rested",
        version: 1,
        encode: |event| {
            let Event::Rested { first, last, rests } = event else { return None };
            Some(json!({ "first": text(first), "last": text(last), "rests": rests }))
        },
        decode: |body| {
            let (first, last) = (read(body.first.as_ref())?, read(body.last.as_ref())?);
            Some(Event::Rested { first, last, rests: body.rests? })
        },
    },
    Kind {
        name: "series_added",
        version: 1,
        encode: |event| {
            let Event::SeriesAdded { slug, title, source, introduction, lessons, shipped } = event
            else {
                return None;
            };
            let body = json!({ "slug": text(slug), "title": title, "source": source_json(source),
                               "lessons": texts(lessons), "shipped": shipped });
            Some(with(body, "introduction", introduction.as_ref()))
        },
        decode: |body| {
            Some(Event::SeriesAdded {
                slug: body.slug()?,
                lessons: body.lessons()?,
                title: body.title?,
                source: source_in(body.source.as_ref()?)?,
                introduction: body.introduction,
                shipped: body.shipped?,
            })
        },
    },
    Kind {
        name: "lessons_added",
        version: 1,
        encode: |event| {
            let Event::LessonsAdded { slug, lessons } = event else { return None };
            Some(json!({ "slug": text(slug), "lessons": texts(lessons) }))
        },
        decode: |body| Some(Event::LessonsAdded { slug: body.slug()?, lessons: body.lessons()? }),
    },
    Kind {
        name: "lesson_edited",
        version: 1,
        encode: |event| {
            let Event::LessonEdited { slug, lesson, before, labels } = event else { return None };
            let mut body =
                json!({ "slug": text(slug), "lesson": text(lesson), "before": text(before) });
            if let Some(Labels { tags, source }) = labels {
                body["tags"] = json!(tags);
                body["source"] = source_json(source);
            }
            Some(body)
        },
        decode: |body| {
            let (slug, before) = (body.slug()?, lesson(body.before.as_ref()?)?);
            let labels = body.labels();
            Some(Event::LessonEdited { slug, lesson: body.lesson()?, before, labels })
        },
    },
    Kind {
        name: "paused",
        version: 1,
        encode: |event| match event {
            Event::Paused { slug } => Some(json!({ "slug": text(slug) })),
            _ => None,
        },
        decode: |body| Some(Event::Paused { slug: body.slug()? }),
    },
    Kind {
        name: "resumed",
        version: 1,
        encode: |event| match event {
            Event::Resumed { slug } => Some(json!({ "slug": text(slug) })),
            _ => None,
        },
        decode: |body| Some(Event::Resumed { slug: body.slug()? }),
    },
    Kind {
        name: "put_next",
        version: 1,
        encode: |event| match event {
            Event::PutNext { slug } => Some(json!({ "slug": text(slug) })),
            _ => None,
        },
        decode: |body| Some(Event::PutNext { slug: body.slug()? }),
    },
    Kind {
        name: "loved",
        version: 1,
        encode: |event| {
            let Event::Loved { lesson, loved } = event else { return None };
            Some(json!({ "lesson": text(lesson), "loved": loved }))
        },
        decode: |body| Some(Event::Loved { lesson: body.lesson()?, loved: body.loved? }),
    },
    Kind {
        name: "asked_back",
        version: 1,
        encode: |event| {
            let Event::AskedBack { lesson, due } = event else { return None };
            Some(json!({ "lesson": text(lesson), "due": text(due) }))
        },
        decode: |body| {
            Some(Event::AskedBack { lesson: body.lesson()?, due: read(body.due.as_ref())? })
        },
    },
    Kind {
        name: "retired",
        version: 1,
        encode: |event| match event {
            Event::Retired { lesson } => Some(json!({ "lesson": text(lesson) })),
            _ => None,
        },
        decode: |body| Some(Event::Retired { lesson: body.lesson()? }),
    },
    Kind {
        name: "took_back",
        version: 1,
        encode: |event| match event {
            Event::Undid { change } => Some(json!({ "change": text(change) })),
            _ => None,
        },
        decode: |body| Some(Event::Undid { change: body.change()? }),
    },
    Kind {
        name: "put_back",
        version: 1,
        encode: |event| match event {
            Event::Redid { change } => Some(json!({ "change": text(change) })),
            _ => None,
        },
        decode: |body| Some(Event::Redid { change: body.change()? }),
    },
];

/// The kind, the version and the body of an event that this release records.
pub(crate) fn encode(event: &Event) -> (&'static str, u32, String) {
    let encoded = KINDS.iter().find_map(|kind| Some((kind, (kind.encode)(event)?)));
    let (kind, body) = encoded.expect("every recorded event has a kind");
    (kind.name, kind.version, body.to_string())
}

/// The event in a body: [`Event::Unknown`] if this release does not know the kind or the version;
/// `None` if the body does not have the form of its kind.
pub fn decode(name: &str, version: u32, subject: &str, body: &str) -> Option<Event> {
    let Some(kind) = KINDS.iter().find(|kind| kind.name == name && kind.version == version) else {
        return Some(Event::Unknown { kind: name.to_owned(), subject: Subject::from(subject) });
    };
    (kind.decode)(serde_json::from_str(body).ok()?)
}

/// The body with a field that it has only if there is a value.
fn with(mut body: Value, name: &str, value: Option<&String>) -> Value {
    if let Some(value) = value {
        body[name] = json!(value);
    }
    body
}

/// Ids as a list of texts.
fn texts(lessons: &[LessonId]) -> Vec<String> {
    lessons.iter().map(text).collect()
}

fn text<T: ToString + ?Sized>(value: &T) -> String {
    value.to_string()
}

#[cfg(test)]
mod tests {
    //! Existing journals stay readable, and the same facts are written in the same way.

    use std::collections::BTreeSet;

    use super::*;

    const FIXTURE: &str = include_str!("../../../tests/fixtures/facts.jsonl");

    #[test]
    fn every_kind_and_version_is_read_and_written_as_in_the_fixture() {
        let mut seen = BTreeSet::new();
        for line in FIXTURE.lines() {
            let line: Value = serde_json::from_str(line).expect("JSON");
            let field = |name: &str| line["fact"][name].as_str().expect("text").to_owned();
            let (kind, subject, body) = (field("kind"), field("subject"), field("body"));
            let version = line["fact"]["version"].as_u64().expect("a number");
            let version = u32::try_from(version).expect("small");
            let event = decode(&kind, version, &subject, &body).expect("of its kind");
            assert!(
                !matches!(event, Event::Unknown { .. }),
                "{kind} {version} is not known any more"
            );
            assert_eq!(event.subject().to_string(), subject);
            // An older version is only read.
            if version == newest(&kind) {
                assert_eq!(encode(&event), (kind.as_str(), version, body));
            }
            seen.insert((kind, version));
        }
        let known: BTreeSet<(String, u32)> =
            KINDS.iter().map(|kind| (kind.name.to_owned(), kind.version)).collect();
        assert_eq!(seen, known, "a line of each kind and version, and no other");
    }

    fn newest(name: &str) -> u32 {
        let versions = KINDS.iter().filter(|kind| kind.name == name).map(|kind| kind.version);
        versions.max().expect("a known kind")
    }

    #[test]
    fn fields_that_a_later_release_added_are_ignored() {
        let body = r#"{"day":"2026-11-22","text":"words","mood":"so-so"}"#;
        let event = decode("stepped", 1, "2026-11-22", body).expect("read");
        assert!(matches!(event, Event::Stepped { text, .. } if text == "words"));
        assert_eq!(decode("stepped", 1, "2026-11-22", "{}"), None);
        assert_eq!(decode("stepped", 1, "2026-11-22", "no JSON"), None);
    }

    #[test]
    fn an_unknown_kind_or_version_is_not_damage() {
        for (kind, version) in [("mooded", 1), ("wrote", 2)] {
            let event = decode(kind, version, "2026-11-22", "anything").expect("kept");
            assert!(matches!(event, Event::Unknown { .. }), "{event:?}");
        }
    }
}
