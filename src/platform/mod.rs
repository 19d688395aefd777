//! Everything that differs between operating systems: files and folders, the modes of the terminal,
//! and signals. The rest of the program is the same on all of them.

mod files;
#[cfg(unix)]
mod job;
mod leftovers;
mod links;
mod owner;
mod passing;
mod place;
mod signals;

use std::fs::File;
#[cfg(unix)]
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

pub use files::{
    TooLarge, create_private_file, create_private_folder, files_in, is_not_a_file, open_file,
    open_file_or_pipe, open_own_file, read_text, sync_folder,
};
pub use leftovers::{
    create_passing_file, create_unfinished_file, is_left_behind, is_unheld, remove_leftovers,
    remove_second_names,
};
pub use links::{beside, end_of_links, is_circle_of_links};
pub use owner::{
    close_to_others, concerns_superuser, have_one_owner, identity, is_open_to_others, is_own,
    is_writable_by_others, names, require_writable_folder, user_number,
};
pub use passing::{PassingFolder, copy_privately};
pub use place::{Place, is_unplaced, put_in_place, remove_unplaced};
pub use signals::{Signal, SignalsHeld, Wake, end_by, suspend, wait_for_input};

/// Whether the programs that are started from now on also hold this file, and so its lock. Without
/// effect if the system refuses.
pub fn share_with_children(file: &File, shared: bool) {
    #[cfg(unix)]
    {
        use rustix::io::{FdFlags, fcntl_setfd};
        let _ = fcntl_setfd(file, if shared { FdFlags::empty() } else { FdFlags::CLOEXEC });
    }
    #[cfg(not(unix))]
    let _ = (file, shared);
}

/// Whether Ctrl-C was pressed since the last call, while [`RawMode`] caught it.
pub fn take_interrupt() -> bool {
    interrupts().came.swap(false, Ordering::SeqCst)
}

struct Interrupts {
    /// A signal came since the last [`take_interrupt`].
    came: Arc<AtomicBool>,
    /// Nothing catches the signals, so a signal ends the process.
    end_process: Arc<AtomicBool>,
}

fn interrupts() -> &'static Interrupts {
    static INTERRUPTS: OnceLock<Interrupts> = OnceLock::new();
    INTERRUPTS.get_or_init(|| {
        use signal_hook::{consts, flag};
        let came = Arc::new(AtomicBool::new(false));
        let end_process = Arc::new(AtomicBool::new(true));
        let catch = |signal| {
            // If this fails, the signal ends the process at once. Nothing that is saved is lost.
            let _ = flag::register_conditional_default(signal, Arc::clone(&end_process));
            let _ = flag::register(signal, Arc::clone(&came));
        };
        catch(consts::SIGINT);
        #[cfg(unix)]
        catch(consts::SIGQUIT);
        Interrupts { came, end_process }
    })
}

/// While this is held, the terminal is in raw mode and Ctrl-C does not end the process. So a prompt
/// can end in its own way: it says where the words are and shows the cursor again. A typed key is
/// not shown, and Ctrl-C is read as a key. Child processes do not inherit this.
#[derive(Debug)]
pub struct RawMode {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl RawMode {
    /// Whether the terminal showed what is typed before this was held.
    pub fn echoed_before(&self) -> bool {
        #[cfg(unix)]
        {
            use rustix::termios::LocalModes;
            let before = self.before.as_ref();
            before.is_none_or(|modes| modes.local_modes.contains(LocalModes::ECHO))
        }
        #[cfg(not(unix))]
        true
    }

    pub fn hold() -> Self {
        interrupts().end_process.store(false, Ordering::SeqCst);
        #[cfg(unix)]
        {
            use rustix::termios::{InputModes, LocalModes, OptionalActions, tcgetattr, tcsetattr};
            let before = tcgetattr(io::stdin()).ok();
            if let Some(mut modes) = before.clone() {
                modes.local_modes -=
                    LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG | LocalModes::IEXTEN;
                // Ctrl-S and Ctrl-Q are keys too, and Enter is told from a line feed.
                modes.input_modes -= InputModes::IXON | InputModes::ICRNL;
                // If this fails, the terminal keeps its mode.
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
            }
            Self { before }
        }
        #[cfg(not(unix))]
        Self {}
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        interrupts().end_process.store(true, Ordering::SeqCst);
        #[cfg(unix)]
        if let Some(before) = &self.before {
            use rustix::termios::{OptionalActions, tcsetattr};
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, before);
        }
    }
}

/// While this is held, Ctrl-C and Ctrl-\\ do not end this process. They are for a child process
/// that uses the terminal: it may use them as keys, and must restore the terminal itself. The child
/// does not inherit this.
#[derive(Debug)]
pub struct InterruptsIgnored(());

impl InterruptsIgnored {
    pub fn hold() -> Self {
        interrupts().end_process.store(false, Ordering::SeqCst);
        Self(())
    }
}

impl Drop for InterruptsIgnored {
    fn drop(&mut self) {
        interrupts().end_process.store(true, Ordering::SeqCst);
    }
}

/// Makes a write over the limit on file sizes fail instead of ending the process, so that the
/// failure can be reported and the words saved as a draft.
pub fn survive_file_size_limit() {
    #[cfg(unix)]
    {
        static DONE: OnceLock<()> = OnceLock::new();
        DONE.get_or_init(|| {
            let flag = Arc::new(AtomicBool::new(false));
            // SIGXFSZ is 25 on Linux and macOS; signal-hook has no name for it.
            let _ = signal_hook::flag::register(25, flag);
        });
    }
}

/// Whether standard output is a pipe, which another process reads.
pub fn output_is_pipe() -> bool {
    #[cfg(unix)]
    {
        use rustix::fs::{FileType, fstat};
        let stat = fstat(io::stdout());
        stat.is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Fifo)
    }
    #[cfg(not(unix))]
    false
}

/// The process that started this one, and the leader of its process group; `None` where the system
/// does not say.
pub fn parent_and_leader() -> Option<[u32; 2]> {
    #[cfg(unix)]
    {
        let leader = rustix::process::getpgrp().as_raw_nonzero().get();
        Some([std::os::unix::process::parent_id(), u32::try_from(leader).ok()?])
    }
    #[cfg(not(unix))]
    None
}

/// A shell that runs a command with the arguments that are added; `None` where there is no such
/// shell.
pub fn shell(text: &str) -> Option<std::process::Command> {
    #[cfg(unix)]
    {
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &format!("{text} \"$@\""), text]);
        Some(shell)
    }
    #[cfg(not(unix))]
    {
        let _ = text;
        None
    }
}

/// Whether a program has taken the terminal for itself: it reads keys and not lines, as an editor
/// in a terminal does.
pub fn terminal_is_taken() -> bool {
    #[cfg(unix)]
    {
        use rustix::termios::{LocalModes, tcgetattr};
        tcgetattr(io::stdin()).is_ok_and(|modes| !modes.local_modes.contains(LocalModes::ICANON))
    }
    #[cfg(not(unix))]
    false
}
