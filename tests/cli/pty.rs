//! The program in a pseudo-terminal, as a person uses it: a test sends keys and checks the screen.
//! It never waits for a fixed time, but for a text, with a deadline.

use std::io::{Read, Write};
use std::num::NonZero;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::sandbox::Sandbox;

/// How long a test waits for a text before it fails. A machine with much else to do is no failure.
pub const TIMEOUT: Duration = Duration::from_mins(1);

/// A terminal with the program in it.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    keys: Sender<Vec<u8>>,
    /// An answer for each of the keys that the terminal took.
    typed: Receiver<()>,
    child: Box<dyn Child + Send + Sync>,
    arriving: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// Everything that ever arrived, with all escape sequences.
    stream: Vec<u8>,
    /// How many bytes of the stream earlier waits have passed.
    passed: usize,
}

impl Pty {
    /// Starts the program in a terminal of 80 columns and 50 lines.
    pub fn start(sandbox: &Sandbox, args: &[&str]) -> Self {
        Self::start_sized(sandbox, args, 80, 50)
    }

    pub fn start_sized(sandbox: &Sandbox, args: &[&str], columns: u16, rows: u16) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dwell"));
        command.args(args);
        command.cwd(sandbox.home());
        Self::spawn(sandbox, command, columns, rows)
    }

    /// Starts a shell command, in which `dwell` is the program, as at a shell's prompt.
    pub fn start_shell(sandbox: &Sandbox, script: &str) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", &format!("dwell() {{ \"$PROGRAM\" \"$@\"; }}; {script}")]);
        command.cwd(sandbox.home());
        Self::spawn(sandbox, command, 80, 50)
    }

    /// Starts another program, such as a shell with its start files.
    pub fn start_program(sandbox: &Sandbox, program: &str, args: &[&str]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(sandbox.home());
        Self::spawn(sandbox, command, 80, 50)
    }

    fn spawn(sandbox: &Sandbox, mut command: CommandBuilder, columns: u16, rows: u16) -> Self {
        command.env_clear();
        // Most scenes are those of plain lines; the scenes of the page set it to `page`.
        command.env("DWELL_SCREEN", "lines");
        for (name, value) in sandbox.environment() {
            command.env(name, value);
        }
        // For the shell: no quotes hold every path that the program may have.
        command.env("PROGRAM", env!("CARGO_BIN_EXE_dwell"));
        let pair = native_pty_system().openpty(size(columns, rows)).expect("a terminal");
        let child = pair.slave.spawn_command(command).expect("started");
        // Now only the child holds the other side, so the stream ends when the child ends.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("readable");
        let (keys, typed) = typist(pair.master.take_writer().expect("writable"));
        let (send, arriving) = channel();
        std::thread::spawn(move || {
            let mut bytes = vec![0; 65536];
            let mut ended = false;
            loop {
                match reader.read(&mut bytes) {
                    Ok(count @ 1..) if send.send(bytes[..count].to_vec()).is_ok() => {}
                    // Linux may say that the other side is closed before it has handed over what
                    // was written just before that. The next read hands it over.
                    Ok(0) | Err(_) if !ended => ended = true,
                    _ => break,
                }
            }
        });
        let [rows, columns] = [rows, columns].map(|size| NonZero::new(size).expect("not zero"));
        Self {
            master: pair.master,
            keys,
            typed,
            child,
            arriving,
            screen: vt100::Parser::new(rows, columns, 2000),
            stream: Vec::new(),
            passed: 0,
        }
    }

    /// Types these keys. Fails if the program reads none for a long time and the terminal is full.
    #[track_caller]
    pub fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    /// Sends bytes, which need not be text: what a terminal sends by itself.
    #[track_caller]
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        self.keys.send(bytes.to_vec()).expect("a terminal");
        let typed = self.typed.recv_timeout(TIMEOUT);
        assert!(typed.is_ok(), "{bytes:?} was not read; the screen is:\n{}", self.screen());
    }

    /// Pastes a text as a terminal with bracketed paste does.
    pub fn paste(&mut self, text: &str) {
        // A terminal sends Enter's code for each line break in what is pasted.
        self.send(&format!("\x1b[200~{}\x1b[201~", text.replace('\n', "\r")));
    }

    /// Waits until a text arrives, after everything that earlier waits have passed, and passes it.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let arrived = &self.stream[self.passed..];
            if let Some(at) = arrived.windows(text.len()).position(|part| part == text.as_bytes()) {
                self.passed += at + text.len();
                return;
            }
            // Only the last bytes can be the beginning of the text.
            self.passed += (arrived.len() + 1).saturating_sub(text.len());
            let came = self.receive(deadline);
            assert!(came, "{text:?} did not come; the screen is:\n{}", self.screen());
        }
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub fn wait_for_screen(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} is not there"), |pty| pty.screen().contains(text));
    }

    /// Waits until the screen does not show a text any more.
    #[track_caller]
    pub fn wait_until_gone(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} is there"), |pty| !pty.screen().contains(text));
    }

    /// Waits until this holds. Fails with what is wrong as long as it does not.
    #[track_caller]
    pub fn wait_until(&mut self, wrong: &str, holds: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + TIMEOUT;
        while !holds(self) {
            let came = self.receive(deadline);
            assert!(came, "{wrong}; the screen is:\n{}", self.screen());
        }
    }

    /// Presses a key repeatedly until the screen shows a text: for a program that may ignore a key.
    #[track_caller]
    pub fn press_until_screen(&mut self, key: &str, text: &str) {
        let deadline = Instant::now() + TIMEOUT;
        while !self.screen().contains(text) {
            let screen = self.screen();
            assert!(Instant::now() < deadline, "{text:?} is not there; the screen is:\n{screen}");
            self.send(key);
            self.receive(Instant::now() + Duration::from_millis(200));
        }
    }

    /// Receives what arrives next; false if nothing does before the deadline.
    fn receive(&mut self, deadline: Instant) -> bool {
        let left = deadline.saturating_duration_since(Instant::now());
        self.arriving.recv_timeout(left).map(|bytes| self.process(&bytes)).is_ok()
    }

    fn process(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.stream.extend_from_slice(bytes);
    }

    /// What the screen shows now, without the blank lines at its end.
    pub fn screen(&self) -> String {
        self.screen.screen().contents().trim_end().to_owned()
    }

    /// Everything that arrived so far.
    pub fn stream(&self) -> String {
        String::from_utf8_lossy(&self.stream).into_owned()
    }

    /// Whether a program has the whole screen, and the lines before it are put aside.
    pub fn in_whole_screen(&self) -> bool {
        self.screen.screen().alternate_screen()
    }

    /// How many lines have left the screen at its top, and can be scrolled back to.
    pub fn lines_scrolled_off(&self) -> usize {
        self.screen.screen().scrollback_len()
    }

    /// The row and the column of the cursor.
    pub fn cursor(&self) -> (u16, u16) {
        self.screen.screen().cursor_position()
    }

    /// What stands in the cell before the cursor.
    pub fn before_cursor(&self) -> String {
        let (row, column) = self.cursor();
        let cell = self.screen.screen().cell(row, column.saturating_sub(1));
        cell.map(|cell| cell.contents().to_owned()).unwrap_or_default()
    }

    pub fn cursor_hidden(&self) -> bool {
        self.screen.screen().hide_cursor()
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.master.resize(size(columns, rows)).expect("resized");
        let [rows, columns] = [rows, columns].map(|size| NonZero::new(size).expect("not zero"));
        self.screen.screen_mut().set_size(rows, columns);
    }

    /// Sends the program a signal: HUP, as a closing terminal does, or KILL, which no program can
    /// catch.
    pub fn signal(&mut self, name: &str) {
        let id = self.child.process_id().expect("running").to_string();
        // The shell's own: a system may have no program of this name.
        let mut kill = Command::new("sh");
        kill.args(["-c", "kill -s \"$1\" \"$2\"", "sh", name, &id]);
        let sent = kill.status().expect("sh");
        assert!(sent.success(), "the program had ended");
    }

    /// Waits for the program to end, processes the rest of its output, and returns its exit code.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.arriving.recv_timeout(left) {
                Ok(bytes) => self.process(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.child.kill();
                    panic!("the program did not end; the screen is:\n{}", self.screen());
                }
            }
        }
        self.child.wait().expect("ended").exit_code()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
        }
    }
}

/// Writes keys to a terminal and answers when it took them. A thread does it, because a terminal
/// whose program reads nothing takes no more, and a test must not wait for it without end.
fn typist(mut terminal: Box<dyn Write + Send>) -> (Sender<Vec<u8>>, Receiver<()>) {
    let (keys, waiting) = channel::<Vec<u8>>();
    let (answer, typed) = channel();
    std::thread::spawn(move || {
        for keys in waiting {
            let written = terminal.write_all(&keys).and_then(|()| terminal.flush());
            if written.is_err() || answer.send(()).is_err() {
                break;
            }
        }
    });
    (keys, typed)
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}
