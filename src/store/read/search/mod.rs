//! Searching: which entries and lessons match, the best first.
//!
//! First the places and scores of the hits are read, then the hits themselves, in batches, while
//! they are shown. So no lock is held while a person reads. At most [`RANKED`] of the newest hits
//! are ranked, so that a search for a word in a million lessons is as fast as for a word in a few.

mod fts_query;
mod hits;

use std::cmp::Ordering;

use crate::journal::Day;
use crate::journal::search::query::Query;
use crate::journal::search::{Form, Hit, HitPlace, Matcher, Search, Within, has_signs};
use crate::store::read::BATCH;
use crate::store::read::search::fts_query::{FtsQuery, HitSource, Select};
use crate::store::tables::columns::Columns;
use crate::store::{Result, Store, StoreError};

/// At most this many of the newest hits are ranked, of entries and of lessons each.
const RANKED: u32 = 5000;

/// The result of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SearchReport {
    /// The number of hits that were shown.
    pub shown: usize,
    /// The number of newest hits that were ranked; `None` if all were.
    pub ranked_only: Option<u32>,
}

/// The place of a hit in the index.
#[derive(Debug)]
struct Place {
    /// The row in the index: positive for an entry, negative for a lesson.
    id: i64,
    /// Less is better.
    score: f64,
    /// The day of the entry; for a lesson, the day on which it was last served.
    day: Option<Day>,
}

impl Store {
    /// Calls `show` with each hit of a search, in order. Stops at the first error of `show` and
    /// returns it.
    pub fn each_hit<E: From<StoreError>>(
        &self,
        search: &Search,
        query: &Query,
        within: Within,
        show: impl FnMut(&Hit) -> std::result::Result<(), E>,
    ) -> std::result::Result<SearchReport, E> {
        self.each_hit_ranking(RANKED, (search, query, within), show)
    }

    /// The same with at most `ranked` ranked hits, of entries and of lessons each.
    pub(crate) fn each_hit_ranking<E: From<StoreError>>(
        &self,
        ranked: u32,
        (search, query, within): (&Search, &Query, Within),
        mut show: impl FnMut(&Hit) -> std::result::Result<(), E>,
    ) -> std::result::Result<SearchReport, E> {
        let fts = FtsQuery::of(search, query);
        let reflections = within != Within::Lessons;
        // A search that only excludes means the person's own entries, not nearly all lessons.
        let lessons =
            within == Within::Lessons || (within == Within::All && !search.only_excludes());
        // Lessons that were not met yet are found only if they are asked for.
        let of_lessons = match within {
            Within::Lessons => HitSource::Lessons,
            Within::All | Within::Reflections => HitSource::ServedLessons,
        };
        let matcher = Matcher::of(search);
        let mut stream =
            HitStream { store: self, fts: &fts, matcher, query, shown: 0, show: &mut show };
        if query.oldest_first {
            // There are at most as many of these as days; unserved lessons follow in batches.
            let mut places = Vec::new();
            for source in sources(reflections, lessons, HitSource::ServedLessons) {
                places.extend(self.places(&fts.select(source), None, None)?);
            }
            places.sort_unstable_by_key(|place| (place.day, place.id));
            stream.show_all(&places)?;
            if within == Within::Lessons {
                stream.show_rest(HitSource::UnservedLessons, None, ranked)?;
            }
            return Ok(SearchReport { shown: stream.shown, ranked_only: None });
        }
        let mut first = Vec::new();
        let mut rest = Vec::new();
        for source in sources(reflections, lessons, of_lessons) {
            // Without scores, all entries are shown in the order of their days.
            let is_whole = source == HitSource::Entries && !fts.is_ranked();
            let limit = (!is_whole).then_some(ranked + 1);
            let mut places = self.places(&fts.select_scored(source), None, limit)?;
            if !is_whole && places.len() > ranked as usize {
                places.truncate(ranked as usize);
                rest.push((source, places.last().map(|place| place.id)));
            }
            first.extend(places);
        }
        first.sort_unstable_by(Place::best_first);
        stream.show_all(&first)?;
        let ranked_only = (fts.is_ranked() && !rest.is_empty()).then_some(ranked);
        for (source, after) in rest {
            stream.show_rest(source, after, ranked)?;
        }
        Ok(SearchReport { shown: stream.shown, ranked_only })
    }

    /// At most `limit` places of a query, after the one with the id `after`.
    fn places(
        &self,
        select: &Select<'_>,
        after: Option<i64>,
        limit: Option<u32>,
    ) -> Result<Vec<Place>> {
        // The index has no signs: they are looked for in the texts.
        let signs = Signs::of(select.search());
        let (of_query, most) = match limit {
            Some(limit) if !signs.is_empty() => (None, limit as usize),
            _ => (limit, usize::MAX),
        };
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&select.sql)?;
            let mut rows = select.query(&mut statement, after, of_query)?;
            let mut places = Vec::new();
            while places.len() < most
                && let Some(row) = rows.next()?
            {
                let columns = &mut Columns::of(row);
                let (id, score) = (columns.get()?, columns.get()?);
                let place = Place { id, score, day: columns.maybe_parsed("day")? };
                if signs.is_empty() || signs.fit(hits::place(connection, id)?.as_ref()) {
                    places.push(place);
                }
            }
            Ok(places)
        })
    }
}

/// The terms of a search without a word: those that a text must have, and must not have.
struct Signs<'a> {
    wanted: Vec<&'a str>,
    excluded: Vec<&'a str>,
}

impl<'a> Signs<'a> {
    fn of(search: &'a Search) -> Self {
        let signs = |is_excluded| {
            let terms = search.terms.iter().filter(|term| term.form == Form::Signs);
            terms.filter(|term| term.is_excluded == is_excluded).map(|term| &*term.text).collect()
        };
        Self { wanted: signs(false), excluded: signs(true) }
    }

    fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.excluded.is_empty()
    }

    fn fit(&self, place: Option<&HitPlace>) -> bool {
        let texts: Vec<&str> =
            place.map(hits::texts).unwrap_or_default().into_iter().map(|(_, text)| text).collect();
        self.wanted.iter().all(|signs| has_signs(signs, &texts))
            && !self.excluded.iter().any(|signs| has_signs(signs, &texts))
    }
}

/// The parts of the index to search; `of_lessons` is the part for lessons.
fn sources(
    reflections: bool,
    lessons: bool,
    of_lessons: HitSource,
) -> impl Iterator<Item = HitSource> {
    let entries = reflections.then_some(HitSource::Entries);
    entries.into_iter().chain(lessons.then_some(of_lessons))
}

impl Place {
    fn best_first(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| self.newest_first(other))
    }

    /// A place without a day comes last.
    fn newest_first(&self, other: &Self) -> Ordering {
        (other.day, other.id.abs()).cmp(&(self.day, self.id.abs()))
    }
}

/// The hits on their way to the person.
struct HitStream<'a, F> {
    store: &'a Store,
    fts: &'a FtsQuery<'a>,
    matcher: Matcher,
    query: &'a Query,
    /// The number of hits that were shown.
    shown: usize,
    show: &'a mut F,
}

impl<E: From<StoreError>, F: FnMut(&Hit) -> std::result::Result<(), E>> HitStream<'_, F> {
    fn is_full(&self) -> bool {
        self.query.limit.is_some_and(|limit| self.shown >= limit)
    }

    fn show_all(&mut self, mut places: &[Place]) -> std::result::Result<(), E> {
        while !places.is_empty() && !self.is_full() {
            let (batch, rest) = places.split_at(self.next_batch().min(places.len()));
            places = rest;
            let ids = batch.iter().map(|place| place.id);
            let found = self.store.read(|connection| hits::read(connection, &self.matcher, ids))?;
            for hit in &found {
                self.show(hit)?;
            }
        }
        Ok(())
    }

    /// The number of places to read next.
    fn next_batch(&self) -> usize {
        match self.query.limit {
            // With a tag, some places may be left out: it is checked when the entry is read.
            Some(limit) if !self.query.is_on_tags() => BATCH.min(limit - self.shown),
            _ => BATCH,
        }
    }

    fn show(&mut self, hit: &Hit) -> std::result::Result<(), E> {
        // The query for places checked all other conditions.
        let is_wanted = match &hit.found {
            HitPlace::Entry(entry) | HitPlace::Served(entry) => self.query.accepts_tags(entry),
            HitPlace::Waiting(lesson) => self.query.accepts_tags_of(lesson),
        };
        if !is_wanted || self.is_full() {
            return Ok(());
        }
        self.shown += 1;
        (self.show)(hit)
    }

    /// Shows the hits after the place with the id `after`, unranked. Entries are read all at once:
    /// there is at most one for each day. Lessons are read in batches: there may be millions.
    fn show_rest(
        &mut self,
        source: HitSource,
        mut after: Option<i64>,
        batch: u32,
    ) -> std::result::Result<(), E> {
        let select = self.fts.select(source);
        let limit = (source != HitSource::Entries).then_some(batch);
        while !self.is_full() {
            let mut places = self.store.places(&select, after, limit)?;
            let Some(last) = places.last() else { break };
            after = Some(last.id);
            if source != HitSource::UnservedLessons {
                places.sort_unstable_by(Place::newest_first);
            }
            self.show_all(&places)?;
        }
        Ok(())
    }
}
