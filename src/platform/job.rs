//! The job of this process: whether anybody would continue it after a stop.

/// Whether a shell watches over the job of this process, and can continue it after a stop. The
/// shell is of the same session, gave the job a process group of its own, and is the parent of
/// its first process.
pub(super) fn can_be_continued() -> bool {
    this_process().is_some_and(|this| is_watched(&this, other_process))
}

/// The ids that tell who watches over a process; 0 for a process that this one cannot see, such
/// as one outside the container.
#[derive(Debug, PartialEq)]
struct Process {
    parent: i32,
    group: i32,
    session: i32,
}

fn is_watched(this: &Process, other: impl Fn(i32) -> Option<Process>) -> bool {
    let is_watcher = |id| {
        id != 0 && other(id).is_some_and(|of| of.session == this.session && of.group != this.group)
    };
    // The first process of the job may be another one, such as a script in which this is a
    // command.
    let of_first = || other(this.group).map_or(0, |first| first.parent);
    this.session != 0 && this.group != 0 && (is_watcher(this.parent) || is_watcher(of_first()))
}

#[cfg(target_os = "linux")]
fn this_process() -> Option<Process> {
    stat(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

// Not from the system's calls: they answer 0 for an id outside the container, and `rustix` has
// no value for that.
#[cfg(target_os = "linux")]
fn other_process(id: i32) -> Option<Process> {
    stat(&std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?)
}

/// Reads a `stat` file of `/proc`. The name of the program, in brackets, may hold anything.
#[cfg(target_os = "linux")]
fn stat(line: &str) -> Option<Process> {
    let mut after_name = line.rsplit_once(')')?.1.split_whitespace().skip(1);
    let mut next = || after_name.next()?.parse().ok();
    Some(Process { parent: next()?, group: next()?, session: next()? })
}

#[cfg(not(target_os = "linux"))]
fn this_process() -> Option<Process> {
    use rustix::process::{Pid, getpgrp, getppid, getsid};
    Some(Process {
        parent: getppid().map_or(0, Pid::as_raw_pid),
        group: getpgrp().as_raw_pid(),
        session: getsid(None).ok()?.as_raw_pid(),
    })
}

/// Its parent cannot be asked for here, so a job that begins with a script does not stop.
#[cfg(not(target_os = "linux"))]
fn other_process(id: i32) -> Option<Process> {
    use rustix::process::{Pid, getpgid, getsid};
    let id = Pid::from_raw(id)?;
    let group = getpgid(Some(id)).ok()?.as_raw_pid();
    Some(Process { parent: 0, group, session: getsid(Some(id)).ok()?.as_raw_pid() })
}

#[cfg(test)]
mod tests {
    use super::{Process, is_watched};

    const SHELL: Process = Process { parent: 1, group: 10, session: 10 };
    const SCRIPT: Process = Process { parent: 10, group: 20, session: 10 };

    fn other(id: i32) -> Option<Process> {
        match id {
            10 => Some(SHELL),
            20 => Some(SCRIPT),
            // The first process of a terminal, begun by one outside the container.
            30 => Some(Process { parent: 5, group: 30, session: 30 }),
            5 => Some(Process { parent: 0, group: 0, session: 0 }),
            _ => None,
        }
    }

    fn watched(parent: i32, group: i32, session: i32) -> bool {
        is_watched(&Process { parent, group, session }, other)
    }

    #[test]
    fn a_shell_of_the_same_session_watches_over_its_jobs() {
        assert!(watched(10, 21, 10), "a job");
        assert!(watched(20, 20, 10), "a command in a script");
        assert!(!watched(10, 10, 10), "a shell without jobs");
        assert!(!watched(10, 21, 11), "another session");
    }

    #[test]
    fn nobody_outside_the_container_is_taken_for_a_watching_shell() {
        assert!(!watched(30, 30, 30));
        assert!(!watched(5, 40, 0));
        assert!(!watched(0, 0, 0));
        assert!(!watched(0, 40, 10));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_ids_are_read_whatever_the_name_of_the_program_is() {
        let read = super::stat("30 (a) 1 2 (3) S 10 20 10 34816 20 4194304");
        assert_eq!(read, Some(SCRIPT));
        assert_eq!(super::stat("30 (cut"), None);
        assert!(super::this_process().is_some());
    }
}
