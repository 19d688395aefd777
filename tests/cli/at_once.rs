//! Many processes at once, and processes that are killed: no two lessons are served for one day,
//! and no word is lost.

use std::io::Read;
use std::process::Child;

use crate::sandbox::Sandbox;

fn end_all(children: Vec<Child>) -> Vec<String> {
    let mut outputs = Vec::new();
    for child in children {
        let output = child.wait_with_output().expect("ended");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{told}");
        outputs.push(String::from_utf8(output.stdout).expect("UTF-8"));
    }
    outputs
}

#[test]
fn twenty_first_runs_at_once_serve_one_lesson() {
    let sandbox = Sandbox::new();
    let start = |_| sandbox.command(&["today", "--json"]).spawn().expect("started");
    let mut shown = end_all((0..20).map(start).collect());
    shown.dedup();
    assert_eq!(shown.len(), 1, "{shown:?}");
    let folder = sandbox.journal().parent().expect("a folder").to_owned();
    assert_eq!(std::fs::read_dir(folder).expect("listed").count(), 1);
    assert_eq!(sandbox.json_lines(&["log"]).len(), 1);
}

#[test]
fn twenty_writes_at_once_on_an_empty_home_keep_twenty_texts() {
    let sandbox = Sandbox::new();
    let texts: Vec<String> = (0..20).map(|number| format!("text number {number}.")).collect();
    let start = |text: &String| sandbox.command(&["write", text]).spawn().expect("started");
    end_all(texts.iter().map(start).collect());
    let entry = sandbox.json(&["show"]);
    let whole = entry["reflection"]["text"].as_str().expect("words");
    let mut kept: Vec<&str> = whole.split("\n\n").collect();
    kept.sort_unstable();
    let mut wanted: Vec<&str> = texts.iter().map(String::as_str).collect();
    wanted.sort_unstable();
    assert_eq!(kept, wanted);
    assert_eq!(entry["reflection"]["revisions"], 20);
}

#[test]
fn a_pager_left_open_holds_up_no_writer() {
    let sandbox = Sandbox::new();
    for day in 1..=28 {
        sandbox.ok(&["write", "--day", &format!("2026-10-{day:02}"), &"word ".repeat(2000)]);
    }
    let mut log = sandbox.command(&["log"]).spawn().expect("started");
    // The command has begun, and stops in the middle of its output because nobody reads on.
    let mut first = [0];
    log.stdout.as_mut().expect("piped").read_exact(&mut first).expect("begun");
    let ran = sandbox.run(&["write", "meanwhile"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    log.kill().expect("killed");
    log.wait().expect("ended");
}

#[cfg(unix)]
#[test]
fn a_write_that_is_killed_anywhere_was_saved_whole_or_not_at_all() {
    use std::os::unix::process::ExitStatusExt;
    let sandbox = Sandbox::new();
    sandbox.ok(&["today"]);
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..60u64 {
        let text = format!("round {round}");
        let mut child = sandbox.command(&["write", &text]).spawn().expect("started");
        std::thread::sleep(std::time::Duration::from_micros(round * 250));
        let _ = child.kill();
        let output = child.wait_with_output().expect("ended");
        if output.status.signal().is_none() || !output.stderr.is_empty() {
            acknowledged.push(text);
        }
    }
    let entry = sandbox.json(&["show"]);
    let kept = entry["reflection"]["text"].as_str().unwrap_or_default().to_owned();
    let kept: Vec<&str> = kept.split("\n\n").filter(|text| !text.is_empty()).collect();
    for text in &acknowledged {
        assert!(kept.contains(&text.as_str()), "{text} was acknowledged and is gone");
    }
    assert!(kept.iter().all(|text| text.starts_with("round ")), "{kept:?}");
}

#[test]
fn a_shell_that_starts_while_the_journal_is_locked_does_not_wait_and_is_told_nothing() {
    let mut home = Sandbox::new();
    home.ok(&["write", "words"]);
    home.set_now("2026-11-23T07:00:00+01:00");
    let other = rusqlite::Connection::open(home.journal()).expect("opened");
    other.execute_batch("BEGIN EXCLUSIVE").expect("locked");
    let began = std::time::Instant::now();
    let ran = home.run(&["today", "--if-new"]);
    // Every other command waits five seconds.
    assert!(began.elapsed().as_secs() < 4, "{:?}", began.elapsed());
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    other.execute_batch("ROLLBACK").expect("unlocked");
    assert!(home.ok(&["today", "--if-new"]).contains("Monday 23 November"));
    assert_eq!(home.ok(&["today", "--if-new"]), "");
}
