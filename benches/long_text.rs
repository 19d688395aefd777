//! How much processor time each verb takes on one entry of a megabyte, whatever is in it. Each must
//! stay under two seconds.
//!
//! `cargo bench --bench long_text` prints the slowest verb of each text, and all that are over the
//! bound. `-- KIB` sets the size of the texts in KiB. It reads the times of its children from
//! `/proc` and needs the `timeout` program, so it runs on Linux alone.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

const BOUND: Duration = Duration::from_secs(2);
/// A verb that takes longer than this many seconds is stopped. Its time is then at least this.
const PATIENCE: Duration = Duration::from_secs(30);
/// The day with the text; a week before the day on which the verbs are run.
const DAY: &str = "2026-11-15";
const TODAY: &str = "2026-11-22";

/// Texts that repeat one part. `#` in the first two stands for a number.
const REPEATED: [(&str, &str); 34] = [
    ("distinct tags", "#tag# "),
    ("distinct words", "word# "),
    ("sentences without words", "(! "),
    ("sentences of one word", "Dr. "),
    ("zero-width spaces", "\u{200b}"),
    ("one word", "a"),
    ("empty lines", "\n"),
    ("short lines", "a\n"),
    ("quotation marks", "> "),
    ("items", "- "),
    ("items on lines", "- [ ] a\n"),
    ("combining marks", "\u{301}"),
    ("Chinese", "世界は広い。"),
    ("Thai", "ภาษาไทยง่ายนิดเดียว"),
    ("Khmer", "ខ្ញុំស្រឡាញ់"),
    ("Korean parts", "\u{1100}\u{1161}\u{11a8}"),
    ("Persian", "می\u{200c}خواهم "),
    ("joined emoji", "👩\u{200d}"),
    ("flags", "🇩🇪"),
    ("flags of regions", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"),
    ("tags without a flag", "\u{e0061}"),
    ("variation selectors", "\u{fe0f}"),
    ("controls", "\u{1b}[1A"),
    ("lines of a fence", "```\nlet a = 1;\n"),
    ("runs of backticks", "` `` ``` "),
    ("rows of a table", "| a cell | another |\n"),
    ("an address", "https://example.org/a/"),
    ("addresses", "(see https://example.org/a-b?c=d#e) "),
    ("schemes", "a://"),
    ("comments", "<!-- "),
    ("pictures", "![](a) "),
    ("fields", "---\na: b\n"),
    ("full stops", "."),
    ("brackets", "[("),
];

/// Each verb, with what it reads from standard input.
const VERBS: [(&[&str], &str); 25] = [
    (&["today"], ""),
    (&["show", DAY], ""),
    (&["show", DAY, "--json"], ""),
    (&["edit", DAY], "TEXT and more"),
    (&["show", DAY, "--revisions"], ""),
    (&["show", DAY, "--revisions", "--json"], ""),
    (&["log"], ""),
    (&["log", "--json"], ""),
    (&["log", "--tag", "tag7"], ""),
    (&["review", "--no-input"], ""),
    (&["review", "week", DAY], ""),
    (&["review", "month", DAY], ""),
    (&["review", "year", DAY], ""),
    (&["calendar"], ""),
    (&["stats"], ""),
    (&["search", "a"], ""),
    (&["search", "a", "--json"], ""),
    (&["search", "tag7 OR word7"], ""),
    (&["export", "jsonl"], ""),
    (&["edit", DAY], ""),
    (&["afterthought", DAY], "TEXT"),
    (&["undo"], ""),
    (&["delete", DAY, "--yes"], ""),
    (&["undo"], ""),
    (&["forget", DAY, "--yes"], ""),
];

fn main() {
    let kibibytes = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(1024);
    let mut over = 0;
    for (name, part) in REPEATED {
        over += measure(name, &text(part, kibibytes * 1024));
    }
    println!("{over} over {} s", BOUND.as_secs());
}

/// The part again and again, up to a size, after a letter that makes it a text with words.
fn text(part: &str, size: usize) -> String {
    let mut text = "a".to_owned();
    let mut number = 0;
    while text.len() < size {
        text.push_str(
            &part.replace("g#", &format!("g{number}")).replace("d#", &format!("d{number}")),
        );
        number += 1;
    }
    text
}

/// Runs every verb on a text, prints the slowest one and those over the bound, and returns how many
/// those are.
fn measure(name: &str, text: &str) -> usize {
    let shared = Path::new("/dev/shm");
    let home = if shared.is_dir() { TempDir::new_in(shared) } else { TempDir::new() };
    let home = home.expect("a folder");
    run(&home, DAY, &["write", "-"], text);
    let on_its_day = ("today, on its day".to_owned(), run(&home, DAY, &["today"], ""));
    let mut times = vec![on_its_day];
    for (args, input) in VERBS {
        let input = input.replace("TEXT", text);
        times.push((args.join(" "), run(&home, TODAY, args, &input)));
    }
    let slowest = times.iter().max_by_key(|(_, time)| *time).expect("a verb");
    println!("{name:24} at most {:5.2} s ({})", slowest.1.as_secs_f64(), slowest.0);
    let over = times.iter().filter(|(_, time)| *time > BOUND);
    over.inspect(|(verb, time)| println!("    over: {:5.2} s {verb}", time.as_secs_f64())).count()
}

/// Runs the program on a day and returns the processor time that it took.
fn run(home: &TempDir, day: &str, args: &[&str], input: &str) -> Duration {
    let before = time_of_children();
    let mut command = Command::new("timeout");
    command
        .args(["--signal", "KILL", &PATIENCE.as_secs().to_string(), env!("CARGO_BIN_EXE_dwell")])
        .args(args);
    command.env_clear().env("HOME", home.path()).env("LC_ALL", "C.UTF-8");
    command.env("DWELL_NOW", format!("{day}T09:00:00+00:00")).env("COLUMNS", "80");
    command.env("EDITOR", "true").stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.stderr(Stdio::piped()).spawn().expect("started");
    let mut pipe = child.stdin.take().expect("piped");
    let input = input.to_owned();
    // Written by another thread: the program may write before it has read everything.
    let writer = std::thread::spawn(move || _ = pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("ended");
    writer.join().expect("written");
    match output.status.code() {
        // 1: nothing was found. 2: the editor came back at once.
        Some(0..=2) => time_of_children().saturating_sub(before),
        // It was stopped, so its time was not counted.
        Some(137) | None => PATIENCE,
        Some(code) => panic!("{args:?}: {code}: {}", String::from_utf8_lossy(&output.stderr)),
    }
}

/// The processor time of all children that have ended.
fn time_of_children() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(") ").expect("the name in brackets");
    let ticks = |at: usize| fields.split(' ').nth(at).and_then(|field| field.parse::<u64>().ok());
    // `cutime` and `cstime`, in hundredths of a second.
    Duration::from_millis(10 * (ticks(13).expect("a time") + ticks(14).expect("a time")))
}
