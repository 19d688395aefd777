//! Importing highlights: from a Kindle, Readwise, a Kobo, fortune files, Anki and tables.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::pty::Pty;
use crate::sandbox::{Run, Sandbox};

const TITLE: &str = "Field Notes (Mara Voss)";
const HIGHLIGHT: &str = "- Your Highlight on page 12 | Location 172-173 | Added on Sunday, November 22, 2026 9:04:11 PM";
const NOTE: &str =
    "- Your Note on page 12 | Location 173 | Added on Sunday, November 22, 2026 9:05:11 PM";
const LATER: &str = "- Your Highlight on page 30 | Location 400-401 | Added on Sunday, November 22, 2026 9:06:11 PM";
const BETWEEN: &str =
    "- Your Highlight on page 20 | Location 300 | Added on Monday, November 23, 2026 9:06:11 PM";

/// Texts that break one format or another.
const HOSTILE: [&str; 8] = [
    "% alone, and\n% again",
    "[2020-01-01] a day\n---\n# heading",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} and back \u{202e}again",
    "emoji \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} and \u{202f} thin",
    "a bell \u{7} and \u{1b}[31mred",
    "\"quotes\", commas; and\ttabs",
    "<b>tags</b> &amp; {{c1::gaps}}",
    "= ========== =",
];

fn clip(title: &str, label: &str, text: &str) -> String {
    format!("{title}\r\n{label}\r\n\r\n{}\r\n==========\r\n", text.replace('\n', "\r\n"))
}

fn file(home: &Sandbox, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = home.home().join(name);
    fs::write(&path, bytes).expect("written");
    path
}

fn import(home: &Sandbox, format: &str, path: &Path, more: &[&str]) -> Run {
    let path = path.to_str().expect("UTF-8");
    home.run(&[&["import", format, path], more].concat())
}

/// Imports a file and returns the counts: imported, merged, skipped.
fn counts(home: &Sandbox, format: &str, path: &Path, more: &[&str]) -> (u64, u64, u64) {
    let ran = import(home, format, path, &[&["--json"], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let line: Value = serde_json::from_str(&ran.out).expect("one line of JSON");
    let count = |name: &str| line[name].as_u64().expect("a number");
    (count("imported"), count("merged"), count("skipped"))
}

fn lessons(home: &Sandbox, series: &str) -> Vec<Value> {
    let lines = home.ok(&["lesson", "list", "--series", series, "--json"]);
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn stories(home: &Sandbox, series: &str) -> Vec<String> {
    let story = |lesson: &Value| lesson["story"].as_str().expect("a story").to_owned();
    lessons(home, series).iter().map(story).collect()
}

#[test]
fn the_clippings_of_a_kindle_become_lessons_in_the_order_of_the_book() {
    let home = Sandbox::new();
    let clippings = [
        clip(TITLE, LATER, "And then again."),
        clip(TITLE, HIGHLIGHT, "Ask once, plainly."),
        clip(TITLE, NOTE, "try this Monday"),
        clip(TITLE, "- Your Bookmark on page 3 | Location 40 | Added on x", ""),
    ];
    let path = file(&home, "My Clippings.txt", clippings.concat());
    let would = import(&home, "kindle", &path, &["--dry-run"]);
    assert_eq!(would.code, 0, "{}", would.err);
    assert!(would.err.contains("would import 2 lessons, 1 merged, 1 skipped"), "{}", would.err);
    assert!(would.out.contains("Ask once, plainly.\nField Notes, 1 of 2"), "{}", would.out);
    assert!(!home.journal().exists(), "a dry run begins no journal");
    let ran = import(&home, "kindle", &path, &[]);
    assert!(ran.err.contains("imported 2 lessons, 1 merged, 1 skipped"), "{}", ran.err);
    assert!(ran.err.contains("line 16: it is a bookmark"), "{}", ran.err);
    assert!(
        ran.err.contains("field-notes: added; begins when The Defiant Ones ends, in 5 lessons")
    );
    let lessons = lessons(&home, "field-notes");
    assert_eq!(lessons[0]["title"], "Ask once, plainly.");
    assert_eq!(
        lessons[0]["story"],
        "Ask once, plainly.\n\n\u{2014} page 12, location 172\u{2013}173"
    );
    assert_eq!(lessons[0]["takeaway"], "try this Monday");
    assert_eq!(lessons[0]["question"], "What does this say to you today?");
    assert_eq!(lessons[0]["source"]["title"], "Field Notes");
    assert_eq!(lessons[0]["source"]["by"], "Mara Voss");
    assert_eq!(lessons[1]["title"], "And then again.");
    assert_eq!(counts(&home, "kindle", &path, &["--dry-run"]), (0, 0, 4));
    assert_eq!(counts(&home, "kindle", &path, &[]), (0, 0, 4));
    // One import is one change.
    assert!(home.run(&["undo"]).err.contains("field-notes"));
    assert_eq!(home.run(&["series", "show", "field-notes"]).code, 1);
    assert_eq!(counts(&home, "kindle", &path, &[]), (2, 1, 1));
}

#[test]
fn a_file_that_has_grown_brings_what_is_new_and_takes_nothing_away() {
    let home = Sandbox::new();
    let first = [clip(TITLE, HIGHLIGHT, "Ask once"), clip(TITLE, LATER, "And then again.")];
    let path = file(&home, "clippings.txt", first.concat());
    assert_eq!(counts(&home, "kindle", &path, &[]), (2, 0, 0));
    // The first one was resized and got a note, one between them is new, and the last is gone.
    let grown = [
        clip(TITLE, HIGHLIGHT, "Ask once"),
        clip(TITLE, &HIGHLIGHT.replace("172-173", "172-174"), "Ask once, plainly"),
        clip(TITLE, NOTE, "on Monday"),
        clip(TITLE, BETWEEN, "Between."),
    ];
    let path = file(&home, "clippings.txt", grown.concat());
    let dry = counts(&home, "kindle", &path, &["--dry-run"]);
    assert_eq!((dry, counts(&home, "kindle", &path, &[])), ((1, 3, 0), (1, 3, 0)));
    let stories = stories(&home, "field-notes");
    let passages = stories.iter().map(|story| story.split("\n\n").next().expect("a passage"));
    let wanted = ["Ask once, plainly", "Between.", "And then again."];
    assert_eq!(passages.collect::<Vec<_>>(), wanted);
    assert_eq!(lessons(&home, "field-notes")[0]["takeaway"], "on Monday");
    assert_eq!(counts(&home, "kindle", &path, &[]), (0, 0, 4));
    home.ok(&["undo"]);
    assert_eq!(lessons(&home, "field-notes").len(), 2);
}

#[test]
fn an_import_of_several_books_is_undone_in_one_line() {
    let home = Sandbox::new();
    let books = ["One", "Two", "Three"].map(|title| clip(title, HIGHLIGHT, title));
    let path = file(&home, "clippings.txt", books.concat());
    assert_eq!(counts(&home, "kindle", &path, &[]), (3, 0, 0));
    let undone = home.run(&["undo"]).err;
    let wanted = "undo: the import of the lessons of 3 series\nhint: dwell redo puts it back\n";
    assert_eq!(undone, wanted);
    let redone = home.run(&["redo"]).err;
    assert!(redone.starts_with("redo: the import of the lessons of 3 series\n"), "{redone}");
}

#[test]
fn a_lesson_that_was_served_keeps_its_words() {
    let home = Sandbox::with_small_shelf("2026-11-22T07:00:00+01:00");
    let path = file(&home, "clippings.txt", clip(TITLE, HIGHLIGHT, "Ask once."));
    assert_eq!(counts(&home, "kindle", &path, &[]), (1, 0, 0));
    home.ok(&["series", "pause", "the-defiant-ones"]);
    assert!(home.ok(&["today"]).contains("Ask once."));
    let grown = clip(TITLE, HIGHLIGHT, "Ask once.") + &clip(TITLE, NOTE, "on Monday");
    let path = file(&home, "clippings.txt", grown);
    assert_eq!(counts(&home, "kindle", &path, &[]), (0, 0, 2));
    assert_eq!(lessons(&home, "field-notes")[0]["takeaway"], "");
}

#[test]
fn clippings_are_read_in_ten_languages_and_each_by_itself() {
    let home = Sandbox::new();
    let labels = [
        HIGHLIGHT,
        "- Ihre Markierung auf Seite 12 | bei Position 172-173 | Hinzugef\u{fc}gt am Sonntag, 22. November 2026 21:04:11",
        "- Votre surlignement sur la page 12 | emplacement 172-173 | Ajout\u{e9} le dimanche 22 novembre 2026 21:04:11",
        "- La subrayado en la p\u{e1}gina 12 | posici\u{f3}n 172-173 | A\u{f1}adido el domingo, 22 de noviembre de 2026 21:04:11",
        "-  La tua evidenziazione a pagina 12 | alla posizione 172-173 | Aggiunto in data domenica 22 novembre 2026 21:04:11",
        "- Seu destaque na p\u{e1}gina 12 | posi\u{e7}\u{e3}o 172-173 | Adicionado: Sunday, November 22, 2026 9:04:11 PM",
        "- Je markering op pagina 12 | locatie 172 t/m 173 | Toegevoegd op zondag 22 november 2026 21:04:11",
        "\u{2013} \u{412}\u{430}\u{448} \u{432}\u{44b}\u{434}\u{435}\u{43b}\u{435}\u{43d}\u{43d}\u{44b}\u{439} \u{43e}\u{442}\u{440}\u{44b}\u{432}\u{43e}\u{43a} \u{43d}\u{430} \u{441}\u{442}\u{440}\u{430}\u{43d}\u{438}\u{446}\u{435} 12 | \u{41c}\u{435}\u{441}\u{442}\u{43e} 172\u{2013}173 | \u{414}\u{43e}\u{431}\u{430}\u{432}\u{43b}\u{435}\u{43d}\u{43e}: 22 \u{43d}\u{43e}\u{44f}\u{431}\u{440}\u{44f} 2026 \u{433}. \u{432} 21:04:11",
        "- 12\u{30da}\u{30fc}\u{30b8}|\u{4f4d}\u{7f6e}No. 172-173\u{306e}\u{30cf}\u{30a4}\u{30e9}\u{30a4}\u{30c8} |\u{4f5c}\u{6210}\u{65e5}: 2026\u{5e74}11\u{6708}22\u{65e5}\u{65e5}\u{66dc}\u{65e5} 21:04:11",
        "- \u{60a8}\u{5728}\u{7b2c} 12 \u{9875}\u{ff08}\u{4f4d}\u{7f6e} #172-173\u{ff09}\u{7684}\u{6807}\u{6ce8} | \u{6dfb}\u{52a0}\u{4e8e} \u{4e0d}\u{77e5}",
    ];
    let clippings = (1..).zip(labels).map(|(number, label)| {
        clip(&format!("\u{feff}Book {number}  "), label, &format!("Words {number}."))
    });
    let mut bytes = clippings.collect::<String>().into_bytes();
    bytes.extend_from_slice(format!("Caf\u{e9} (A)\r\n{HIGHLIGHT}\r\n\r\n").as_bytes());
    bytes.extend_from_slice(b"caf\xe9\r\n==========\r\nTorn (A)\r\n- Your High");
    let path = file(&home, "clippings.txt", &bytes);
    let ran = import(&home, "kindle", &path, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("imported 10 lessons, 0 merged, 2 skipped"), "{}", ran.err);
    assert!(ran.err.contains("line 51: it is not UTF-8 text"), "{}", ran.err);
    assert!(ran.err.contains("line 56: it ends before it is whole"), "{}", ran.err);
    assert!(ran.err.contains("and 7 more series; dwell series list shows all"), "{}", ran.err);
    for number in 1..=10 {
        let story = format!("Words {number}.\n\n\u{2014} page 12, location 172\u{2013}173");
        assert_eq!(stories(&home, &format!("book-{number}")), [story]);
    }
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(clip("Book 1", HIGHLIGHT, "Words 1.").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(counts(&home, "kindle", &file(&home, "old.txt", utf16), &[]), (0, 0, 1));
}

#[test]
fn readwise_and_other_tables_are_taken_in_by_their_columns() {
    let home = Sandbox::new();
    let readwise = "\u{feff}Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\r\n\
        \"Second, with\r\nlines.\",Field Notes,Mara Voss,B0,,,,location,900,2026-07-17 14:00:25+00:00,\r\n\
        \"Ask once, plainly.\",Field Notes,Mara Voss,B0,try this Monday,,habit,location,412,2026-07-17 14:00:25+00:00,\r\n\
        On page three.,Other,,,,,,page,3,,\r\n";
    let path = file(&home, "readwise.csv", readwise);
    assert_eq!(counts(&home, "readwise", &path, &[]), (3, 0, 0));
    assert_eq!(counts(&home, "readwise", &path, &[]), (0, 0, 3));
    let found = lessons(&home, "field-notes");
    assert_eq!(found[0]["title"], "Ask once, plainly.");
    assert_eq!(found[0]["tags"], serde_json::json!(["habit"]));
    assert_eq!(found[1]["story"], "Second, with\r\nlines.\n\n\u{2014} location 900");
    assert_eq!(stories(&home, "other"), ["On page three.\n\n\u{2014} page 3"]);
    // The same highlights from another program are the same lessons.
    let tsv = "author\ttitle\tlocation\tquote\tremark\nMara Voss\tField Notes\t412\tAsk once, plainly.\ttry this Monday\nshort row\n";
    let path = file(&home, "quotes.tsv", tsv);
    let ran = import(&home, "csv", &path, &["--columns", "note=remark"]);
    assert!(ran.err.contains("line 3: the row has 1 field, and the first row 5"), "{}", ran.err);
    assert!(ran.err.contains("imported 0 lessons, 0 merged, 2 skipped"), "{}", ran.err);
    let json = "{\"text\":\"Ask once, plainly.\",\"book\":\"Field Notes\",\"author\":\"Mara Voss\",\"location\":412,\"note\":\"try this Monday\"}\n";
    assert_eq!(counts(&home, "csv", &file(&home, "quotes.jsonl", json), &[]), (0, 0, 1));
    let numbered = file(&home, "Sayings of mine.csv", "One saying;Anna\nAnother;Bela\n");
    let ran = import(&home, "csv", &numbered, &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("the columns are: 1 One saying, 2 Anna"), "{}", ran.err);
    let more = ["--no-header", "--columns", "text=1,author=2"];
    assert_eq!(counts(&home, "csv", &numbered, &more), (2, 0, 0));
    assert_eq!(stories(&home, "sayings-of-mine"), ["One saying"]);
}

#[test]
fn a_fortune_file_is_one_series_with_its_name() {
    let home = Sandbox::new();
    let text = "Keep the promise you made.\n\t\t-- Mara Voss, Field Notes\n%\n% is content\r\n%\r\nTwice\n%\nTwice\n%\n\n%\n";
    let path = file(&home, "wisdom", text);
    assert_eq!(counts(&home, "fortune", &path, &[]), (3, 1, 1));
    assert_eq!(counts(&home, "fortune", &path, &["--dry-run"]), (0, 0, 5));
    let wanted =
        ["Keep the promise you made.\n\n\u{2014} Mara Voss, Field Notes", "% is content", "Twice"];
    assert_eq!(stories(&home, "wisdom"), wanted);
    assert_eq!(lessons(&home, "wisdom")[0]["source"]["kind"], "sayings");
    let grown = text.replace("Twice\n%\nTwice", "Between\n%\nTwice\n%\nTwice");
    assert_eq!(counts(&home, "fortune", &file(&home, "wisdom", grown), &[]), (1, 0, 5));
    assert_eq!(stories(&home, "wisdom")[2], "Between");
}

#[test]
fn the_notes_of_anki_are_lessons_of_their_deck() {
    let home = Sandbox::new();
    let text = "#separator:tab\n#html:true\n#deck column:1\n#tags column:4\n\
        Ones::Defiant\tChains bind<br>both ends.\t<b>A film</b> &amp; more\tdwell::ones film\n\
        Ones::Defiant\t\tback only\t\n";
    let path = file(&home, "notes.txt", text);
    assert_eq!(counts(&home, "anki", &path, &[]), (1, 0, 1));
    let found = lessons(&home, "ones-defiant");
    assert_eq!(found[0]["story"], "Chains bind\nboth ends.");
    assert_eq!(found[0]["takeaway"], "A film & more");
    assert_eq!(found[0]["tags"], serde_json::json!(["dwell/ones", "film"]));
    assert_eq!(counts(&home, "anki", &path, &[]), (0, 0, 2));
}

#[test]
fn a_kobo_is_only_read_and_another_database_is_refused() {
    let home = Sandbox::new();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/kobo");
    let path = home.home().join("KoboReader.sqlite");
    fs::copy(corpus.join("plain"), &path).expect("copied");
    let before = fs::read(&path).expect("read");
    assert_eq!(counts(&home, "kobo", &path, &[]), (3, 0, 2));
    assert_eq!(counts(&home, "kobo", &path, &[]), (0, 0, 5));
    assert_eq!(fs::read(&path).expect("read"), before);
    let found = lessons(&home, "field-notes");
    assert_eq!(found[0]["story"], "Ask once.\n\n\u{2014} chapter Two");
    assert_eq!(found[0]["takeaway"], "try");
    assert_eq!(found[1]["story"], "Later.");
    for (name, why) in [
        ("other", "is not the KoboReader.sqlite of a Kobo"),
        ("views", "is not the KoboReader.sqlite of a Kobo"),
        ("text", "is not the KoboReader.sqlite of a Kobo"),
        ("cut", "is damaged"),
    ] {
        let ran = import(&home, "kobo", &corpus.join(name), &[]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.err);
        assert!(ran.err.contains(why), "{name}: {}", ran.err);
    }
    let ran = import(&home, "kobo", &home.journal(), &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is a journal of dwell"), "{}", ran.err);
}

#[test]
fn an_older_file_takes_nothing_back() {
    let home = Sandbox::new();
    let resized = HIGHLIGHT.replace("172-173", "172-174");
    let older = file(&home, "older.txt", clip(TITLE, &resized, "Ask once, plainly"));
    let newer = [
        clip(TITLE, &resized, "Ask once, plainly"),
        clip(TITLE, HIGHLIGHT, "Ask once"),
        clip(TITLE, NOTE, "on Monday"),
    ];
    let newer = file(&home, "newer.txt", newer.concat());
    assert_eq!(counts(&home, "kindle", &newer, &[]), (1, 2, 0));
    let before = lessons(&home, "field-notes");
    assert_eq!(before[0]["takeaway"], "on Monday");
    assert_eq!(counts(&home, "kindle", &older, &[]), (0, 0, 1));
    assert_eq!(lessons(&home, "field-notes"), before);
}

#[test]
fn two_highlights_for_one_lesson_lose_nothing() {
    let home = Sandbox::new();
    let row = |text: &str| format!("{text},Book,5\n");
    let table = |rows: &[&str]| {
        let rows: String = rows.iter().map(|text| row(text)).collect();
        file(&home, "table.csv", format!("text,book,location\n{rows}"))
    };
    assert_eq!(counts(&home, "csv", &table(&["words"]), &[]), (1, 0, 0));
    let two = table(&["long words", "words here"]);
    assert_eq!(counts(&home, "csv", &two, &["--dry-run"]), (1, 1, 0));
    assert_eq!(counts(&home, "csv", &two, &[]), (1, 1, 0));
    assert_eq!(counts(&home, "csv", &two, &[]), (0, 0, 2));
    assert_eq!(counts(&home, "csv", &table(&["words"]), &[]), (0, 0, 1));
    let stories = stories(&home, "book").join(" ");
    assert!(stories.contains("long words") && stories.contains("words here"), "{stories}");
}

#[test]
fn what_is_said_of_a_book_that_the_file_names_is_not_used_in_silence() {
    let home = Sandbox::new();
    let path = file(&home, "clippings.txt", clip(TITLE, HIGHLIGHT, "Ask once."));
    let ran = import(&home, "kindle", &path, &["--source", "Film", "--year", "2001"]);
    assert_eq!(ran.code, 0);
    let wanted = "clippings.txt names its books; not used for them: --source, --year\n";
    assert!(ran.err.contains(wanted), "{}", ran.err);
    assert_eq!(lessons(&home, "field-notes")[0]["source"]["title"], "Field Notes");
    let sayings = file(&home, "sayings", "One.\n%\nTwo.\n");
    let ran = import(&home, "fortune", &sayings, &["--source", "Film", "--year", "2001"]);
    assert!(!ran.err.contains("not used"), "{}", ran.err);
    assert_eq!(lessons(&home, "film")[0]["source"]["year"], 2001);
    let help = home.ok(&["import", "kindle", "--help"]);
    assert!(help.contains("if the file does not name its book"), "{help}");
}

#[test]
fn all_files_are_read_before_anything_is_stored() {
    let home = Sandbox::new();
    file(&home, "good.csv", "text\ngood\n");
    file(&home, "bad.csv", "text\n\"open\n");
    let ran = home.run(&["import", "csv", "good.csv", "bad.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("bad.csv, line 2") && !ran.err.contains("good.csv"), "{}", ran.err);
    assert!(!home.journal().exists());
}

#[test]
fn a_wrong_or_damaged_file_is_refused_as_a_whole() {
    let home = Sandbox::new();
    for (format, bytes, why) in [
        ("kindle", &b"Dear diary,\ntoday.\n"[..], "is not the My Clippings.txt of a Kindle"),
        ("fortune", b"Dear diary,\ntoday.\n", "is not a fortune file"),
        ("readwise", b"text,book\na,b\n", "is not a CSV file that Readwise exported"),
        ("anki", b"Dear diary,\ntoday.\n", "is not a text file that Anki exported"),
        ("csv", b"a,b\n1,2\n", "which column has the text is not clear"),
        ("kindle", b"", "file is empty"),
        ("kindle", b"\xef\xbb\xbf\r\n \n", "file is empty"),
        ("fortune", b"", "file is empty"),
        ("fortune", b"\n \n", "is not a fortune file"),
        ("csv", br#"{"version": 1, "entries": [{"a": "t", "content": "c"}]}"#, "is not a table"),
        ("csv", b"\x7fELF\x02,text\0\0\n\0", "line 1: it holds a zero byte"),
        ("csv", b"text\ngood\nb\0d\n", "line 3: it holds a zero byte"),
        ("csv", b"text\ngood\ncaf\xe9\n", "line 3: it is not UTF-8 text"),
        ("csv", b"text\ngood\n\"open\n", "it ends before it is whole"),
        ("fortune", b"good\n%\nb\0d\n", "line 3: it holds a zero byte"),
    ] {
        let path = file(&home, "file", bytes);
        let ran = import(&home, format, &path, &[]);
        assert_eq!(ran.code, 2, "{format}: {}", ran.err);
        assert!(ran.err.contains(why), "{format}: {}", ran.err);
        assert!(!home.journal().exists(), "{format}: nothing is begun");
    }
    let long = format!("text\ngood\n{}\n", "x".repeat((1 << 20) + 1));
    let path = file(&home, "long.csv", long);
    let ran = import(&home, "csv", &path, &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--large takes it in all the same"), "{}", ran.err);
    assert!(!home.journal().exists());
    assert_eq!(counts(&home, "csv", &path, &["--large"]), (2, 0, 0));
    for (args, why) in [
        (&["import", "csv", "--columns", "colour=2", "long.csv"][..], "colour=2"),
        (&["import", "csv", "--columns", "text=1,text=2", "long.csv"], "says text twice"),
        (
            &["import", "csv", "--columns=text=1", "--columns=note=2,text=3", "long.csv"],
            "says text twice",
        ),
        (&["import", "kindle", "--columns", "text=2", "x"], "there is no option '--columns'"),
        (&["import", "kindle", "--pick", "x"], "--pick needs a terminal to ask at"),
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(why), "{}", ran.err);
    }
}

#[test]
fn texts_that_break_formats_come_in_as_they_are() {
    let home = Sandbox::new();
    let clippings = (1..).zip(HOSTILE).map(|(number, text)| {
        let label = format!("- Your Highlight Location {number}00-{number}01 | Added on x");
        clip(TITLE, &label, text)
    });
    let path = file(&home, "clippings.txt", clippings.collect::<String>());
    assert_eq!(counts(&home, "kindle", &path, &[]), (8, 0, 0));
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let rows = HOSTILE.map(|text| format!("{},Table\n", quoted(text)));
    let path = file(&home, "table.csv", format!("text,book\n{}", rows.concat()));
    assert_eq!(counts(&home, "csv", &path, &[]), (8, 0, 0));
    let lines = HOSTILE.map(|text| format!("{}\n", serde_json::json!({ "text": text })));
    let path = file(&home, "lines.jsonl", lines.concat());
    assert_eq!(counts(&home, "csv", &path, &[]), (8, 0, 0));
    let rows = HOSTILE.map(|text| format!("{}\tback\n", quoted(text)));
    let path = file(&home, "cards.txt", format!("#html:false\n{}", rows.concat()));
    assert_eq!(counts(&home, "anki", &path, &[]), (8, 0, 0));
    let path = file(&home, "fortunes", HOSTILE.map(|text| format!("{text}\n%\n")).concat());
    assert_eq!(counts(&home, "fortune", &path, &[]), (8, 0, 0));
    for (series, gap) in
        [("field-notes", "\n\n\u{2014} "), ("table", "\0"), ("lines", "\0"), ("fortunes", "\0")]
    {
        let stories = stories(&home, series);
        let found: Vec<&str> =
            stories.iter().map(|story| story.split(gap).next().expect("a text")).collect();
        assert_eq!(found, HOSTILE, "{series}");
    }
    let cards = stories(&home, "cards");
    assert_eq!(cards[6], "<b>tags</b> &amp; gaps");
    assert_eq!(cards[..6], HOSTILE[..6]);
    // What is shown of them a terminal does not obey.
    let shown = home.ok(&["lesson", "list", "--series", "table"]);
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown}");
}

#[test]
fn a_book_without_letters_of_ascii_and_two_of_one_title_have_series_of_their_own() {
    let home = Sandbox::new();
    let clippings = [
        clip("\u{4ed5}\u{4e8b} (\u{8457}\u{8005})", HIGHLIGHT, "\u{8a00}\u{8449}"),
        clip("Notes (Anna)", HIGHLIGHT, "One."),
        clip("Notes (Bela)", HIGHLIGHT, "Two."),
        clip("The Defiant Ones (Somebody)", HIGHLIGHT, "Three."),
    ];
    let path = file(&home, "clippings.txt", clippings.concat());
    assert_eq!(counts(&home, "kindle", &path, &[]), (4, 0, 0));
    assert_eq!(counts(&home, "kindle", &path, &[]), (0, 0, 4));
    for series in ["notes", "notes-bela", "the-defiant-ones-somebody"] {
        assert_eq!(lessons(&home, series).len(), 1, "{series}");
    }
    assert!(home.ok(&["series", "list"]).contains("book-"));
}

/// The fortune files of Debian's package `fortunes`.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs the package fortunes"]
fn a_fortune_file_of_debian_is_taken_in_as_a_whole() {
    let home = Sandbox::new();
    for name in ["literature", "wisdom", "humorists"] {
        let path = Path::new("/usr/share/games/fortunes").join(name);
        let text = fs::read_to_string(&path).expect("the package fortunes is installed");
        let held = text.split("\n%\n").filter(|text| !text.trim_matches(['%', '\n']).is_empty());
        let held = held.count() as u64;
        let (imported, merged, skipped) = counts(&home, "fortune", &path, &[]);
        assert!(held > 100 && skipped == 0, "{name}: {held} {imported} {merged} {skipped}");
        assert_eq!(imported + merged, held, "{name}");
        assert_eq!(counts(&home, "fortune", &path, &[]), (0, 0, held), "{name}");
        let words = |text: &str| -> String {
            let text = text.replace('\u{2014}', "--");
            text.chars().filter(|c| !c.is_whitespace()).collect()
        };
        let texts: std::collections::HashSet<String> = text.split("\n%\n").map(words).collect();
        let last =
            |story: &String| texts.contains(&words(story)) || texts.contains(&(words(story) + "%"));
        let strange: Vec<String> =
            stories(&home, name).into_iter().filter(|story| !last(story)).collect();
        assert!(strange.is_empty(), "{name}: {strange:?}");
    }
}

fn pickable(home: &Sandbox) -> PathBuf {
    let clippings = [
        clip(TITLE, HIGHLIGHT, "Ask once, plainly."),
        clip(TITLE, BETWEEN, "Between."),
        clip(TITLE, LATER, "And then again."),
    ];
    file(home, "clippings.txt", clippings.concat())
}

#[test]
fn a_person_picks_from_a_list_with_a_filter() {
    let mut home = Sandbox::new();
    home.set("DWELL_SCREEN", "page");
    let path = pickable(&home);
    let args = ["import", "kindle", "--pick", path.to_str().expect("UTF-8")];
    let mut pty = Pty::start_sized(&home, &args, 80, 24);
    pty.wait_for_screen("3 highlights");
    pty.send("then");
    pty.wait_for_screen("1 highlight with these words");
    pty.send(" \x1b");
    pty.wait_for_screen("1 of 3 picked");
    pty.wait_for_screen("3 highlights");
    pty.send(" ");
    pty.wait_for_screen("2 of 3 picked");
    pty.send("\r");
    assert_eq!(pty.end(), 0);
    let said = pty.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("imported 2 lessons, 0 merged, 1 skipped (1 not picked)"), "{said}");
    assert_eq!(lessons(&home, "field-notes").len(), 2);
    // Those that are here already are not asked after.
    let mut pty = Pty::start_sized(&home, &args, 80, 24);
    pty.wait_for_screen("1 highlight");
    pty.wait_for_screen("> [ ] Between.");
    pty.send("\x1b");
    assert_eq!(pty.end(), 130);
    assert_eq!(lessons(&home, "field-notes").len(), 2);
}

#[test]
fn in_plain_lines_a_person_picks_by_numbers() {
    let mut home = Sandbox::new();
    home.set("DWELL_SCREEN", "lines");
    let path = pickable(&home);
    let args = ["import", "kindle", "--pick", path.to_str().expect("UTF-8")];
    let mut pty = Pty::start_sized(&home, &args, 80, 24);
    pty.wait_for_screen("3. And then again. (Field Notes)");
    pty.send("9\r");
    pty.wait_for_screen("'9' is neither numbers");
    pty.send("2-3\r");
    assert_eq!(pty.end(), 0);
    assert!(pty.screen().contains("imported 2 lessons"), "{}", pty.screen());
}
