//! The lines of the comparison as text, and as the table that the README shows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cell::{Figures, Line};

const BEGIN: &str = "<!-- `cargo bench --bench compare -- --write` writes what stands here -->\n";
const END: &str = "<!-- until here -->\n";

/// Says a line as soon as it is known.
pub fn say(line: &Line) {
    println!("{}", text(line));
}

/// Whether a line belongs to a part of what is printed.
type Belongs = fn(&Line) -> bool;

/// Prints all lines again, those over their bound first.
pub fn print(lines: &[Line]) {
    let parts: [(&str, Belongs); 3] = [
        ("over the bound", |line| line.is_met() == Some(false)),
        ("the others", |line| line.is_met() != Some(false) && line.outcome.is_ok()),
        ("left out", |line| line.outcome.is_err()),
    ];
    for (title, belongs) in parts {
        let lines: Vec<_> = lines.iter().filter(|line| belongs(line)).collect();
        println!("\n{title}: {}", lines.len());
        lines.into_iter().for_each(say);
    }
}

fn text(line: &Line) -> String {
    let cell = &line.cell;
    let beside = match line.outcome {
        Ok(Figures::Amount { .. }) => format!(", {}", cell.beside),
        _ => format!(" | {}", cell.beside),
    };
    let name = format!("{}{beside}", cell.work).replace('`', "");
    let figures = match &line.outcome {
        Err(why) => return format!("{name:<100}  left out: {why}"),
        Ok(figures) => figures,
    };
    let bound = cell.bound.map(|bound| format!("at most {bound}")).unwrap_or_default();
    let met = match line.is_met() {
        None => "",
        Some(true) => "met",
        Some(false) => "NOT MET",
    };
    let (dwell, other, ratio) = (figures.of_dwell(), figures.of_other(), figures.ratio());
    format!("{name:<100} {dwell:>10} {other:>10} {ratio:>6}  {bound:<13} {met}")
        .trim_end()
        .to_owned()
}

/// Writes the table into the README, between its two marks.
pub fn write(lines: &[Line], runs: usize) {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).expect("readable");
    let (before, rest) = readme.split_once(BEGIN).expect("the first mark");
    let (_, after) = rest.split_once(END).expect("the last mark");
    let table = table(lines, runs);
    fs::write(&path, format!("{before}{BEGIN}\n{table}\n{END}{after}")).expect("written");
}

fn table(lines: &[Line], runs: usize) -> String {
    let mut table = "| | dwell | beside it | | ratio |\n|---|---|---|---|---|\n".to_owned();
    for line in lines.iter().filter(|line| line.cell.in_readme) {
        let Ok(figures) = &line.outcome else { continue };
        let (work, beside) = (&line.cell.work, &line.cell.beside);
        let (dwell, other, ratio) = (figures.of_dwell(), figures.of_other(), figures.ratio());
        table.push_str(&format!("| {work} | {dwell} | {beside} | {other} | {ratio} |\n"));
    }
    let with = [version("sqlite3"), version("rg")].into_iter().flatten().collect::<Vec<_>>();
    table.push_str(&format!(
        "\nMedians of {runs} runs in turn (of jrnl 5), each a process from its start to its end, on {} {} \
         with {}. [The ratios as a picture](docs/pictures/compare.svg).\n",
        std::env::consts::OS,
        std::env::consts::ARCH,
        with.join(" and "),
    ));
    table
}

/// The name of a program and its version.
fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let number =
        text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let name = if program == "rg" { "ripgrep" } else { program };
    Some(format!("{name} {}", number?))
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
