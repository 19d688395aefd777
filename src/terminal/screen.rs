//! The whole screen, as an editor takes it: drawn with ratatui, and given back as it was found.
//!
//! Whatever ends the process gives the terminal back: leaving, a failure, a panic, or a signal that
//! whoever waits here is told of.

use std::io::{self, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ratatui_core::buffer::{Buffer, Cell, CellDiffOption};
use ratatui_core::terminal::{Frame, Terminal as Drawing};
use ratatui_crossterm::CrosstermBackend;
use ratatui_crossterm::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui_crossterm::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use ratatui_crossterm::crossterm::{cursor, execute};

use crate::platform::{self, RawMode, Signal, SignalsHeld};
use crate::terminal::Terminal;
use crate::terminal::input::{Input, Reader, Received};

/// The screen while a page has it. Dropping it gives the terminal back.
pub struct Screen {
    drawing: Drawing<CrosstermBackend<Stdout>>,
    /// That of the terminal, while this has the screen.
    reader: Reader,
    /// The rows of the last frame that are uneven, with their text; see [`draw_uneven`].
    uneven: Vec<Option<String>>,
    /// `None` while another program has the terminal.
    held: Option<Held>,
}

/// What is held while a page has the screen.
#[derive(Debug)]
struct Held {
    _raw_mode: RawMode,
    _signals: SignalsHeld,
}

/// What a page is told.
#[derive(Debug, PartialEq, Eq)]
pub enum Happening {
    /// What was typed, in order; it may be nothing.
    Typed(Vec<Input>),
    /// The window changed: draw again.
    Redraw,
    /// The process is to stop, as after Ctrl-Z: call [`Screen::suspend`].
    Suspend,
    /// The process must end by this signal: keep what is not saved, leave, and end.
    End(i32),
    /// Nothing came within the time.
    TimeOut,
}

impl std::fmt::Debug for Screen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Screen").finish_non_exhaustive()
    }
}

impl Terminal {
    /// Takes the whole screen, until [`Screen::leave`]. Errors if the terminal cannot be used so.
    pub fn open_screen(&mut self) -> io::Result<Screen> {
        self.flush()?;
        let held = Held::take()?;
        let drawing = Drawing::new(CrosstermBackend::new(io::stdout()))?;
        let reader = std::mem::take(&mut self.reader);
        Ok(Screen { drawing, reader, uneven: Vec::new(), held: Some(held) })
    }
}

impl Held {
    fn take() -> io::Result<Self> {
        let signals = SignalsHeld::hold()?;
        let raw_mode = RawMode::hold();
        give_back_after_a_panic();
        let held = Self { _raw_mode: raw_mode, _signals: signals };
        IS_TAKEN.store(true, Ordering::SeqCst);
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        Ok(held)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // If it cannot be written, the terminal is gone.
        let _ = give_back();
    }
}

/// Whether a page has the screen now.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// Gives the screen back, once: to leave the alternate screen a second time would move the cursor
/// to where it was before, over what was written since.
fn give_back() -> io::Result<()> {
    if !IS_TAKEN.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show)?;
    io::stdout().flush()
}

/// The message of a panic must stand on the normal screen, so this comes before the usual hook. The
/// modes come back when the stack is unwound.
fn give_back_after_a_panic() {
    static DONE: std::sync::Once = std::sync::Once::new();
    DONE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let _ = give_back();
            before(panic);
        }));
    });
}

/// Has each row drawn as a whole that changed and is uneven, or was: some letter in it has several
/// characters. Terminals count the columns of such a letter in their own ways, so a part of it
/// would stay where it is only drawn over. Returns the text of the rows that are uneven now.
fn draw_uneven(buffer: &mut Buffer, before: &[Option<String>]) -> Vec<Option<String>> {
    let width = usize::from(buffer.area.width).max(1);
    let rows = buffer.content.chunks_mut(width).enumerate();
    let rows = rows.map(|(y, row)| {
        let is_uneven = row.iter().any(|cell| cell.symbol().chars().nth(1).is_some());
        let text: Option<String> = is_uneven.then(|| row.iter().map(Cell::symbol).collect());
        if text.as_ref() != before.get(y).and_then(Option::as_ref) {
            for cell in row {
                cell.set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
        text
    });
    rows.collect()
}

impl Screen {
    /// Draws one frame.
    ///
    /// Errors if it cannot be written.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        let uneven = &mut self.uneven;
        let drawn = self.drawing.draw(|frame| {
            draw(frame);
            *uneven = draw_uneven(frame.buffer_mut(), uneven);
        });
        drawn.map(drop)
    }

    /// Waits for what happens next, at most this long if a time is given.
    ///
    /// Errors with `UnexpectedEof` if the terminal is gone.
    pub fn wait(&mut self, within: Option<Duration>) -> io::Result<Happening> {
        Ok(match self.reader.read(within)? {
            Received::Inputs(inputs) => Happening::Typed(inputs),
            Received::TimeOut => Happening::TimeOut,
            Received::Signal(Signal::Resize) => {
                // A window that has its old size again may have lost cells meanwhile.
                self.draw_all_anew()?;
                Happening::Redraw
            }
            Received::Signal(Signal::End(signal)) => Happening::End(signal),
            Received::Signal(Signal::Suspend) => Happening::Suspend,
            Received::Signal(Signal::Resume) => {
                self.held = None;
                self.take_again()?;
                Happening::Redraw
            }
        })
    }

    /// Gives back what was typed and read too early: the next [`Screen::wait`] tells of it.
    pub fn unread(&mut self, inputs: impl IntoIterator<Item = Input>) {
        self.reader.unread(inputs);
    }

    /// Gives the terminal back, stops the process, and takes the screen again when it goes on.
    /// Errors as [`Screen::enter`].
    pub fn suspend(&mut self) -> io::Result<()> {
        self.held = None;
        platform::suspend();
        self.take_again()
    }

    /// Gives the screen back to the terminal, for other programs and questions, until
    /// [`Screen::enter`].
    pub fn leave(&mut self, terminal: &mut Terminal) {
        self.held = None;
        terminal.reader = std::mem::take(&mut self.reader);
    }

    /// Takes the screen again and draws all of it anew at the next frame. Errors if the terminal
    /// cannot be used.
    pub fn enter(&mut self, terminal: &mut Terminal) -> io::Result<()> {
        self.reader = std::mem::take(&mut terminal.reader);
        self.take_again()
    }

    fn take_again(&mut self) -> io::Result<()> {
        if self.held.is_none() {
            self.held = Some(Held::take()?);
        }
        self.draw_all_anew()
    }

    /// Makes the next frame draw every cell.
    fn draw_all_anew(&mut self) -> io::Result<()> {
        let area = self.drawing.size()?.into();
        // Not `clear`: it asks the terminal where the cursor is, and some never answer.
        self.drawing.resize(area)
    }

    /// The columns and rows of the screen.
    pub fn size(&self) -> (u16, u16) {
        self.drawing.size().map_or((80, 24), |size| (size.width, size.height))
    }
}

#[cfg(test)]
mod tests {
    use ratatui_core::buffer::Buffer;

    use super::draw_uneven;

    /// The columns that are drawn where this line follows that one, both as wide as these.
    fn drawn(before: &str, after: &str) -> Vec<u16> {
        let [mut before, mut after] = [before, after].map(|line| Buffer::with_lines([line]));
        let uneven = draw_uneven(&mut before, &[]);
        draw_uneven(&mut after, &uneven);
        before.diff(&after).into_iter().map(|(column, ..)| column).collect()
    }

    #[test]
    fn a_row_with_letters_of_several_characters_is_drawn_as_a_whole_when_it_changes() {
        // One letter of two columns, which a terminal may draw as two letters.
        let letter = "\u{938}\u{94d}\u{924}\u{947}";
        assert_eq!(drawn(&format!("X{letter} and"), &format!("{letter} and ")), [0, 2, 3, 4, 5, 6]);
        assert_eq!(drawn(&format!("{letter}X"), "   "), [0, 1, 2]);
        assert_eq!(drawn("even", "ever"), [3]);
    }
}
