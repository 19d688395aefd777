//! What is left when the program is killed, or the disk fails, at any call that it makes to the
//! system.
//!
//! Each test runs one verb under `strace` again and again, and injects one fault a run: at each
//! kind of call on each file, at the first and the last such call and at some between. After each
//! fault the journal is sound and holds all of the change or nothing of it, what was acknowledged
//! is there, no word is lost, and the next write succeeds.
//!
//! The tests need `strace` and take a minute or two, so `cargo test` leaves them out:
//! `cargo test --test cli faults -- --ignored` runs them, and so does `.ci/run`.

mod oracle;
mod strace;
mod verbs;

use oracle::Expected;
use strace::{Call, Fault};
use verbs::Verb;

/// Of the calls of one kind on one file, at most this many are hit.
const MOST: usize = 4;

/// The same for a run on an empty home, which takes in all lessons and is slow.
const MOST_ON_EMPTY_HOME: usize = 2;

/// Calls that change nothing. A kill at one of them is a kill at the next that does, and a full
/// disk lets them succeed.
const ONLY_READ: [&str; 16] = [
    "access",
    "faccessat2",
    "fcntl",
    "fstat",
    "getcwd",
    "getdents64",
    "ioctl",
    "lseek",
    "newfstatat",
    "poll",
    "pread64",
    "read",
    "readlink",
    "stat",
    "statx",
    "wait4",
];

fn kill_at_each_call(verb: &Verb) {
    let changes = |call: &Call| !ONLY_READ.contains(&call.name.as_str());
    inject(verb, |call| if changes(call) || is_wait(call) { vec![Fault::Kill] } else { vec![] });
}

fn fail_at_each_call(verb: &Verb) {
    inject(verb, |call| match call.name.as_str() {
        // No disk is asked for the end of another program.
        _ if is_wait(call) => vec![],
        name if ONLY_READ.contains(&name) => vec![Fault::Eio],
        _ => vec![Fault::Eio, Fault::Enospc, Fault::EioFromHere],
    });
}

/// While it waits, the editor saves.
fn is_wait(call: &Call) -> bool {
    call.name == "wait4"
}

/// Runs the verb once for each fault at each chosen call, and checks what is left.
fn inject(verb: &Verb, faults: impl Fn(&Call) -> Vec<Fault>) {
    let (calls, expected) = Expected::of(verb);
    let most = if verb.starts_empty() { MOST_ON_EMPTY_HOME } else { MOST };
    let mut found = Vec::new();
    let (mut runs, mut hit) = (0, 0);
    for call in strace::sample(&calls, most) {
        for fault in faults(&call) {
            let home = verb.home();
            let run = strace::run_with_fault(verb, &home, &call, fault);
            runs += 1;
            hit += usize::from(run.was_hit);
            for what in expected.contradictions(verb, &home, &call, &run) {
                found.push(format!("{fault:?} at {call}: {what}\n{}", run.said));
            }
        }
    }
    assert!(found.is_empty(), "{} in {runs} runs:\n{}", found.len(), found.join("\n"));
    // The calls differ a little from run to run.
    assert!(runs >= 10 && hit * 10 > runs * 9, "only {hit} of {runs} runs met their call");
}

macro_rules! tests {
    ($($verb:ident: $killed:ident, $failing:ident;)*) => { $(
        #[test]
        #[ignore = "needs strace; .ci/run runs it"]
        fn $killed() {
            kill_at_each_call(&verbs::$verb());
        }

        #[test]
        #[ignore = "needs strace; .ci/run runs it"]
        fn $failing() {
            fail_at_each_call(&verbs::$verb());
        }
    )* };
}

tests! {
    write_on_an_empty_home: a_killed_first_write_is_whole_or_not_there,
        a_first_write_on_a_failing_disk_loses_no_word;
    today_on_an_empty_home: a_killed_first_day_is_whole_or_not_there,
        a_first_day_on_a_failing_disk_can_be_asked_for_again;
    write: a_killed_write_is_whole_or_not_there, a_write_on_a_failing_disk_loses_no_word;
    write_from_a_pipe: a_killed_write_from_a_pipe_is_whole_or_not_there,
        a_write_from_a_pipe_on_a_failing_disk_loses_no_word;
    edit: a_killed_edit_is_in_the_journal_or_in_its_draft,
        an_edit_on_a_failing_disk_loses_no_word;
    delete: a_killed_delete_deletes_all_or_nothing,
        a_delete_on_a_failing_disk_deletes_all_or_nothing;
    undo: a_killed_undo_undoes_all_or_nothing, an_undo_on_a_failing_disk_undoes_all_or_nothing;
    afterthought: a_killed_afterthought_is_whole_or_not_there,
        an_afterthought_on_a_failing_disk_loses_no_word;
    step_done: a_killed_answer_to_a_step_is_there_or_not,
        an_answer_to_a_step_on_a_failing_disk_is_there_or_not;
    forget: a_killed_forget_erases_all_or_nothing,
        a_forget_on_a_failing_disk_erases_all_or_nothing;
    series_add: a_killed_series_add_adds_all_or_nothing,
        a_series_add_on_a_failing_disk_adds_all_or_nothing;
    config: a_killed_setting_is_the_old_or_the_new_one,
        a_setting_on_a_failing_disk_is_the_old_or_the_new_one;
}
