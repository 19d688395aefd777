//! A highlight from the fields of a row or an object.

use crate::format::Fault;
use crate::format::highlights::columns::{COUNT, Role};
use crate::format::limits::Limits;
use crate::journal::Source;
use crate::journal::lesson::highlight::{Highlight, HighlightKind, Place};
use crate::journal::lesson::slug;

/// The fields by their roles; empty where there is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a>([&'a str; COUNT]);

impl<'a> Fields<'a> {
    /// The fields that `field` finds.
    pub(super) fn new(field: impl Fn(Role) -> &'a str) -> Self {
        let mut fields = [""; COUNT];
        for role in Role::ALL {
            fields[role as usize] = field(role);
        }
        Self(fields)
    }

    fn at(&self, role: Role) -> &'a str {
        self.0[role as usize].trim()
    }

    /// The highlight; `number` is that of the row. Errors if it has no words, or a field is too
    /// long.
    pub(super) fn highlight(&self, number: u64, limits: Limits) -> Result<Highlight, Fault> {
        self.0.iter().try_for_each(|field| limits.check_field(field))?;
        let text = self.at(Role::Text);
        if text.is_empty() {
            return Err(Fault::NoText);
        }
        let words = |role| Some(self.at(role).to_owned()).filter(|text| !text.is_empty());
        let mut tags = Vec::new();
        for role in [Role::Tags, Role::BookTags] {
            add_tags(&mut tags, self.at(role).split([',', ';']));
        }
        Ok(Highlight {
            book: Source {
                title: self.at(Role::Book).to_owned(),
                kind: "book".to_owned(),
                by: words(Role::Author),
                ..Source::default()
            },
            kind: HighlightKind::Passage,
            place: self.place(number),
            text: text.to_owned(),
            note: words(Role::Note),
            tags,
        })
    }

    fn place(&self, number: u64) -> Place {
        let words = |role| Some(self.at(role).to_owned()).filter(|text| !text.is_empty());
        let (page, chapter) = (words(Role::Page), words(Role::Chapter));
        let mut place = Place { page, chapter, ..Place::default() };
        let location = self.at(Role::Location);
        let kind = self.at(Role::LocationType);
        // Before the rows whose order is not known, and in the order of the rows if it is the same.
        let ordered = |count: u64| count.min(u64::from(u32::MAX) >> 1) << 32 | number;
        place.order = ordered(u64::from(u32::MAX)) | number;
        if kind.eq_ignore_ascii_case("page") {
            place.page = place.page.or_else(|| words(Role::Location));
        } else if kind.is_empty() || kind.eq_ignore_ascii_case("location") {
            place.location = range(location);
            if place.location.is_none() && place.chapter.is_none() {
                place.chapter = words(Role::Location);
            }
        } else if let Ok(count) = location.parse() {
            place.order = ordered(count);
        }
        if let Some(page) = place.page.as_ref().and_then(|page| page.parse().ok()) {
            place.order = ordered(page);
        }
        place
    }
}

/// A number, or two with a hyphen or a dash between them.
fn range(text: &str) -> Option<(u64, u64)> {
    let mut ends = text.split(['-', '\u{2013}']).map(|end| end.trim().parse::<u64>().ok());
    let first = ends.next().flatten()?;
    let last = match ends.next() {
        Some(last) => last?,
        None => first,
    };
    ends.next().is_none().then_some((first.min(last), first.max(last)))
}

/// Adds the tags among these words, each once. White space in a tag becomes a hyphen, and what
/// cannot stand in a tag is left out.
pub(super) fn add_tags<'a>(tags: &mut Vec<String>, words: impl Iterator<Item = &'a str>) {
    for word in words {
        let joined = word.split_whitespace().collect::<Vec<_>>().join("-").replace("::", "/");
        let kept = |c: &char| *c == '/' || *c == '#' || slug::is_in_tag(*c);
        let tag = slug::tag(&joined)
            .or_else(|| slug::tag(&joined.chars().filter(kept).collect::<String>()));
        tags.extend(tag.filter(|tag| !tags.contains(tag)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_a_number_or_a_range() {
        for (text, wanted) in [
            ("412", Some((412, 412))),
            ("172-173", Some((172, 173))),
            ("172 \u{2013} 173", Some((172, 173))),
            ("173-172", Some((172, 173))),
            ("", None),
            ("xii", None),
            ("1-2-3", None),
            ("-5", None),
        ] {
            assert_eq!(range(text), wanted, "{text}");
        }
    }

    #[test]
    fn tags_are_kept_in_the_form_that_tags_have() {
        let mut tags = Vec::new();
        let words =
            ["habit", " Mental Models ", "#habit", "dwell::ones", "", "a@b", "2026", "仕事"];
        add_tags(&mut tags, words.into_iter());
        assert_eq!(tags, ["habit", "mental-models", "dwell/ones", "ab", "仕事"]);
    }
}
