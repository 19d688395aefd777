//! What was counted, and what was found wrong: the table at the end.

use std::time::Instant;

/// One row: how much of something a part did, and how much of it was wrong.
#[derive(Debug)]
struct Row {
    part: &'static str,
    what: String,
    count: usize,
    wrong: usize,
}

/// The counts of all parts.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Row>,
    examples: Vec<String>,
    began: Instant,
}

/// Of what is wrong in one row, this many are shown.
const EXAMPLES: usize = 12;

impl Table {
    pub fn new() -> Self {
        Self { rows: Vec::new(), examples: Vec::new(), began: Instant::now() }
    }

    /// Adds a row, and says it.
    pub fn row(&mut self, part: &'static str, what: &str, count: usize, wrong: &[String]) {
        let seconds = self.began.elapsed().as_secs();
        eprintln!("{seconds:5} s  {part}: {what}: {count}, wrong {}", wrong.len());
        for what in wrong.iter().take(EXAMPLES) {
            eprintln!("         {what}");
        }
        self.examples.extend(wrong.iter().take(EXAMPLES).cloned());
        self.rows.push(Row { part, what: what.to_owned(), count, wrong: wrong.len() });
    }

    /// A control: what was made wrong on purpose, and how often it was noticed. At least `least` of
    /// it must be.
    pub fn control(
        &mut self,
        part: &'static str,
        what: &str,
        count: usize,
        noticed: usize,
        least: usize,
    ) {
        let short = format!("control: only {noticed} of {count} were noticed: {what}");
        let failed = if noticed < least { vec![short] } else { Vec::new() };
        self.row(part, &format!("control: {what}; noticed {noticed}"), count, &failed);
    }

    /// The sums of the parts as a table of Markdown, in this order. The rows of a part that did not
    /// run are those of the table before.
    pub fn markdown(&self, before: &str, order: &[&str]) -> String {
        let mut text = "| part | what | count | wrong |\n|---|---|---|---|\n".to_owned();
        for part in order {
            if self.parts().contains(part) {
                text += &self.lines(part);
            } else {
                let begin = format!("| `{part}` |");
                let lines = before.lines().filter(|line| line.starts_with(&begin));
                text.extend(lines.flat_map(|line| [line, "\n"]));
            }
        }
        text
    }

    /// The lines of a part in the table of Markdown.
    fn lines(&self, part: &str) -> String {
        let mut text = String::new();
        let rows: Vec<&Row> = self.rows.iter().filter(|row| row.part == part).collect();
        let (controls, others): (Vec<&Row>, Vec<&Row>) =
            rows.into_iter().partition(|row| row.what.starts_with("control"));
        let line = |what: &str, count: usize, wrong: usize| {
            format!("| `{part}` | {what} | {count} | {wrong} |\n")
        };
        if part == "random" {
            // Its rows are of the same runs.
            text.extend(others.iter().map(|row| line(&row.what, row.count, row.wrong)));
        } else {
            let count = others.iter().map(|row| row.count).sum();
            let wrong = others.iter().map(|row| row.wrong).sum();
            text += &line(what_is_counted(part), count, wrong);
        }
        let noticed = controls.iter().filter(|row| row.wrong == 0).count();
        if !controls.is_empty() {
            let what = "controls: made wrong on purpose, and noticed";
            text += &line(what, noticed, controls.len() - noticed);
        }
        text
    }

    fn parts(&self) -> Vec<&'static str> {
        let mut parts: Vec<&str> = self.rows.iter().map(|row| row.part).collect();
        parts.dedup();
        parts
    }

    /// Prints all rows, the sums of parts included. True if nothing was wrong.
    pub fn print(&self) -> bool {
        println!("\n{:<10} {:<66} {:>8} {:>6}", "part", "what", "count", "wrong");
        for Row { part, what, count, wrong } in &self.rows {
            println!("{part:<10} {what:<66} {count:>8} {wrong:>6}");
        }
        // The rows of this part are of the same runs.
        for part in self.parts().into_iter().filter(|part| *part != "random") {
            let rows = self.rows.iter().filter(|row| row.part == part);
            let rows: Vec<&Row> = rows.filter(|row| !row.what.starts_with("control")).collect();
            let count: usize = rows.iter().map(|row| row.count).sum();
            let wrong: usize = rows.iter().map(|row| row.wrong).sum();
            println!("{part:<10} {:<66} {count:>8} {wrong:>6}", "all, without the controls");
        }
        println!("in {} s", self.began.elapsed().as_secs());
        for example in &self.examples {
            println!("WRONG: {example}");
        }
        self.rows.iter().all(|row| row.wrong == 0)
    }
}

/// What the sum of a part counts.
fn what_is_counted(part: &str) -> &'static str {
    match part {
        "kill" => "kills, each at another call that changes something",
        "errors" => {
            "errors of the disk and full disks, once and from then on, at each kind of call on each file"
        }
        "full" => "runs without room, in read-only folders, with limits and full outputs",
        "vfs" => "calls of SQLite that failed, once and from then on",
        "powercut" => "different states of the disk after a power cut",
        "damage" => "damaged, foreign and older files",
        "forms" => "kills and errors while an older form is brought over",
        "locked" => "kills and errors of a locked journal, of lock, unlock and passphrase",
        _ => "cases",
    }
}
