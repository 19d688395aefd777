//! How long `dwell browse` takes to its first screen in a journal of a hundred years, beside
//! `dwell log --limit 10` to its end, each as a whole process in a terminal of its own; and how much
//! memory the browser takes after it went to the oldest day and back.
//!
//! `cargo bench --bench browse` prints medians of runs taken in turn. `-- RUNS` sets their number.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

#[expect(dead_code, reason = "the other benches use more of the journals")]
mod journals;

use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use journals::{Journal, LAST_DAY};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use tempfile::TempDir;

fn main() {
    let runs = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(60);
    let home = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a folder");
    let journal = home.path().join("journal.db");
    std::fs::copy(Journal::Century.file(), &journal).expect("copied");
    let journal = journal.to_str().expect("UTF-8");
    let browse = ["--journal", journal, "browse"];
    let log = ["--journal", journal, "log", "--limit", "10", "--no-input"];
    let (mut of_browse, mut of_log) = (Vec::new(), Vec::new());
    for run in 0..runs + 5 {
        let took = [first_screen(home.path(), &browse), whole_run(home.path(), &log)];
        // The first runs warm the caches.
        if run >= 5 {
            of_browse.push(took[0]);
            of_log.push(took[1]);
        }
    }
    let [browse_ms, log_ms] = [of_browse, of_log].map(|times| median(times).as_secs_f64() * 1e3);
    println!("dwell browse to its first screen {browse_ms:6.2} ms");
    println!("dwell log --limit 10 to its end  {log_ms:6.2} ms");
    println!("ratio (wanted: under 1.5)        {:6.2}", browse_ms / log_ms);
    if let Some(memory) = memory(home.path(), &browse) {
        println!("memory at its highest (wanted: under 20 MB) {memory}");
    }
}

/// A program in a terminal of its own.
struct Run {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    reader: Box<dyn Read + Send>,
    writer: Box<dyn Write + Send>,
    read: String,
}

impl Run {
    fn start(home: &Path, args: &[&str]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dwell"));
        command.args(args);
        command.env_clear();
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env("DWELL_NOW", format!("{LAST_DAY}T09:00:00+00:00"));
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let child = pair.slave.spawn_command(command).expect("started");
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().expect("readable");
        let writer = pair.master.take_writer().expect("writable");
        Self { child, reader, writer, read: String::new() }
    }

    /// Reads until this text came, or to the end.
    fn read_until(&mut self, text: &str) {
        let mut bytes = [0; 4_096];
        while !self.read.contains(text) {
            match self.reader.read(&mut bytes) {
                Ok(count @ 1..) => self.read.push_str(&String::from_utf8_lossy(&bytes[..count])),
                _ => return,
            }
        }
        self.read.clear();
    }

    fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("written");
        self.writer.flush().expect("written");
    }

    fn end(mut self) {
        self.read_until("no text is this long");
        self.child.wait().expect("ended");
    }
}

fn first_screen(home: &Path, args: &[&str]) -> Duration {
    let started = Instant::now();
    let mut run = Run::start(home, args);
    // The last line is drawn last.
    run.read_until("leave");
    let took = started.elapsed();
    run.send("q");
    run.end();
    took
}

fn whole_run(home: &Path, args: &[&str]) -> Duration {
    let started = Instant::now();
    Run::start(home, args).end();
    started.elapsed()
}

/// The most memory that the browser ever had, as Linux says it; `None` elsewhere.
fn memory(home: &Path, args: &[&str]) -> Option<String> {
    let mut run = Run::start(home, args);
    run.read_until("leave");
    // Each is shown before the next key: the oldest day, a search for a common word, the calendar.
    for (key, shown) in
        [("G", "2026"), ("g", LAST_DAY), ("/the", "place"), ("\r", "esc"), ("c", "Jan")]
    {
        run.send(key);
        run.read_until(shown);
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", run.child.process_id()?));
    let highest =
        status.ok()?.lines().find_map(|line| line.strip_prefix("VmHWM:").map(str::to_owned));
    run.send("\x04");
    run.end();
    highest.map(|highest| highest.trim().to_owned())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
