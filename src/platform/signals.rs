//! The signals that a program at a terminal must answer, and the words that are typed there, both
//! waited for at once.

use std::io;
use std::time::Duration;

/// What a wait at the terminal ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// The number of bytes that were read; never 0.
    Bytes(usize),
    Signal(Signal),
    /// Nothing came within the time.
    TimeOut,
}

/// A signal that came while [`SignalsHeld`] held it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// The window has another size.
    Resize,
    /// The process goes on after it was stopped. Another program may have changed the modes of the
    /// terminal meanwhile.
    Resume,
    /// The process is to stop, as after Ctrl-Z.
    Suspend,
    /// The process is to end: the number of the signal. [`end_by`] ends it in the usual way.
    End(i32),
}

/// While this is held, the signals that end or stop a process are only noted, for
/// [`wait_for_input`]. Child processes do not inherit this.
#[derive(Debug)]
pub struct SignalsHeld(());

#[cfg(unix)]
mod unix {
    use std::io::{self, Read};
    use std::os::unix::net::UnixStream;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, OnceLock};
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::{flag, low_level};

    use super::{Signal, SignalsHeld, Wake};
    use crate::platform::job;

    /// In the order of their weight: the end of the process comes before all else.
    const SIGNALS: [i32; 7] = [SIGHUP, SIGTERM, SIGQUIT, SIGINT, SIGTSTP, SIGCONT, SIGWINCH];

    struct Signals {
        /// For each of [`SIGNALS`]: it came and was not told of yet.
        came: [Arc<AtomicBool>; SIGNALS.len()],
        /// Nobody holds the signals back, so each does what it does by default.
        default: Arc<AtomicBool>,
        /// The same for the signal to stop alone.
        stop: Arc<AtomicBool>,
        /// Has a byte for each signal that came, so that a wait never misses one.
        bell: UnixStream,
    }

    static SET: OnceLock<io::Result<Signals>> = OnceLock::new();

    fn signals() -> io::Result<&'static Signals> {
        let set = SET.get_or_init(|| {
            let (bell, ring) = UnixStream::pair()?;
            bell.set_nonblocking(true)?;
            let default = Arc::new(AtomicBool::new(true));
            let stop = Arc::new(AtomicBool::new(true));
            let mut came = Vec::new();
            for signal in SIGNALS {
                // The bell rings last, when the flag is set.
                if signal != SIGINT && signal != SIGQUIT {
                    let by_default = if signal == SIGTSTP { &stop } else { &default };
                    flag::register_conditional_default(signal, Arc::clone(by_default))?;
                }
                let flag = Arc::new(AtomicBool::new(false));
                flag::register(signal, Arc::clone(&flag))?;
                low_level::pipe::register(signal, ring.try_clone()?)?;
                came.push(flag);
            }
            let came = came.try_into().map_err(|_| io::ErrorKind::Other)?;
            Ok(Signals { came, default, stop, bell })
        });
        set.as_ref().map_err(|error| error.kind().into())
    }

    impl Signals {
        fn answer_by_default(&self, whether: bool) {
            self.default.store(whether, Ordering::SeqCst);
            self.stop.store(whether, Ordering::SeqCst);
        }

        /// Whether this signal came and was not told of yet. From now on it was told of.
        fn take_one(&self, signal: i32) -> bool {
            let place = SIGNALS.iter().position(|one| *one == signal);
            place.is_some_and(|place| self.came[place].swap(false, Ordering::SeqCst))
        }

        /// The weightiest signal that came since the last call.
        fn take(&self) -> Option<Signal> {
            let came = SIGNALS.iter().zip(&self.came);
            let mut came = came.filter(|(_, flag)| flag.swap(false, Ordering::SeqCst));
            let (signal, _) = came.next()?;
            Some(match *signal {
                SIGWINCH => Signal::Resize,
                SIGCONT => Signal::Resume,
                SIGTSTP => Signal::Suspend,
                end => Signal::End(end),
            })
        }
    }

    impl SignalsHeld {
        pub(super) fn begin() -> io::Result<Self> {
            let is_first = SET.get().is_none();
            let signals = signals()?;
            signals.answer_by_default(false);
            // What came before, such as Ctrl-C in an editor, is not for the one who holds them now.
            // The first time nothing can have come before: what did is meant for this.
            while !is_first && signals.take().is_some() {}
            Ok(Self(()))
        }
    }

    impl Drop for SignalsHeld {
        fn drop(&mut self) {
            if let Ok(signals) = signals() {
                signals.answer_by_default(true);
            }
        }
    }

    pub(super) fn wait(bytes: &mut [u8], within: Option<Duration>) -> io::Result<Wake> {
        let signals = signals()?;
        let input = io::stdin();
        let within = within.map(|time| Timespec {
            tv_sec: time.as_secs().try_into().unwrap_or(i64::MAX),
            tv_nsec: time.subsec_nanos().into(),
        });
        loop {
            let mut fds =
                [PollFd::new(&input, PollFlags::IN), PollFd::new(&signals.bell, PollFlags::IN)];
            let ready = poll(&mut fds, within.as_ref());
            let (typed, rung) = (!fds[0].revents().is_empty(), !fds[1].revents().is_empty());
            if rung {
                // Emptied before the flags are looked at, so that no signal is missed.
                while (&signals.bell).read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
            }
            if let Some(signal) = signals.take() {
                return Ok(Wake::Signal(signal));
            }
            match ready {
                Ok(0) => return Ok(Wake::TimeOut),
                Ok(_) if typed => {}
                Ok(_) | Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            match rustix::io::read(&input, &mut *bytes) {
                // The terminal is gone.
                Ok(0) | Err(Errno::IO) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => return Ok(Wake::Bytes(count)),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    pub(super) fn suspend() {
        let Ok(signals) = signals() else { return };
        if !job::can_be_continued() {
            return;
        }
        // The whole job stops, as after Ctrl-Z in any other program. This process is the last: the
        // shell may continue the job as soon as the others have stopped, and one that stopped only
        // then would stay so.
        signals.stop.store(false, Ordering::SeqCst);
        signals.take_one(SIGCONT);
        let _ = rustix::process::kill_current_process_group(rustix::process::Signal::TSTP);
        if !signals.take_one(SIGCONT) {
            let _ = low_level::emulate_default_handler(SIGTSTP);
        }
        signals.take_one(SIGTSTP);
        signals.stop.store(true, Ordering::SeqCst);
    }
}

impl SignalsHeld {
    /// Errors if the system does not let the process answer signals.
    pub fn hold() -> io::Result<Self> {
        #[cfg(unix)]
        return Self::begin();
        #[cfg(not(unix))]
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Waits for typed bytes or a signal, at most this long if a time is given. Call it while
/// [`SignalsHeld`] and [`RawMode`](crate::platform::RawMode) are held.
///
/// Errors with `UnexpectedEof` if the terminal is gone, and with `Unsupported` where single keys
/// cannot be read.
pub fn wait_for_input(bytes: &mut [u8], within: Option<Duration>) -> io::Result<Wake> {
    #[cfg(unix)]
    return unix::wait(bytes, within);
    #[cfg(not(unix))]
    {
        let _ = (bytes, within);
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Stops the process, as Ctrl-Z does, and returns when it goes on. Without effect where nobody
/// could continue it. Call it while nothing is held.
pub fn suspend() {
    #[cfg(unix)]
    unix::suspend();
}

/// Ends the process as this signal does by default, so that its parent is told of the signal.
pub fn end_by(signal: i32) {
    #[cfg(unix)]
    let _ = signal_hook::low_level::emulate_default_handler(signal);
    #[cfg(not(unix))]
    let _ = signal;
}
