//! Which column of a table, or which key of a JSON object, holds what.
//!
//! A person may say it; what they do not say is found by the usual names.

use crate::format::Fault;

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Text,
    Note,
    Book,
    Author,
    Page,
    Location,
    /// What the location counts: pages, places or an order.
    LocationType,
    Chapter,
    Tags,
    /// Tags of the whole book.
    BookTags,
}

/// The roles, the names by which a person says them, and the usual names of their columns without
/// anything but letters; the best first. What a person cannot say has no name.
const ROLES: [(Role, &str, &[&str]); 10] = [
    (
        Role::Text,
        "text",
        &[
            "highlight",
            "text",
            "quote",
            "passage",
            "quotation",
            "highlightedtext",
            "selectedtext",
            "content",
            "clipping",
            "body",
        ],
    ),
    (
        Role::Note,
        "note",
        &["note", "notes", "comment", "mynote", "yournote", "annotation", "thought"],
    ),
    (
        Role::Book,
        "book",
        &["booktitle", "book", "title", "source", "bookname", "documenttitle", "work"],
    ),
    (Role::Author, "author", &["bookauthor", "author", "authors", "by", "creator", "writer"]),
    (Role::Page, "page", &["page", "pagenumber", "pages", "pageno"]),
    (Role::Location, "location", &["location", "loc", "position", "startlocation", "start"]),
    (Role::LocationType, "", &["locationtype"]),
    (Role::Chapter, "chapter", &["chapter", "chaptertitle", "section", "heading"]),
    (Role::Tags, "tags", &["tags", "tag", "labels", "keywords", "highlighttags"]),
    (Role::BookTags, "", &["documenttags", "booktags"]),
];

/// The number of roles.
pub(super) const COUNT: usize = ROLES.len();

impl Role {
    pub(super) const ALL: [Self; COUNT] = [
        Self::Text,
        Self::Note,
        Self::Book,
        Self::Author,
        Self::Page,
        Self::Location,
        Self::LocationType,
        Self::Chapter,
        Self::Tags,
        Self::BookTags,
    ];
}

/// What a person said of the columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    said: Vec<(Role, String)>,
}

/// Where each role stands: the number of its column, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns([Option<usize>; COUNT]);

impl Mapping {
    /// Reads `text=Highlight,book=2`. Errors with the part that is no such pair.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut mapping = Self::default();
        for part in text.split(',') {
            let pair = part.split_once('=').and_then(|(name, column)| {
                let name = name.trim();
                let role = ROLES.iter().find(|(_, own, _)| !own.is_empty() && *own == name)?;
                Some((role.0, column.trim().to_owned())).filter(|(_, column)| !column.is_empty())
            });
            mapping.said.push(pair.ok_or_else(|| part.trim().to_owned())?);
        }
        Ok(mapping)
    }

    /// The same mapping, with what another one says added.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.said.extend(other.said);
        self
    }

    /// What was said twice, by its name.
    pub fn twice(&self) -> Option<&'static str> {
        let is_again = |(at, (role, _)): (usize, &(Role, String))| {
            self.said[..at].iter().any(|(before, _)| before == role).then_some(*role)
        };
        let again = self.said.iter().enumerate().find_map(is_again)?;
        ROLES.iter().find(|(role, ..)| *role == again).map(|(_, name, _)| *name)
    }

    /// The names that a person can say.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ROLES.iter().map(|(_, name, _)| *name).filter(|name| !name.is_empty())
    }

    /// Where the roles stand in a table with these columns. Errors if a column that the person
    /// named is not there, or none is the one with the text.
    pub(super) fn find(&self, header: &[String], has_names: bool) -> Result<Columns, Fault> {
        let mut columns = Columns([None; COUNT]);
        for (role, name) in &self.said {
            let at = column(name, header, has_names);
            let none = || Fault::NoColumn { name: name.clone(), columns: header.to_vec() };
            columns.0[*role as usize] = Some(at.ok_or_else(none)?);
        }
        let letters: Vec<String> = header.iter().map(|name| letters(name)).collect();
        for (role, _, names) in ROLES.iter().filter(|_| has_names) {
            let taken = columns.0;
            let is_free = |at: &usize| !taken.contains(&Some(*at));
            let find = |name: &&str| letters.iter().position(|other| other == name);
            let place = &mut columns.0[*role as usize];
            *place = place.or_else(|| names.iter().filter_map(find).find(is_free));
        }
        match columns.at(Role::Text) {
            Some(_) => Ok(columns),
            None => Err(Fault::NoTextColumn { columns: header.to_vec() }),
        }
    }
}

impl Columns {
    /// The column of a role.
    pub(super) fn at(&self, role: Role) -> Option<usize> {
        self.0[role as usize]
    }
}

/// The column of this name or number.
fn column(name: &str, header: &[String], has_names: bool) -> Option<usize> {
    let same = header.iter().position(|other| has_names && other.trim() == name);
    let alike = || header.iter().position(|other| has_names && letters(other) == letters(name));
    let numbered = || {
        let at = name.parse::<usize>().ok()?.checked_sub(1)?;
        (at < header.len()).then_some(at)
    };
    same.or_else(numbered).or_else(alike)
}

/// The letters and digits of a name, in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(header: &[&str], said: &str) -> Result<Vec<Option<usize>>, Fault> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        let mapping = if said.is_empty() { Ok(Mapping::default()) } else { Mapping::parse(said) };
        let columns = mapping.expect("a mapping").find(&header, true)?;
        let roles = [Role::Text, Role::Book, Role::Author, Role::Note];
        Ok(roles.iter().map(|role| columns.at(*role)).collect())
    }

    #[test]
    fn columns_are_found_by_their_usual_names_or_as_a_person_says() {
        let readwise = ["Highlight", "Book Title", "Book Author", "Amazon Book ID", "Note"];
        for (header, said, wanted) in [
            (&readwise[..], "", [Some(0), Some(1), Some(2), Some(4)]),
            (&["Title", "by", "QUOTE"], "", [Some(2), Some(0), Some(1), None]),
            (&["text", "note"], "text=note", [Some(1), None, None, None]),
            (&["a", "b", "c"], "text=3,book=b", [Some(2), Some(1), None, None]),
            (&["a", "b", "2"], "text=2", [Some(2), None, None, None]),
        ] {
            assert_eq!(found(header, said).expect("found"), wanted, "{header:?} {said}");
        }
        assert!(
            matches!(found(&["a", "b"], ""), Err(Fault::NoTextColumn { columns }) if columns == ["a", "b"])
        );
        assert!(
            matches!(found(&["a"], "text=c"), Err(Fault::NoColumn { name, .. }) if name == "c")
        );
        assert!(matches!(found(&["a"], "text=2"), Err(Fault::NoColumn { .. })));
        for bad in ["text", "text=", "colour=3", "=2", "text=a,"] {
            assert!(Mapping::parse(bad).is_err(), "{bad}");
        }
    }
}
