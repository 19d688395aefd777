//! dwell in a pseudo-terminal: keys go in, and a screen of cells comes out.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::Result;
use crate::home::{Home, NOW};

/// How long a text may take to come.
const PATIENCE: Duration = Duration::from_secs(30);
/// A screen on which nothing changes for this long is whole.
const STILL: Duration = Duration::from_millis(400);

pub struct Terminal {
    /// Kept: the terminal closes with it.
    _master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    arriving: Receiver<Vec<u8>>,
    screen: vt100::Parser,
}

impl Terminal {
    /// Starts dwell in a terminal of this many columns and rows.
    pub fn start(home: &Home, arguments: &[&str], size: (u16, u16)) -> Result<Self> {
        let mut command = CommandBuilder::new(home.program);
        command.args(arguments);
        Self::start_in(home, command, size)
    }

    /// Starts a shell in which dwell can be typed.
    pub fn start_shell(home: &Home, size: (u16, u16)) -> Result<Self> {
        Self::start_in(home, CommandBuilder::new("sh"), size)
    }

    fn start_in(
        home: &Home,
        mut command: CommandBuilder,
        (cols, rows): (u16, u16),
    ) -> Result<Self> {
        command.cwd(home.path());
        command.env_clear();
        for (name, value) in home.environment(NOW) {
            command.env(name, value);
        }
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size)?;
        let child = pair.slave.spawn_command(command)?;
        let mut reader = pair.master.try_clone_reader()?;
        let (send, arriving) = channel();
        std::thread::spawn(move || {
            let mut bytes = vec![0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let [rows, cols] = [rows, cols].map(|size| NonZero::new(size).expect("not zero"));
        let keys = pair.master.take_writer()?;
        let screen = vt100::Parser::new(rows, cols, 0);
        Ok(Self { _master: pair.master, keys, child, arriving, screen })
    }

    /// Types keys, and waits until the screen shows a text and changes no more.
    pub fn send(&mut self, keys: &str, text: &str) -> Result<()> {
        self.keys.write_all(keys.as_bytes())?;
        self.keys.flush()?;
        self.wait_for(text)
    }

    /// Waits until the screen shows a text and changes no more.
    pub fn wait_for(&mut self, text: &str) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            match self.arriving.recv_timeout(STILL) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(_) if self.contents().contains(text) => return Ok(()),
                Err(_) => {}
            }
        }
        Err(format!("{text:?} did not come; the screen is:\n{}", self.contents()).into())
    }

    /// What the screen shows now.
    pub fn screen(&self) -> vt100::Screen {
        self.screen.screen().clone()
    }

    fn contents(&self) -> String {
        self.screen.screen().contents()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            // Nothing here is worth saving. If it is gone already, that is as good.
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
