//! Searching: which entries and lessons hold the words, the best first.
//!
//! Where each hit is and what it scores is collected first, then the hits are read in batches as
//! they are shown, so that no lock is held meanwhile. Only so many of the newest hits are ranked:
//! a word that stands in a million lessons is answered as soon as one that stands in a few.

mod fts_query;
mod hits;

use std::cmp::Ordering;

use crate::journal::Day;
use crate::journal::search::query::Query;
use crate::journal::search::{Found, Hit, Search, Within};
use crate::store::read::search::fts_query::{FtsQuery, HitSource, Select};
use crate::store::tables::rows;
use crate::store::{Result, Store, StoreError};

/// So many of the newest hits are ranked, of entries and of lessons.
const RANKED: u32 = 5000;

/// So many hits are read at a time, so that no lock is held while they are shown.
const BATCH: usize = 256;

/// So many snippets are made at a time at the most.
const LARGEST_CHUNK: usize = 4096;

/// What came of a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SearchReport {
    pub shown: usize,
    /// If there were more hits than are ranked: how many of the newest were.
    pub ranked_only: Option<u32>,
}

/// Where a hit is in the index, its score (less is better), and the day it is from.
#[derive(Debug)]
struct Place {
    id: i64,
    score: f64,
    day: Option<Day>,
}

impl Store {
    /// Hands each hit of a search to `show`, in order, and stops where that fails.
    pub fn each_hit<E: From<StoreError>>(
        &self,
        search: &Search,
        query: &Query,
        within: Within,
        show: impl FnMut(&Hit) -> std::result::Result<(), E>,
    ) -> std::result::Result<SearchReport, E> {
        self.each_hit_ranking(RANKED, (search, query, within), show)
    }

    /// The same, of which so many are ranked.
    pub(crate) fn each_hit_ranking<E: From<StoreError>>(
        &self,
        ranked: u32,
        (search, query, within): (&Search, &Query, Within),
        mut show: impl FnMut(&Hit) -> std::result::Result<(), E>,
    ) -> std::result::Result<SearchReport, E> {
        let fts = FtsQuery::of(search, query);
        let reflections = within != Within::Lessons;
        // Whoever says only what is not wanted means their own entries, not all other lessons.
        let lessons =
            within == Within::Lessons || (within == Within::All && !search.only_excludes());
        let mut showing =
            HitStream { store: self, fts: &fts, query, read: 0, shown: 0, show: &mut show };
        if query.oldest_first {
            // As many as days were lived; the lessons that never came have none.
            let mut places = Vec::new();
            for wanted in asked_for(reflections, lessons, HitSource::ServedLessons) {
                places.extend(self.places(&fts.select(wanted), None, None)?);
            }
            places.sort_unstable_by_key(|place| (place.day, place.id));
            showing.show_all(&places)?;
            if lessons {
                showing.show_rest(HitSource::UnservedLessons, None, ranked)?;
            }
            return Ok(SearchReport { shown: showing.shown, ranked_only: None });
        }
        let mut first = Vec::new();
        let mut rest = Vec::new();
        for wanted in asked_for(reflections, lessons, HitSource::Lessons) {
            // Where nothing can be ranked, entries are in the order of their days throughout.
            let is_whole = wanted == HitSource::Entries && !fts.is_ranked();
            let limit = (!is_whole).then_some(ranked + 1);
            let mut places = self.places(&fts.select_scored(wanted), None, limit)?;
            if !is_whole && places.len() > ranked as usize {
                places.truncate(ranked as usize);
                rest.push((wanted, places.last().map(|place| place.id)));
            }
            first.extend(places);
        }
        first.sort_unstable_by(Place::best_first);
        showing.show_all(&first)?;
        let ranked_only = (fts.is_ranked() && !rest.is_empty()).then_some(ranked);
        for (wanted, after) in rest {
            showing.show_rest(wanted, after, ranked)?;
        }
        Ok(SearchReport { shown: showing.shown, ranked_only })
    }

    /// So many of the places that are selected, after the one with this id.
    fn places(
        &self,
        select: &Select<'_>,
        after: Option<i64>,
        limit: Option<u32>,
    ) -> Result<Vec<Place>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&select.sql)?;
            let mut found = select.query(&mut statement, after, limit)?;
            let mut places = Vec::new();
            while let Some(row) = found.next()? {
                places.push(Place {
                    id: row.get("id")?,
                    score: row.get("score")?,
                    day: rows::maybe_parsed(row, "day")?,
                });
            }
            Ok(places)
        })
    }
}

fn asked_for(
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

    /// What has no day comes last.
    fn newest_first(&self, other: &Self) -> Ordering {
        (other.day, other.id.abs()).cmp(&(self.day, self.id.abs()))
    }
}

/// The hits on their way to the person.
struct HitStream<'a, F> {
    store: &'a Store,
    fts: &'a FtsQuery<'a>,
    query: &'a Query,
    /// How many places were looked at, and how many hits were shown.
    read: usize,
    shown: usize,
    show: &'a mut F,
}

impl<E: From<StoreError>, F: FnMut(&Hit) -> std::result::Result<(), E>> HitStream<'_, F> {
    fn is_full(&self) -> bool {
        self.query.limit.is_some_and(|limit| self.shown >= limit)
    }

    fn show_all(&mut self, mut places: &[Place]) -> std::result::Result<(), E> {
        while !places.is_empty() && !self.is_full() {
            let (chunk, rest) = places.split_at(self.next_chunk().min(places.len()));
            places = rest;
            self.read += chunk.len();
            let mut snippets = self.store.read(|connection| {
                hits::snippets(connection, self.fts, chunk.iter().map(|place| place.id))
            })?;
            for batch in chunk.chunks(BATCH) {
                let ids = batch.iter().map(|place| place.id);
                let found =
                    self.store.read(|connection| hits::read(connection, ids, &mut snippets))?;
                for hit in &found {
                    self.show(hit)?;
                }
            }
        }
        Ok(())
    }

    /// So many places are looked at next: few at first, so that something is soon to be seen, and
    /// more and more, since the index takes as long to be asked about one as about many.
    fn next_chunk(&self) -> usize {
        let grown = self.read.clamp(BATCH, LARGEST_CHUNK);
        match self.query {
            // Whether a tag fits is seen only when the entry is read.
            Query { limit: Some(limit), tag: None, .. } => grown.min(limit - self.shown),
            _ => grown,
        }
    }

    fn show(&mut self, hit: &Hit) -> std::result::Result<(), E> {
        // All else was decided where the places were found.
        let is_other = matches!(&hit.found, Found::Entry(entry) if !self.query.accepts_tags(entry));
        if is_other || self.is_full() {
            return Ok(());
        }
        self.shown += 1;
        (self.show)(hit)
    }

    /// Shows what comes after the place with this id, unranked. Of entries there are as many as
    /// days, of lessons there may be millions.
    fn show_rest(
        &mut self,
        wanted: HitSource,
        mut after: Option<i64>,
        at_a_time: u32,
    ) -> std::result::Result<(), E> {
        let select = self.fts.select(wanted);
        let limit = (wanted != HitSource::Entries).then_some(at_a_time);
        while !self.is_full() {
            let mut places = self.store.places(&select, after, limit)?;
            let Some(last) = places.last() else { break };
            after = Some(last.id);
            if wanted != HitSource::UnservedLessons {
                places.sort_unstable_by(Place::newest_first);
            }
            self.show_all(&places)?;
        }
        Ok(())
    }
}
