//! The tags of what the person wrote.

use crate::journal::entry::tags;
use crate::journal::look_back::tag_count::{TagCount, TagCounts};
use crate::store::read::filter::HAS_HASH;
use crate::store::tables::rows;
use crate::store::tables::search_index::{SELECT_TEXTS, texts_in};
use crate::store::{Result, Store};

impl Store {
    /// The tags of reflections, steps and afterthoughts, the most used first. Reads no lesson, and
    /// no entry without a `#`.
    pub fn tags(&self) -> Result<Vec<TagCount>> {
        let sql = format!("{SELECT_TEXTS} WHERE {HAS_HASH}");
        let mut counts = TagCounts::default();
        self.read(|connection| {
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let texts = texts_in(row)?;
                let day = rows::parsed(row, "day")?;
                for tag in tags::of_texts(texts.iter().map(String::as_str)) {
                    counts.add(day, tag);
                }
            }
            Ok(())
        })?;
        Ok(counts.most_used().into_iter().cloned().collect())
    }
}
