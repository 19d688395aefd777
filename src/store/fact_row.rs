//! Facts as rows: their wire form, their hash, reading and adding them.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, Row, named_params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Fault, Outcome, rows};
use crate::journal::fact::Subject;
use crate::journal::plan::Reason;
use crate::journal::{Day, Event, Fact, FactId, LessonId, Moment, Slug, Source};

/// The facts on a subject, in order, each with whether it was taken back.
pub(super) fn on_subject(connection: &Connection, subject: &Subject) -> Outcome<Vec<(Fact, bool)>> {
    let mut statement = connection.prepare_cached(include_str!("sql/facts_on_subject.sql"))?;
    let mut rows = statement.query(named_params! { ":subject": subject.to_string() })?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        facts.push((fact(row)?, row.get("taken_back")?));
    }
    Ok(facts)
}

/// The facts on a subject that were not taken back, in order.
pub(super) fn standing(connection: &Connection, subject: &Subject) -> Outcome<Vec<Fact>> {
    let facts = on_subject(connection, subject)?;
    Ok(facts.into_iter().filter(|(_, taken_back)| !taken_back).map(|(fact, _)| fact).collect())
}

/// The facts of one change, in order.
pub(super) fn of_change(connection: &Connection, change: FactId, from: u64) -> Outcome<Vec<Fact>> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM fact WHERE number >= :from AND change = :change ORDER BY number",
    )?;
    let mut rows =
        statement.query(named_params! { ":from": from, ":change": change.0.as_bytes() })?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        facts.push(fact(row)?);
    }
    Ok(facts)
}

/// Adds a fact.
pub(super) fn add(connection: &Connection, fact: &Fact, device: &[u8]) -> Outcome<()> {
    let body = body(&fact.event)?;
    let parents = parents(fact);
    let mut statement = connection.prepare_cached(include_str!("sql/add_fact.sql"))?;
    statement.execute(named_params! {
        ":id": fact.id.0.as_bytes(),
        ":number": fact.number,
        ":change": fact.change.0.as_bytes(),
        ":device": device,
        ":at": fact.at.timestamp_millis(),
        ":offset": fact.at.offset().local_minus_utc(),
        ":kind": fact.event.word(),
        ":subject": fact.event.subject().to_string(),
        ":parents": parents,
        ":body": body,
        ":hash": hash(fact, &parents, &body),
    })?;
    Ok(())
}

/// Reads a fact and checks it against its hash.
pub(super) fn fact(row: &Row<'_>) -> Outcome<Fact> {
    let id = FactId(rows::uuid(row, "id")?);
    let damaged = |what: &dyn std::fmt::Display| Fault::damaged(format!("fact {id}: {what}"));
    let parents: Vec<u8> = row.get("parents")?;
    let body: String = row.get("body")?;
    let wire: Wire = serde_json::from_str(&body).map_err(|error| damaged(&error))?;
    let fact = Fact {
        id,
        number: row.get("number")?,
        change: FactId(rows::uuid(row, "change")?),
        parents: (parents.chunks_exact(16))
            .filter_map(|bytes| Uuid::from_slice(bytes).ok().map(FactId))
            .collect(),
        at: moment(row.get("at")?, row.get("offset")?).ok_or_else(|| damaged(&"its time"))?,
        event: wire.event().ok_or_else(|| damaged(&body))?,
    };
    let kept: Vec<u8> = row.get("hash")?;
    if kept != hash(&fact, &parents, &body) {
        return Err(damaged(&"it is not what was written"));
    }
    Ok(fact)
}

/// An instant from its two columns.
pub(super) fn moment(at: i64, offset: i32) -> Option<Moment> {
    let utc = DateTime::from_timestamp_millis(at)?;
    Some(utc.with_timezone(&FixedOffset::east_opt(offset)?))
}

fn parents(fact: &Fact) -> Vec<u8> {
    fact.parents.iter().flat_map(|parent| *parent.0.as_bytes()).collect()
}

fn body(event: &Event) -> Outcome<String> {
    serde_json::to_string(&Wire::of(event)).map_err(Fault::damaged)
}

fn hash(fact: &Fact, parents: &[u8], body: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(fact.id.0.as_bytes());
    hash.update(fact.change.0.as_bytes());
    hash.update(fact.number.to_be_bytes());
    hash.update(fact.at.timestamp_millis().to_be_bytes());
    hash.update(fact.at.offset().local_minus_utc().to_be_bytes());
    hash.update((parents.len() as u64).to_be_bytes());
    hash.update(parents);
    hash.update(body.as_bytes());
    hash.finalize().to_vec()
}

/// An event as JSON. The names are part of the journal's form.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Wire {
    Served {
        day: String,
        lesson: String,
        reason: WireReason,
    },
    Wrote {
        day: String,
        text: String,
        on: String,
    },
    Deleted {
        day: String,
    },
    Stepped {
        day: String,
        text: String,
    },
    Answered {
        day: String,
        state: String,
        on: String,
    },
    Asked {
        day: String,
        on: String,
    },
    SeriesAdded {
        slug: String,
        title: String,
        source: WireSource,
        lessons: Vec<String>,
        shipped: bool,
    },
    Paused {
        slug: String,
    },
    Resumed {
        slug: String,
    },
    PutNext {
        slug: String,
    },
    Loved {
        lesson: String,
        loved: bool,
    },
    AskedBack {
        lesson: String,
        due: String,
    },
    Retired {
        lesson: String,
    },
    TookBack {
        change: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireReason {
    AskedBack { due: String },
    InProgress,
    NextSeries,
    Mixed,
    Round { last: String },
    LovedRound { last: String },
}

/// A source as JSON, in facts and beside lessons.
#[derive(Serialize, Deserialize)]
pub(super) struct WireSource {
    title: String,
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl From<&Source> for WireSource {
    fn from(source: &Source) -> Self {
        let Source { title, kind, by, year, url } = source.clone();
        Self { title, kind, by, year, url }
    }
}

impl From<WireSource> for Source {
    fn from(wire: WireSource) -> Self {
        let WireSource { title, kind, by, year, url } = wire;
        Self { title, kind, by, year, url }
    }
}

impl Wire {
    fn of(event: &Event) -> Self {
        match event {
            Event::Served { day, lesson, reason } => Self::Served {
                day: day.to_string(),
                lesson: lesson.to_string(),
                reason: WireReason::of(*reason),
            },
            Event::Wrote { day, text, on } => {
                Self::Wrote { day: day.to_string(), text: text.clone(), on: on.to_string() }
            }
            Event::Deleted { day } => Self::Deleted { day: day.to_string() },
            Event::Stepped { day, text } => {
                Self::Stepped { day: day.to_string(), text: text.clone() }
            }
            Event::Answered { day, state, on } => Self::Answered {
                day: day.to_string(),
                state: state.to_string(),
                on: on.to_string(),
            },
            Event::Asked { day, on } => Self::Asked { day: day.to_string(), on: on.to_string() },
            Event::SeriesAdded { slug, title, source, lessons, shipped } => Self::SeriesAdded {
                slug: slug.to_string(),
                title: title.clone(),
                source: source.into(),
                lessons: lessons.iter().map(ToString::to_string).collect(),
                shipped: *shipped,
            },
            Event::Paused { slug } => Self::Paused { slug: slug.to_string() },
            Event::Resumed { slug } => Self::Resumed { slug: slug.to_string() },
            Event::PutNext { slug } => Self::PutNext { slug: slug.to_string() },
            Event::Loved { lesson, loved } => {
                Self::Loved { lesson: lesson.to_string(), loved: *loved }
            }
            Event::AskedBack { lesson, due } => {
                Self::AskedBack { lesson: lesson.to_string(), due: due.to_string() }
            }
            Event::Retired { lesson } => Self::Retired { lesson: lesson.to_string() },
            Event::TookBack { change } => Self::TookBack { change: change.to_string() },
        }
    }

    /// The event, or `None` if a part of it is not what dwell writes.
    fn event(self) -> Option<Event> {
        Some(match self {
            Self::Served { day, lesson, reason } => Event::Served {
                day: a_day(&day)?,
                lesson: a_lesson(&lesson)?,
                reason: reason.reason()?,
            },
            Self::Wrote { day, text, on } => {
                Event::Wrote { day: a_day(&day)?, text, on: a_day(&on)? }
            }
            Self::Deleted { day } => Event::Deleted { day: a_day(&day)? },
            Self::Stepped { day, text } => Event::Stepped { day: a_day(&day)?, text },
            Self::Answered { day, state, on } => {
                Event::Answered { day: a_day(&day)?, state: state.parse().ok()?, on: a_day(&on)? }
            }
            Self::Asked { day, on } => Event::Asked { day: a_day(&day)?, on: a_day(&on)? },
            Self::SeriesAdded { slug, title, source, lessons, shipped } => Event::SeriesAdded {
                slug: a_slug(&slug)?,
                title,
                source: source.into(),
                lessons: lessons.iter().map(|id| a_lesson(id)).collect::<Option<_>>()?,
                shipped,
            },
            Self::Paused { slug } => Event::Paused { slug: a_slug(&slug)? },
            Self::Resumed { slug } => Event::Resumed { slug: a_slug(&slug)? },
            Self::PutNext { slug } => Event::PutNext { slug: a_slug(&slug)? },
            Self::Loved { lesson, loved } => Event::Loved { lesson: a_lesson(&lesson)?, loved },
            Self::AskedBack { lesson, due } => {
                Event::AskedBack { lesson: a_lesson(&lesson)?, due: a_day(&due)? }
            }
            Self::Retired { lesson } => Event::Retired { lesson: a_lesson(&lesson)? },
            Self::TookBack { change } => {
                Event::TookBack { change: FactId(Uuid::parse_str(&change).ok()?) }
            }
        })
    }
}

impl WireReason {
    fn of(reason: Reason) -> Self {
        match reason {
            Reason::AskedBack { due } => Self::AskedBack { due: due.to_string() },
            Reason::InProgress => Self::InProgress,
            Reason::NextSeries => Self::NextSeries,
            Reason::Mixed => Self::Mixed,
            Reason::Round { last } => Self::Round { last: last.to_string() },
            Reason::LovedRound { last } => Self::LovedRound { last: last.to_string() },
        }
    }

    fn reason(self) -> Option<Reason> {
        Some(match self {
            Self::AskedBack { due } => Reason::AskedBack { due: a_day(&due)? },
            Self::InProgress => Reason::InProgress,
            Self::NextSeries => Reason::NextSeries,
            Self::Mixed => Reason::Mixed,
            Self::Round { last } => Reason::Round { last: a_day(&last)? },
            Self::LovedRound { last } => Reason::LovedRound { last: a_day(&last)? },
        })
    }
}

fn a_day(text: &str) -> Option<Day> {
    text.parse().ok()
}

fn a_slug(text: &str) -> Option<Slug> {
    text.parse().ok()
}

fn a_lesson(text: &str) -> Option<LessonId> {
    Uuid::parse_str(text).ok().map(LessonId)
}
