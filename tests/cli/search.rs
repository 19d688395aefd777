//! `dwell search`: what a script and a person get, and that nothing that can be typed is an error.

use crate::sandbox::{Run, Sandbox};

/// A home with words on three days, in reflections, a step and an afterthought. No shipped lesson
/// has the words balmy, lighthouse and wombat.
fn lived_in() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.ok(&["write", "A balmy morning. #work", "--next", "call Anna about the lighthouse"]);
    sandbox.set_now("2026-11-23T07:00:00+01:00");
    sandbox.ok(&["write", "Nothing balmy:\n\tGrüße, 世界は広い ❤\u{fe0f} \u{1b}[31mred"]);
    sandbox.set_now("2026-11-24T07:00:00+01:00");
    sandbox.ok(&["today"]);
    sandbox.ok(&["lesson", "love", "today"]);
    sandbox.ok(&["afterthought", "2026-11-22", "The wombat was right."]);
    sandbox
}

fn days(hits: &[serde_json::Value]) -> Vec<&str> {
    hits.iter().map(|hit| hit["day"].as_str().unwrap_or("none")).collect()
}

#[test]
fn a_hit_is_its_entry_with_the_place_and_the_words_around() {
    let sandbox = lived_in();
    let hits = sandbox.json_lines(&["search", "lighthouse"]);
    assert_eq!(hits.len(), 1);
    let mut hit = hits[0].clone();
    assert_eq!(hit["where"], "step");
    assert_eq!(hit["snippet"], "call Anna about the [lighthouse]");
    let keys = hit.as_object_mut().expect("an object");
    keys.remove("where");
    keys.remove("snippet");
    assert_eq!(hit, sandbox.json(&["show", "2026-11-22"]), "all else is the entry");
    for (word, part, snippet) in [
        ("wombat", "afterthought", "The [wombat] was right."),
        ("balmy work", "reflection", "A [balmy] morning. #[work]"),
        ("eggs", "lesson", "[eggs]"),
    ] {
        let hits = sandbox.json_lines(&["search", word]);
        assert_eq!(days(&hits), ["2026-11-22"], "{word}");
        assert_eq!(hits[0]["where"], part, "{word}");
        let shown = hits[0]["snippet"].as_str().expect("text");
        assert!(shown.contains(snippet), "{shown}");
    }
}

#[test]
fn lessons_that_were_not_met_yet_are_found_only_if_they_are_asked_for() {
    let sandbox = lived_in();
    assert_eq!(days(&sandbox.json_lines(&["search", "blinkers", "--lessons"])), ["none"]);
    let ran = sandbox.run(&["search", "blinkers"]);
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert_eq!(
        ran.err,
        "dwell: nothing found for 'blinkers'\n\
         hint: dwell search --lessons also looks in lessons that you have not met yet\n"
    );
    let text = sandbox.ok(&["search", "blinkers", "--lessons", "--limit", "1"]);
    assert!(
        text.starts_with(
            "the-defiant-ones/5  Race with blinkers on, like a horse  (not met yet)\nLesson: "
        ),
        "{text}"
    );
}

#[test]
fn a_search_for_a_tag_alone_names_the_log() {
    let sandbox = lived_in();
    let ran = sandbox.run(&["search", "--tag", "Work", "--since", "-1m", "--loved"]);
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert_eq!(
        ran.err,
        "dwell: there is no word to search for\n\
         hint: dwell log --since -1m --tag work --loved shows these entries\n"
    );
}

#[test]
fn tags_are_listed_the_most_used_first() {
    let mut sandbox = lived_in();
    sandbox.ok(&["write", "again #Work/Project and #İş #home `#code`"]);
    sandbox.set_now("2026-11-25T07:00:00+01:00");
    sandbox.ok(&["write", "#HOME and https://example.org/#top"]);
    let text = sandbox.ok(&["tags"]);
    assert_eq!(
        text,
        "#home          2  2026-11-25 Wed\n\
         #iş            1  2026-11-24 Tue\n\
         #work          1  2026-11-22 Sun\n\
         #work/project  1  2026-11-24 Tue\n"
    );
    let lines = sandbox.json_lines(&["tags"]);
    assert_eq!(lines.len(), 4);
    let first = serde_json::json!({ "tag": "home", "count": 2, "last": "2026-11-25" });
    assert_eq!(lines[0], first);
    assert_eq!(days(&sandbox.json_lines(&["log", "--tag", "work"])), ["2026-11-24", "2026-11-22"]);
    let empty = Sandbox::new();
    empty.ok(&["write", "no tag"]);
    let ran = empty.run(&["tags"]);
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert!(ran.err.starts_with("dwell: there are no tags yet\nhint: "), "{}", ran.err);
}

#[test]
fn a_lesson_is_found_with_the_entry_of_its_latest_serving_or_without_a_day() {
    let sandbox = lived_in();
    let hits = sandbox.json_lines(&["search", "Foghat"]);
    assert_eq!(hits[0]["where"], "lesson");
    assert_eq!(hits[0]["day"], "2026-11-22");
    assert_eq!(hits[0]["reflection"]["text"], "A balmy morning. #work");
    let hits = sandbox.json_lines(&["search", "--lessons", "blinkers"]);
    let hit = hits[0].as_object().expect("an object");
    assert_eq!(hit["lesson"]["title"], "Race with blinkers on, like a horse");
    for key in ["day", "served_at", "reflection", "step"] {
        assert!(hit[key].is_null(), "{key}");
    }
    assert_eq!(hit["afterthoughts"], serde_json::json!([]));
    assert_eq!(hit.len(), 8);
    assert!(hit["snippet"].as_str().expect("text").contains("It wears [blinkers] beside its eyes"));
}

#[test]
fn the_filters_of_the_log_narrow_a_search_down() {
    let sandbox = lived_in();
    for (args, wanted) in [
        (&["balmy"][..], &["2026-11-22", "2026-11-23"][..]),
        (&["balmy", "--oldest-first"], &["2026-11-22", "2026-11-23"]),
        (&["balmy", "--oldest-first", "--limit", "1"], &["2026-11-22"]),
        (&["--since", "2026-11-23", "balmy"], &["2026-11-23"]),
        (&["balmy", "--until", "-2d"], &["2026-11-22"]),
        (&["balmy", "--open-steps"], &["2026-11-22"]),
        (&["balmy", "--tag", "money"], &[]),
        (&["balmy", "--lesson-tag", "envy"], &[]),
        (&["balmy", "--lesson-tag", "error"], &["2026-11-22"]),
        (&["balmy", "--tag", "work", "--lesson-tag", "error"], &["2026-11-22"]),
        (&["the", "--lessons", "--tag", "work"], &["2026-11-22"]),
        (&["balmy", "--loved"], &[]),
        (&["the", "--loved", "--lessons"], &["2026-11-24"]),
        (
            &["the", "--lessons", "--oldest-first", "--series", "the-defiant-ones"],
            &["2026-11-22", "2026-11-23", "2026-11-24", "none", "none"],
        ),
        (&["the", "--lessons", "--until", "today"], &["2026-11-22", "2026-11-23", "2026-11-24"]),
        (&["racehorse", "--reflections"], &[]),
        (&["balmy", "--series", "the-defiant-ones", "-nothing"], &["2026-11-22"]),
    ] {
        let ran = sandbox.run(&[&["search", "--json"], args].concat());
        assert_eq!(ran.code, i32::from(wanted.is_empty()), "{args:?}: {}", ran.err);
        let hits: Vec<serde_json::Value> =
            ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let mut found = days(&hits);
        if !args.contains(&"--oldest-first") {
            found.sort_unstable();
        }
        assert_eq!(found, wanted, "{args:?}");
    }
}

#[test]
fn a_hit_shows_the_day_the_place_and_the_words_that_were_found() {
    let mut sandbox = lived_in();
    sandbox.set("COLUMNS", "40");
    let text = sandbox.ok(&["search", "balmy", "--oldest-first"]);
    assert_eq!(
        text,
        "2026-11-22 Sun  Don't put all your eggs\nin one basket\n\
         Reflection: A [balmy] morning. #work\n\n\
         2026-11-23 Mon  Your background doesn't\nset your level\n\
         Reflection: Nothing [balmy]: Grüße, 世界\nは広い ❤\u{fe0f} ^[[31mred\n"
    );
    let text = sandbox.ok(&["search", "lighthouse balmy wombat"]);
    assert_eq!(
        text,
        "2026-11-22 Sun  Don't put all your eggs\nin one basket\n\
         Reflection: A [balmy] morning. #work\n\
         Next step: call Anna about the\n[lighthouse]\n\
         Afterthought: The [wombat] was right.\n"
    );
    let text = sandbox.ok(&["search", "--lessons", "racehorse", "--limit", "1"]);
    assert_eq!(
        text,
        "the-defiant-ones/5  Race with blinkers\non, like a horse  (not met yet)\n\
         Lesson: ...ball. In the film The Defiant\nOnes he explains it with a [racehorse],\n\
         which is a nervous animal. It wears\nblinkers beside its eyes, because a\n\
         horse...\n"
    );
    let text = sandbox.ok(&["search", "wombat", "--color", "always"]);
    assert!(text.contains("\u{1b}[4mwombat\u{1b}[0m") && !text.contains("[wombat]"), "{text:?}");
    let text = sandbox.ok(&["search", "eggs", "--lessons"]);
    assert!(text.contains("eggs in one basket  (served 2026-11-22\nSun)\n"), "{text}");
}

#[test]
fn nothing_found_and_nothing_to_search_for_are_exit_code_one_with_a_next_step() {
    let sandbox = lived_in();
    for (args, message) in [
        (&["search"][..], "there is no word to search for"),
        (&["search", ""], "there is no word to search for"),
        (&["search", " \n\t", "\u{a0}"], "there is no word to search for"),
        (&["search", "--"], "there is no word to search for"),
        (&["search", "okapi"], "nothing found for 'okapi'"),
        (&["search", "okap*"], "nothing found for 'okap*'"),
        (&["search", "okapi", "zebra"], "nothing found for 'okapi zebra'"),
        (&["search", "balmy", "--since", "today"], "nothing found for 'balmy'"),
        (&["search", "balmy", "--series", "nosuch"], "no series is named 'nosuch'"),
    ] {
        let ran = sandbox.run(args);
        assert_eq!((ran.code, &*ran.out), (1, ""), "{args:?}: {}", ran.err);
        assert!(ran.err.starts_with(&format!("dwell: {message}\nhint: ")), "{args:?}: {}", ran.err);
    }
    let empty = Sandbox::new();
    let ran = empty.run(&["search", "balmy"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(!empty.journal().exists());
}

#[test]
fn options_are_options_and_everything_else_is_words() {
    let sandbox = lived_in();
    assert!(sandbox.ok(&["search", "balmy", "-h"]).contains("Usage: dwell search"));
    assert_eq!(days(&sandbox.json_lines(&["search", "balmy", "-nothing"])), ["2026-11-22"]);
    assert_eq!(days(&sandbox.json_lines(&["search", "-nothing", "balmy", "-q"])), ["2026-11-22"]);
    assert_eq!(days(&sandbox.json_lines(&["--quiet", "search", "-wombat"])), ["2026-11-23"]);
    assert_eq!(sandbox.run(&["search", "--", "balmy", "--json"]).code, 1);
    for wrong in [&["--limit", "0"][..], &["--since", "then"], &["--lessons", "--reflections"]] {
        let ran = sandbox.run(&[&["search", "balmy"], wrong].concat());
        assert_eq!(ran.code, 2, "{wrong:?}: {}", ran.err);
    }
}

/// Inputs that have broken other searches, or might break this one. Each is one argument.
#[rustfmt::skip]
const HOSTILE: [&str; 304] = [
    "\"",
    "\"\"",
    "\"\"\"",
    "\"\"\"\"",
    "\"open",
    "open\"",
    "mid\"dle",
    "\"a\" \"b",
    "\"a\"\"b\"",
    "\"a\"b\"c\"",
    "'",
    "''",
    "'balmy'",
    "don't",
    "`balmy`",
    "“",
    "”",
    "“open",
    "„open",
    "«",
    "»",
    "« »",
    "\"“balmy”\"",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "and",
    "AND AND",
    "balmy AND",
    "AND balmy",
    "balmy OR",
    "OR balmy",
    "balmy NOT",
    "NOT balmy",
    "balmy NOT NOT morning",
    "balmy AND OR NOT morning",
    "NEAR(",
    "NEAR()",
    "NEAR(balmy morning)",
    "NEAR(balmy morning, 5)",
    "NEAR(\"balmy\" \"morning\", -1)",
    "NEAR/5",
    "balmy NEAR/2 morning",
    "title:",
    "title:balmy",
    "title : balmy",
    "body:balmy",
    "lesson:x",
    "rowid:1",
    "rank:1",
    "search:balmy",
    "- title:balmy",
    "-title:balmy",
    "{title body}:balmy",
    "{title body} : balmy",
    "-{title}:balmy",
    "{a b}:",
    "{",
    "}",
    "{}",
    "nosuch:balmy",
    ":",
    "::",
    ":balmy",
    "balmy:",
    "^",
    "^balmy",
    "^ balmy",
    "^^",
    "balmy^2",
    "balmy~",
    "balmy~2",
    "+",
    "+balmy",
    "balmy+morning",
    "balmy + morning",
    "++",
    "(",
    ")",
    "()",
    "(balmy",
    "balmy)",
    "((balmy)",
    ")(",
    "((((((((((((((((((((",
    "))))))))))))))))))))",
    "[",
    "]",
    "[balmy]",
    "[a-z]",
    "*",
    "**",
    "***",
    "* *",
    "*balmy",
    "balmy*",
    "balmy**",
    "qu*et",
    "q*t*",
    "\"*\"",
    "\"balmy\"*",
    "\"balmy\" *",
    "\"balmy*\"",
    "-\"balmy\"*",
    "-*",
    "-**",
    "?",
    "qui?t",
    ".",
    "..",
    ".*",
    ".+",
    "^.*$",
    "\\",
    "\\\\",
    "\\\"",
    "\\*",
    "balmy\\",
    "\\n",
    "\\x00",
    "\\u0000",
    "%",
    "%%",
    "%balmy%",
    "_",
    "_uiet",
    "%s%s%s%n",
    "%d",
    "{0}",
    "{}{}{}",
    "${HOME}",
    "$(id)",
    "`id`",
    "$HOME",
    "~",
    "~root",
    "!",
    "!!",
    "!balmy",
    "&",
    "&&",
    "|",
    "||",
    "|balmy",
    ";",
    "; DROP TABLE search;",
    "'; DROP TABLE search; --",
    "' OR '1'='1",
    "\" OR 1=1 --",
    "balmy' --",
    "balmy/*",
    "*/",
    "/* balmy */",
    "SELECT * FROM search",
    "UNION SELECT 1",
    "NULL",
    "null",
    ":match",
    ":matching",
    "?1",
    "@x",
    "$x",
    "-",
    "--",
    "---",
    "----",
    "-- balmy",
    "- balmy",
    "-balmy",
    "--quiet",
    "---quiet",
    "-balmy -morning",
    "--foo=bar",
    "--json=1",
    "-x",
    "-xyz",
    "-1",
    "-7d",
    "-\"",
    "-\"\"",
    "-\"a",
    "-(",
    "-:",
    "-'",
    "->",
    "-->",
    "<-",
    "=>",
    "=",
    "==",
    "a=b",
    "<",
    ">",
    "<script>alert(1)</script>",
    "&lt;",
    "/",
    "//",
    "../../etc/passwd",
    "/dev/null",
    "C:\\Windows\\System32",
    "\\\\server\\share",
    "file:///etc/passwd",
    "https://example.org/?q=a&b=c#top",
    "user@example.org",
    "#work",
    "#",
    "##",
    "@",
    "a-b",
    "a_b",
    "a.b",
    "C++",
    "C#",
    ".NET",
    "5\"",
    "6'2\"",
    "3.14",
    "1e308",
    "0x1F",
    "007",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "\u{7}",
    "\u{8}balmy",
    "\r",
    "balmy\rmorning",
    "\n",
    "balmy\nmorning",
    "\t",
    "\u{b}\u{c}",
    "\u{1}",
    "\u{2}",
    "\u{3}",
    "\u{1}balmy\u{2}",
    "\"\u{3}\"",
    "\"\u{1}",
    "\u{7f}",
    "\u{80}\u{9b}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{200e}\u{200f}",
    "\u{202e}teiuq",
    "\u{2066}balmy\u{2069}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
    "\u{e000}",
    "\u{fe0f}",
    "\u{301}",
    "\u{301}\u{301}\u{301}",
    "e\u{301}",
    "-\u{301}",
    "\u{e31}",
    "\u{93f}",
    "\u{64b}*",
    "\u{1f3fb}",
    "❤",
    "❤\u{fe0f}",
    "-❤",
    "❤*",
    "\"❤\"*",
    "👩\u{200d}👩\u{200d}👧",
    "🏴\u{e0067}\u{e0062}\u{e007f}",
    "🇩",
    "🇩🇪",
    "1\u{fe0f}\u{20e3}",
    "🅰",
    "Ⓜ\u{fe0f}",
    "①",
    "½",
    "²",
    "שלום",
    "مرحبا",
    "-שלום",
    "\u{5d0}\u{5b0}",
    "世",
    "世界",
    "世*",
    "-世",
    "。",
    "・",
    "「世界」",
    "ﾊﾝ",
    "서울",
    "ไทย",
    "हिन्दी",
    "ß",
    "ẞ",
    "İ",
    "ı",
    "ﬁ",
    "Å",
    "𝕢𝕦𝕚𝕖𝕥",
    "ｑｕｉｅｔ",
    "\u{1e900}",
    "\u{30000}",
    "𒀀",
    "zalgo\u{300}\u{301}\u{302}\u{303}\u{304}",
];

#[test]
fn whatever_is_typed_finds_something_or_nothing() {
    let sandbox = lived_in();
    let mut typed: Vec<String> = HOSTILE.iter().map(ToString::to_string).collect();
    typed.push("wombat ".repeat(17_000));
    typed.push("x".repeat(100_000));
    let words =
        |dash: &str| (0..15_000).map(|n| format!("{dash}w{n}")).collect::<Vec<_>>().join(" ");
    typed.extend([words(""), words("-")]);
    let signs: Vec<_> = ('\u{2190}'..='\u{25ff}').map(String::from).collect();
    typed.push(signs.join(" "));
    typed.push("\"".repeat(100_000));
    typed.push("(".repeat(100_000));
    typed.push("a* ".repeat(30_000));
    typed.push("世".repeat(30_000));
    for text in &typed {
        let start: String = text.chars().take(40).collect();
        check(&sandbox.run(&["search", "--", text]), &start);
        // The same between options, unless the text itself is an option.
        let args: &[&str] = if text == "--quiet" {
            &["search", "--json", "--", text]
        } else {
            &["search", text, "--json", "--oldest-first"]
        };
        let ran = sandbox.run(args);
        check(&ran, &start);
        assert!(ran.out.lines().all(is_object), "{start:?}: {}", ran.out);
    }
}

fn is_object(line: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(line).is_ok_and(|value| value.is_object())
}

#[track_caller]
fn check(ran: &Run, typed: &str) {
    assert!(ran.code == 0 || ran.code == 1, "{typed:?}: {} {}", ran.code, ran.err);
    assert!(!ran.err.contains("panicked"), "{typed:?}: {}", ran.err);
    assert_eq!(ran.out.is_empty(), ran.code == 1, "{typed:?}: {}", ran.err);
}

#[cfg(unix)]
#[test]
fn bytes_that_are_not_utf_8_can_be_searched_for() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = lived_in();
    for bytes in
        [&b"\xff"[..], b"qui\xffet", b"-\xfe", b"--\xc3\x28=1", b"\"\xed\xa0\x80", b"\xf0\x9f*"]
    {
        for more in [&[][..], &["--json"]] {
            let mut command = sandbox.command(&["search"]);
            let output = command.arg(OsStr::from_bytes(bytes)).args(more).output().expect("ran");
            check(&output.into(), &String::from_utf8_lossy(bytes));
        }
    }
}

#[test]
fn words_are_found_however_their_accents_are_written() {
    let home = Sandbox::new();
    // Composed and decomposed accents, in both directions, and no accents.
    home.ok(&["write", "йогурт 한국어 ガラス ἄνθρωπος #cafe\u{301}"]);
    home.ok(&["afterthought", "today", "и\u{306}од שָׁלוֹם مُحَمَّد"]);
    for word in [
        "йогурт",
        "и\u{306}огурт",
        "йод",
        "한국어",
        "국",
        "ガラス",
        "ανθρωπος",
        "άνθρωπος",
        "שלום",
        "محمد",
        "café",
        "cafe\u{301}",
        "CAFE",
    ] {
        assert_eq!(home.run(&["search", "--reflections", word]).code, 0, "{word}");
    }
    // й is a letter of its own.
    assert_eq!(home.run(&["search", "--reflections", "иогурт"]).code, 1);
    let hit = &home.json_lines(&["search", "йогурт"])[0];
    assert!(hit["snippet"].as_str().expect("text").starts_with("[йогурт] 한국어"), "{hit}");
    assert_eq!(home.json(&["show"])["reflection"]["tags"][0], "café");
    assert_eq!(home.run(&["log", "--tag", "cafe\u{301}"]).code, 0);
}
