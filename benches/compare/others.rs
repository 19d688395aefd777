//! jrnl, where it is installed, with the same hundred years.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::bench::{Bench, timed};
use crate::cell::Cell;
use crate::journals::prose::RARE;
use crate::journals::{Journal, kept};
use crate::programs::{Home, installed, run};

/// It takes seconds where others take milliseconds, so it runs less often.
const RUNS: usize = 5;

pub fn measure(bench: &mut Bench) {
    let runs = bench.options.runs;
    bench.options.runs = runs.min(RUNS);
    for (work, args, of_jrnl) in [
        ("`dwell show` on 36,500 entries", &["show"][..], ["-n", "1"]),
        ("`dwell search`, a rare word in 36,500 entries", &["search", RARE], ["-contains", RARE]),
    ] {
        let cell = Cell::new("jrnl", work, "jrnl, the same", 0.0).unbounded().shown();
        bench.cell(cell, |bench| {
            let jrnl = jrnl_program().ok_or("jrnl is not installed")?;
            let journal = bench.home.copy(Journal::Century, "read");
            let mut dwell = bench.home.dwell(&journal, 0, args);
            let mut other = jrnl_command(&bench.home, &jrnl, &of_jrnl);
            Ok(bench.in_turn(|_| timed(&mut dwell), |_| timed(&mut other)))
        });
    }
    bench.options.runs = runs;
}

/// jrnl as it is installed, or as `.ci/run` installs it.
fn jrnl_program() -> Option<PathBuf> {
    let of_ci = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target/jrnl/bin/jrnl"));
    installed("jrnl").or_else(|| of_ci.is_file().then_some(of_ci))
}

fn jrnl_command(home: &Home, program: &PathBuf, args: &[&str]) -> Command {
    let century = home.copy(Journal::Century, "read");
    let texts = kept("jrnl", |folder| {
        let file = folder.join("jrnl.txt").display().to_string();
        run(&mut home.dwell(&century, 0, &["export", "jrnl-text", "--output", &file]));
    });
    let settings = home.path().join("jrnl.yaml");
    let journal = texts.join("jrnl.txt");
    let text = format!(
        "colors: {{body: none, date: none, tags: none, title: none}}\ndefault_hour: 9\n\
         default_minute: 0\neditor: ''\nencrypt: false\nhighlight: false\n\
         indent_character: '|'\njournals: {{default: {{journal: {}}}}}\nlinewrap: 79\n\
         tagsymbols: '#@'\ntemplate: false\ntimeformat: '%F %r'\nversion: v4.6\n",
        journal.display()
    );
    fs::write(&settings, text).expect("written");
    let mut command = home.program(program);
    command.arg("--config-file").arg(settings).args(args).env("PYTHONUTF8", "1");
    command
}
