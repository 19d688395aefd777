//! The SQL conditions by which a query selects entries and lessons, for the log and both searches.

use rusqlite::ToSql;

use crate::journal::search::query::Query;

/// All that was written on the day of a row of `entry`.
macro_rules! written {
    () => {
        "concat_ws('', entry.text, entry.step, entry.step_when, entry.step_outcome,
                   entry.afterthoughts)"
    };
}

/// Whether a tag may be in what was written on the day of a row of `entry`: whether there is a `#`
/// of any width.
pub(crate) const HAS_HASH: &str = concat!(
    "(instr(",
    written!(),
    ", '#') OR instr(",
    written!(),
    ", '\u{ff03}') OR instr(",
    written!(),
    ", '\u{fe5f}'))"
);

/// Conditions and the values of their parameters. Only the filters that are set become conditions,
/// so that SQLite can use an index.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    conditions: Vec<&'static str>,
    values: Vec<(&'static str, String)>,
}

impl Filter {
    /// For rows of `entry`, without the tags: [`Query::accepts_tags`] checks them. A tag of the
    /// person's own can only be where there is a `#`.
    pub(crate) fn of_entries(query: &Query) -> Self {
        let mut filter = Self::of_days(query);
        filter.require_if(query.tag.is_some(), HAS_HASH);
        filter.require_if(
            query.loved,
            "EXISTS (SELECT 1 FROM lesson_state WHERE lesson_state.loved AND lesson_state.row =
                 coalesce((SELECT shelved FROM edition WHERE edition.lesson = entry.lesson),
                          (SELECT rowid FROM lesson WHERE id = entry.lesson)))",
        );
        if let Some(series) = &query.series {
            filter.add(
                "EXISTS (SELECT 1 FROM lesson AS one
                         WHERE one.id = entry.lesson AND one.series = :series)",
                ":series",
                series.to_string(),
            );
        }
        filter
    }

    /// For lessons, each joined with the `entry` of the day on which it was last served, without
    /// the tags.
    pub(crate) fn of_lessons(query: &Query) -> Self {
        let mut filter = Self::of_days(query);
        filter.require_if(query.loved, "lesson_state.loved");
        if let Some(series) = &query.series {
            filter.add("lesson.series = :series", ":series", series.to_string());
        }
        filter
    }

    fn of_days(query: &Query) -> Self {
        let mut filter = Self::default();
        if let Some(day) = query.since {
            filter.add("entry.day >= :since", ":since", day.to_string());
        }
        if let Some(day) = query.until {
            filter.add("entry.day <= :until", ":until", day.to_string());
        }
        filter.require_if(query.open_steps, "entry.step_state = 'open'");
        filter
    }

    /// Adds a condition that has one parameter.
    pub(crate) fn add(&mut self, condition: &'static str, name: &'static str, value: String) {
        self.conditions.push(condition);
        self.values.push((name, value));
    }

    /// Adds a condition without a parameter.
    pub(crate) fn require(&mut self, condition: &'static str) {
        self.conditions.push(condition);
    }

    fn require_if(&mut self, is_set: bool, condition: &'static str) {
        if is_set {
            self.require(condition);
        }
    }

    /// All conditions joined with AND; `TRUE` if there are none.
    pub(crate) fn sql(&self) -> String {
        if self.conditions.is_empty() { "TRUE".to_owned() } else { self.conditions.join(" AND ") }
    }

    /// The parameters with their values.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&str, &dyn ToSql)> {
        self.values.iter().map(|(name, value)| (*name, value as &dyn ToSql))
    }
}
