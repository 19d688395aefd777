//! The second line of a clipping: what it is and where it stands, in the language of the device.
//!
//! `- Your Highlight on page 12 | Location 172-173 | Added on Sunday, November 22, 2026 9:04:11 PM`
//!
//! The words that tell the kind are known in ten languages; in others, the shape of the line tells
//! it. The date is left out: nothing depends on it, so none can be wrong.

/// What a clipping is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Passage,
    Note,
    Bookmark,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// `None` if the language is not known.
    pub(super) kind: Option<Kind>,
    pub(super) page: Option<String>,
    pub(super) location: Option<(u64, u64)>,
    has_range: bool,
}

/// Parts of the words for each kind, in lower case. Bookmarks come first: some of their names hold
/// the one of another kind.
const KINDS: [(Kind, &[&str]); 3] = [
    (
        Kind::Bookmark,
        &[
            "bookmark",
            "lesezeichen",
            "marcador",
            "signet",
            "segnalibro",
            "bladwijzer",
            "\u{437}\u{430}\u{43a}\u{43b}\u{430}\u{434}\u{43a}",
            "\u{30d6}\u{30c3}\u{30af}\u{30de}\u{30fc}\u{30af}",
            "\u{4e66}\u{7b7e}",
            "\u{66f8}\u{7c64}",
        ],
    ),
    (
        Kind::Passage,
        &[
            "highlight",
            "underline",
            "circle",
            "asterisk",
            "clip",
            "markierung",
            "subrayado",
            "surlign",
            "evidenziazione",
            "destaque",
            "markering",
            "\u{432}\u{44b}\u{434}\u{435}\u{43b}\u{435}\u{43d}",
            "\u{30cf}\u{30a4}\u{30e9}\u{30a4}\u{30c8}",
            "\u{6807}\u{6ce8}",
            "\u{6a19}\u{8a3b}",
        ],
    ),
    (
        Kind::Note,
        &[
            "note",
            "notiz",
            "nota",
            "notitie",
            "\u{437}\u{430}\u{43c}\u{435}\u{442}\u{43a}",
            "\u{30e1}\u{30e2}",
            "\u{7b14}\u{8bb0}",
            "\u{7b46}\u{8a18}",
            "\u{6ce8}\u{91c8}",
        ],
    ),
];

/// Parts of the words for a page.
const PAGE: [&str; 9] = [
    "page",
    "seite",
    "p\u{e1}gin",
    "pagin",
    "\u{441}\u{442}\u{440}\u{430}\u{43d}\u{438}\u{446}",
    "\u{30da}\u{30fc}\u{30b8}",
    "\u{9875}",
    "\u{9801}",
    "stron",
];

impl Label {
    /// Reads a label; `None` if the line is none.
    pub(super) fn read(line: &str) -> Option<Self> {
        let line = line.trim().to_lowercase();
        let rest = line.trim_start_matches(['-', '\u{2010}', '\u{2013}', '\u{2014}', '\u{2212}']);
        let kind = KINDS.iter().find(|(_, words)| words.iter().any(|word| rest.contains(word)));
        let kind = kind.map(|(kind, _)| *kind);
        let has_number = rest.contains(|c: char| digit(c).is_some());
        let is_label = rest.len() < line.len() && (has_number || kind.is_some());
        if !is_label {
            return None;
        }
        let mut label = Self { kind, page: None, location: None, has_range: false };
        let mut parts: Vec<&str> =
            rest.split(is_bar).filter(|part| !part.trim().is_empty()).collect();
        // A date has a day, a year and a time at least.
        if parts.last().is_some_and(|part| numbers(part).len() >= 3) {
            parts.pop();
        }
        for part in parts {
            let is_page = PAGE.iter().any(|word| part.contains(word));
            let range = range(part);
            label.has_range |= range.is_some_and(|(first, last)| first < last);
            if is_page {
                label.page = label.page.or_else(|| page(part, range));
            } else if range.is_some() {
                label.location = range;
            }
        }
        Some(label)
    }

    /// Whether it stands at more than one place.
    pub(super) fn is_range(&self) -> bool {
        self.has_range
    }
}

/// Whether a character stands between the parts of a label.
fn is_bar(c: char) -> bool {
    matches!(c, '|' | '\u{ff5c}' | '\u{a6}' | '\u{2502}' | '(' | '\u{ff08}')
}

/// The value of a digit, also if it is as wide as a letter of Chinese or Japanese.
fn digit(c: char) -> Option<u64> {
    let wide = u32::from(c).checked_sub(0xff10).filter(|digit| *digit < 10);
    c.to_digit(10).or(wide).map(u64::from)
}

/// The numbers in a text, each with what stands before it.
fn numbers(text: &str) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let (mut before, mut number) = (String::new(), None::<u64>);
    for c in text.chars() {
        match (digit(c), number) {
            (Some(digit), so_far) => {
                number = Some(so_far.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            }
            (None, Some(value)) => {
                found.push((std::mem::take(&mut before), value));
                number = None;
                before.push(c);
            }
            (None, None) => before.push(c),
        }
    }
    found.extend(number.map(|value| (before, value)));
    found
}

/// The last number of a text, or the last two if they are the ends of a range.
fn range(text: &str) -> Option<(u64, u64)> {
    let numbers = numbers(text);
    let (between, last) = numbers.last()?;
    let joins = matches!(
        between.trim(),
        "-" | "\u{2010}"
            | "\u{2011}"
            | "\u{2013}"
            | "\u{2014}"
            | "\u{2212}"
            | "~"
            | "\u{301c}"
            | "\u{ff5e}"
            | "t/m"
            | "to"
            | "bis"
            | "a"
            | "\u{e0}"
    );
    let first = numbers.len().checked_sub(2).map(|at| numbers[at].1).filter(|_| joins);
    let Some(first) = first else { return Some((*last, *last)) };
    let last = whole(first, *last);
    Some((first.min(last), first.max(last)))
}

/// The last place of a range. Old devices write 1086-88 for 1086-1088.
fn whole(first: u64, last: u64) -> u64 {
    let mut unit = 1;
    while unit <= last {
        unit *= 10;
        if unit > 1_000_000_000 {
            return last;
        }
    }
    if last < first { first.max((first - first % unit).saturating_add(last)) } else { last }
}

/// A page: a number, or the last word if that is made of Roman digits.
fn page(part: &str, range: Option<(u64, u64)>) -> Option<String> {
    if let Some((first, last)) = range {
        return Some(if first == last { first.to_string() } else { format!("{first}-{last}") });
    }
    let mut words = part.split(|c: char| !c.is_ascii_alphanumeric());
    let is_roman = |word: &&str| !word.is_empty() && word.chars().all(|c| "ivxlcdm".contains(c));
    words.rfind(is_roman).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (&'static str, Option<Kind>, (Option<&'static str>, Option<(u64, u64)>));

    const PASSAGE: Option<Kind> = Some(Kind::Passage);
    const BOTH: (Option<&str>, Option<(u64, u64)>) = (Some("12"), Some((172, 173)));

    const LABELS: &[Row] = &[
        (
            "- Your Highlight on page 12 | Location 172-173 | Added on Sunday, November 22, 2026 9:04:11\u{202f}PM",
            PASSAGE,
            BOTH,
        ),
        (
            "- Your Highlight at location 135-140 | Added on Monday, 6 July 2026 23:03:00",
            PASSAGE,
            (None, Some((135, 140))),
        ),
        (
            "- Your Note on Location 7 | Added on Tuesday, 7 July, 2026 12:32:25 AM",
            Some(Kind::Note),
            (None, Some((7, 7))),
        ),
        (
            "- Highlight Loc. 1086-88  | Added on Friday, March 02, 2012, 07:27 PM",
            PASSAGE,
            (None, Some((1086, 1088))),
        ),
        ("- Your Highlight Location 3249-3251", PASSAGE, (None, Some((3249, 3251)))),
        ("- Your Highlight on page 12 | Location 172-173", PASSAGE, BOTH),
        (
            "- Your Highlight on page 14-14 | Added on Sunday, November 22, 2026 9:04:11 PM",
            PASSAGE,
            (Some("14"), None),
        ),
        (
            "- Your Underline on page xii | Location 20-21 | Added on Sunday, November 22, 2026 9:04:11 PM",
            PASSAGE,
            (Some("xii"), Some((20, 21))),
        ),
        (
            "- Your Bookmark on page 3 | Location 40 | Added on Sunday, November 22, 2026 9:04:11 PM",
            Some(Kind::Bookmark),
            (Some("3"), Some((40, 40))),
        ),
        (
            "- Ihre Markierung auf Seite 12 | bei Position 172-173 | Hinzugef\u{fc}gt am Sonntag, 22. November 2026 21:04:11",
            PASSAGE,
            BOTH,
        ),
        (
            "- Deine Notiz bei Position 7 | Hinzugef\u{fc}gt am Sonntag, 22. November 2026 21:04:11",
            Some(Kind::Note),
            (None, Some((7, 7))),
        ),
        (
            "- Votre surlignement sur la page 12 | \u{e0} l\u{2bc}emplacement 172-173 | Ajout\u{e9} le dimanche 22 novembre 2026 21:04:11",
            PASSAGE,
            BOTH,
        ),
        (
            "- La subrayado en la p\u{e1}gina 12 | posici\u{f3}n 172-173 | A\u{f1}adido el domingo, 22 de noviembre de 2026 21:04:11",
            PASSAGE,
            BOTH,
        ),
        (
            "- El marcador en la p\u{e1}gina 12 | posici\u{f3}n 172 | A\u{f1}adido el domingo, 22 de noviembre de 2026 21:04:11",
            Some(Kind::Bookmark),
            (Some("12"), Some((172, 172))),
        ),
        (
            "-  La tua evidenziazione a pagina 12 | alla posizione 172-173 | Aggiunto in data domenica 22 novembre 2026 21:04:11",
            PASSAGE,
            BOTH,
        ),
        (
            "-  Il tuo segnalibro a pagina xii | Aggiunto in data domenica 22 novembre 2026 21:04:11",
            Some(Kind::Bookmark),
            (Some("xii"), None),
        ),
        (
            "- Seu destaque na p\u{e1}gina 12 | posi\u{e7}\u{e3}o 172-173 | Adicionado: domingo, 22 de novembro de 2026 21:04:11",
            PASSAGE,
            BOTH,
        ),
        (
            "- Je markering op pagina 12 | locatie 172 t/m 173 | Toegevoegd op zondag 22 november 2026 21:04:11",
            PASSAGE,
            BOTH,
        ),
        (
            "\u{2013} \u{412}\u{430}\u{448} \u{432}\u{44b}\u{434}\u{435}\u{43b}\u{435}\u{43d}\u{43d}\u{44b}\u{439} \u{43e}\u{442}\u{440}\u{44b}\u{432}\u{43e}\u{43a} \u{43d}\u{430} \u{441}\u{442}\u{440}\u{430}\u{43d}\u{438}\u{446}\u{435} 12 | \u{41c}\u{435}\u{441}\u{442}\u{43e} 172\u{2013}173 | \u{414}\u{43e}\u{431}\u{430}\u{432}\u{43b}\u{435}\u{43d}\u{43e}: 22 \u{43d}\u{43e}\u{44f}\u{431}\u{440}\u{44f} 2026 \u{433}. \u{432} 21:04:11",
            PASSAGE,
            BOTH,
        ),
        (
            "- 12\u{30da}\u{30fc}\u{30b8}|\u{4f4d}\u{7f6e}No. 172-173\u{306e}\u{30cf}\u{30a4}\u{30e9}\u{30a4}\u{30c8} |\u{4f5c}\u{6210}\u{65e5}: 2026\u{5e74}11\u{6708}22\u{65e5}\u{65e5}\u{66dc}\u{65e5} 21:04:11",
            PASSAGE,
            BOTH,
        ),
        (
            "- \u{60a8}\u{5728}\u{7b2c} 12 \u{9875}\u{ff08}\u{4f4d}\u{7f6e} #172-173\u{ff09}\u{7684}\u{6807}\u{6ce8} | \u{6dfb}\u{52a0}\u{4e8e} 2026\u{5e74}11\u{6708}22\u{65e5}\u{661f}\u{671f}\u{65e5} \u{4e0b}\u{5348}9:04:11",
            PASSAGE,
            BOTH,
        ),
        // A language that is not known, a date that is not.
        ("- Tw\u{f3}j fragment na stronie 12 | pozycja 172-173 | kiedy\u{15b}", None, BOTH),
    ];

    #[test]
    fn a_label_is_read_in_ten_languages() {
        for (line, kind, (page, location)) in LABELS {
            let label = Label::read(line).unwrap_or_else(|| panic!("{line}"));
            let found = (label.kind, label.page.as_deref(), label.location);
            assert_eq!(found, (*kind, *page, *location), "{line}");
        }
        for line in ["", "Some words.", "- and so on", "Chapter 12"] {
            assert_eq!(Label::read(line), None, "{line}");
        }
    }

    #[test]
    fn a_range_is_whole_also_where_it_was_written_short() {
        for (first, last, wanted) in [
            (1086, 88, 1088),
            (172, 173, 173),
            (99, 101, 101),
            (1999, 5, 1999),
            (5, u64::MAX, u64::MAX),
        ] {
            assert_eq!(whole(first, last), wanted);
        }
    }
}
