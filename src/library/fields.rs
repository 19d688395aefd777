//! The fields of series files and of forms for one lesson: each is checked, and a fault names its
//! line.

use serde::Deserialize;
use toml::Spanned;

use crate::journal::Source;
use crate::journal::lesson::{LessonText, QUESTION, slug};
use crate::library::SeriesFault;
use crate::library::error::{FieldFault, FieldWhy};
use crate::text::is_line_break;

type Field = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceTable {
    title: Field,
    kind: Field,
    by: Option<Field>,
    year: Option<i32>,
    url: Option<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LessonTable {
    pub(super) title: Field,
    pub(super) story: Field,
    pub(super) takeaway: Option<Field>,
    pub(super) question: Option<Field>,
    #[serde(default)]
    pub(super) tags: Vec<Field>,
    pub(super) source: Option<SourceTable>,
}

impl SourceTable {
    /// The same; the kind is `own` if it is left empty.
    pub(super) fn with_kind(self) -> Self {
        let span = self.kind.span();
        let is_empty = self.kind.as_ref().trim().is_empty();
        let kind = if is_empty { Spanned::new(span, "own".to_owned()) } else { self.kind };
        Self { kind, ..self }
    }

    /// Whether nothing is said in it.
    pub(super) fn is_blank(&self) -> bool {
        let more = [&self.by, &self.url].into_iter().flatten();
        let mut all = [&self.title, &self.kind].into_iter().chain(more);
        self.year.is_none() && all.all(|field| field.as_ref().trim().is_empty())
    }
}

/// A text with lines, in which fields have their places.
pub(super) struct Checks<'a> {
    pub(super) text: &'a str,
    /// The lesson whose fields are checked.
    pub(super) lesson: Option<usize>,
}

impl Checks<'_> {
    /// A lesson, and where it was learnt if that is a place of its own.
    pub(super) fn lesson(
        &self,
        lesson: &LessonTable,
    ) -> Result<(LessonText, Option<Source>), SeriesFault> {
        let optional = |field: &Option<Field>| {
            let text = field.as_ref().map(|field| field.as_ref().trim());
            text.unwrap_or_default().to_owned()
        };
        let tags = lesson.tags.iter().map(|text| {
            slug::tag(text.as_ref())
                .ok_or_else(|| self.fault("tags", text, FieldWhy::BadTag(text.as_ref().clone())))
        });
        let question = optional(&lesson.question);
        let text = LessonText {
            title: self.name("title", &lesson.title)?,
            story: self.not_empty("story", &lesson.story)?,
            takeaway: optional(&lesson.takeaway),
            question: if question.is_empty() { QUESTION.to_owned() } else { question },
            tags: tags.collect::<Result<_, SeriesFault>>()?,
        };
        let source = lesson.source.as_ref().map(|source| self.source(source)).transpose()?;
        Ok((text, source))
    }

    pub(super) fn source(&self, table: &SourceTable) -> Result<Source, SeriesFault> {
        let optional = |name, field: &Option<Field>| match field {
            Some(field) => self.one_line(name, field, field.as_ref().clone()).map(Some),
            None => Ok(None),
        };
        Ok(Source {
            title: self.name("source.title", &table.title)?,
            kind: self.name("source.kind", &table.kind)?,
            by: optional("source.by", &table.by)?,
            year: table.year,
            url: optional("source.url", &table.url)?,
        })
    }

    /// A text that stands on one line, without white space around it. Errors if nothing is left, or
    /// if there are several lines.
    pub(super) fn name(&self, name: &'static str, field: &Field) -> Result<String, SeriesFault> {
        self.one_line(name, field, self.not_empty(name, field)?)
    }

    fn one_line(
        &self,
        name: &'static str,
        field: &Field,
        text: String,
    ) -> Result<String, SeriesFault> {
        if text.contains(is_line_break) {
            return Err(self.fault(name, field, FieldWhy::SeveralLines));
        }
        Ok(text)
    }

    /// The text without white space around it. Errors if nothing is left.
    fn not_empty(&self, name: &'static str, field: &Field) -> Result<String, SeriesFault> {
        match field.as_ref().trim() {
            "" => Err(self.fault(name, field, FieldWhy::Empty)),
            text => Ok(text.to_owned()),
        }
    }

    pub(super) fn fault<T>(
        &self,
        field: &'static str,
        at: &Spanned<T>,
        why: FieldWhy,
    ) -> SeriesFault {
        let line = line_of(self.text, at.span().start);
        FieldFault { line, lesson: self.lesson, field, why }.into()
    }
}

/// The line on which a byte stands, counted from 1.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(1, |before| before.matches('\n').count() + 1)
}
