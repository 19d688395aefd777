//! Where lessons were learnt, as JSON in facts and beside lessons.

use serde_json::{Map, Value, json};

use crate::journal::Source;

/// A source as JSON. What a source does not have is left out.
pub(crate) fn source_json(source: &Source) -> Value {
    let Source { title, kind, by, year, url } = source;
    let mut fields = Map::new();
    fields.insert("title".to_owned(), json!(title));
    fields.insert("kind".to_owned(), json!(kind));
    fields.extend(by.iter().map(|by| ("by".to_owned(), json!(by))));
    fields.extend(year.iter().map(|year| ("year".to_owned(), json!(year))));
    fields.extend(url.iter().map(|url| ("url".to_owned(), json!(url))));
    Value::Object(fields)
}

/// The source in JSON; `None` if it is not one.
pub(crate) fn source_in(value: &Value) -> Option<Source> {
    let optional = |field: &str| Some(value.get(field)?.as_str()?.to_owned());
    Some(Source {
        title: optional("title")?,
        kind: optional("kind")?,
        by: optional("by"),
        year: value.get("year").and_then(Value::as_i64).and_then(|year| year.try_into().ok()),
        url: optional("url"),
    })
}
