//! Which entries and which lessons a query selects, as conditions in SQL: written once, for the log
//! and for both searches.

use rusqlite::ToSql;

use crate::journal::search::query::Query;

/// Conditions and the values of their parameters. Only what is asked for becomes a condition, so that
/// SQLite can use the index that fits.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    conditions: Vec<&'static str>,
    values: Vec<(&'static str, String)>,
}

impl Filter {
    /// For rows of `entry`. A tag may stand in the words too: [`Query::accepts_tags`] judges it.
    pub(crate) fn of_entries(query: &Query) -> Self {
        let mut filter = Self::of_days(query);
        filter.add_if(query.loved, "EXISTS (SELECT 1 FROM lesson_state WHERE lesson_state.lesson = entry.lesson AND lesson_state.loved)");
        if let Some(series) = &query.series {
            filter.add(
                "EXISTS (SELECT 1 FROM lesson AS one WHERE one.id = entry.lesson AND one.series = :series)",
                ":series",
                series.to_string(),
            );
        }
        filter
    }

    /// For lessons in the index, with `entry` for the day on which each was last served.
    pub(crate) fn of_lessons(query: &Query) -> Self {
        let mut filter = Self::of_days(query);
        filter.add_if(query.loved, "lesson_state.loved");
        if let Some(series) = &query.series {
            filter.add(
                ":series = (SELECT lesson.series FROM lesson WHERE lesson.id = search.lesson)",
                ":series",
                series.to_string(),
            );
        }
        if let Some(tag) = &query.tag {
            filter.add(
                ":tag IN (SELECT tag.value FROM lesson, json_each(lesson.tags) AS tag
                          WHERE lesson.id = search.lesson)",
                ":tag",
                tag.clone(),
            );
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
        filter.add_if(query.open_steps, "entry.step_state = 'open'");
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

    fn add_if(&mut self, is_wanted: bool, condition: &'static str) {
        if is_wanted {
            self.conditions.push(condition);
        }
    }

    /// All conditions as one; true if there are none.
    pub(crate) fn sql(&self) -> String {
        if self.conditions.is_empty() { "TRUE".to_owned() } else { self.conditions.join(" AND ") }
    }

    /// The parameters with their values.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&str, &dyn ToSql)> {
        self.values.iter().map(|(name, value)| (*name, value as &dyn ToSql))
    }
}
