//! A screen of cells as an SVG picture.
//!
//! Each run of letters is a text of its own with a place and a length, so columns stand one below
//! the other in whatever fixed-width font there is. Lines and shades are drawn as shapes, not as
//! letters: they join from cell to cell.

use std::fmt::Write;

use crate::Result;
use crate::palette::{Palette, Rgb, dim, hex};

/// In tenths of a pixel, so that places are exact: the size of a cell, what is around the cells,
/// and how far below a cell's top its letters stand.
const CELL: (u32, u32) = (84, 180);
const PADDING: (u32, u32) = (220, 200);
const BASELINE: u32 = 132;

const FONTS: &str = "ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,\
                     Liberation Mono,monospace";

/// How the letters of a cell look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    ink: Rgb,
    paper: Rgb,
    bold: bool,
    italic: bool,
    underlined: bool,
}

/// The parts of a picture, from the lowest to the topmost.
#[derive(Default)]
struct Layers {
    papers: String,
    shapes: String,
    texts: String,
}

/// Letters that stand one behind the other and look the same.
struct Run {
    text: String,
    look: Look,
    row: u16,
    first: u16,
    end: u16,
}

/// Draws a screen. `description` is for those who do not see the picture.
pub fn draw(screen: &vt100::Screen, palette: &Palette, description: &str) -> Result<String> {
    let (rows, _) = size(screen);
    let mut layers = Layers::default();
    for row in 0..rows {
        draw_row(screen, row, palette, &mut layers)?;
    }
    let Layers { papers, shapes, texts } = layers;
    let inside = format!("{papers}{shapes}{}", letters(&texts, palette));
    Ok(window(size(screen), palette, description, &inside))
}

/// What stands in one row of a screen. What is drawn goes inside [`letters`] and [`window`].
pub fn row(screen: &vt100::Screen, row: u16, palette: &Palette) -> Result<String> {
    let mut layers = Layers::default();
    draw_row(screen, row, palette, &mut layers)?;
    let Layers { papers, shapes, texts } = layers;
    Ok(format!("{papers}{shapes}{texts}"))
}

/// A group with the letters of a terminal.
pub fn letters(inside: &str, palette: &Palette) -> String {
    let ink = hex(palette.ink);
    format!("<g font-family=\"{FONTS}\" font-size=\"14\" fill=\"{ink}\">\n{inside}</g>\n")
}

/// The window of a terminal of this many rows and columns.
pub fn window(
    (rows, columns): (u16, u16),
    palette: &Palette,
    description: &str,
    inside: &str,
) -> String {
    let (width, height) = (x(columns) + PADDING.0, y(rows) + PADDING.1);
    // The edge is one pixel wide, and all of it is inside.
    let [inner_width, inner_height] = [width, height].map(|size| pixels(size - 10));
    let [width, height] = [width, height].map(pixels);
    let (paper, edge) = (hex(palette.paper), hex(palette.edge));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>{description}</title>\n\
         <rect x=\".5\" y=\".5\" width=\"{inner_width}\" height=\"{inner_height}\" rx=\"8\" \
         fill=\"{paper}\" stroke=\"{edge}\"/>\n\
         {inside}</svg>\n"
    )
}

fn draw_row(
    screen: &vt100::Screen,
    row: u16,
    palette: &Palette,
    layers: &mut Layers,
) -> Result<()> {
    let (_, columns) = size(screen);
    let cell = |column| screen.cell(row, column).expect("on the screen");
    let cursor = screen.cursor_position();
    let look = |column| {
        let is_cursor = !screen.hide_cursor() && cursor == (row, column);
        look(cell(column), is_cursor, palette)
    };
    let looks: Vec<Look> = (0..columns).map(look).collect::<Result<_>>()?;
    draw_papers(&looks, row, palette, &mut layers.papers);
    let mut run: Option<Run> = None;
    for (column, look) in (0..).zip(looks) {
        let cell = cell(column);
        if cell.is_wide_continuation() {
            continue;
        }
        let end = column + if cell.is_wide() { 2 } else { 1 };
        let letter = if cell.has_contents() { cell.contents() } else { " " };
        match &mut run {
            Some(run) if run.look == look && run.goes_on_with(letter) => {
                run.text.push_str(letter);
                run.end = end;
            }
            _ => {
                finish(run.take(), palette, layers);
                let text = letter.to_owned();
                run = (letter != " ").then_some(Run { text, look, row, first: column, end });
            }
        }
    }
    finish(run, palette, layers);
    Ok(())
}

/// Draws what is behind the letters, where it is not the paper of the window.
fn draw_papers(looks: &[Look], row: u16, palette: &Palette, into: &mut String) {
    let mut column = 0;
    for same in looks.chunk_by(|one, next| one.paper == next.paper) {
        let columns = u16::try_from(same.len()).expect("a row");
        if same[0].paper != palette.paper {
            let fill = format!("fill=\"{}\"", hex(same[0].paper));
            rectangle(into, (column, row), columns, &fill);
        }
        column += columns;
    }
}

fn look(cell: &vt100::Cell, is_cursor: bool, palette: &Palette) -> Result<Look> {
    let mut ink = palette.colour(cell.fgcolor(), palette.ink)?;
    let mut paper = palette.colour(cell.bgcolor(), palette.paper)?;
    if cell.dim() {
        ink = dim(ink, paper);
    }
    if cell.inverse() {
        (ink, paper) = (paper, ink);
    }
    // The cursor of most terminals is a block.
    if is_cursor {
        (ink, paper) = (palette.paper, palette.ink);
    }
    let (bold, italic, underlined) = (cell.bold(), cell.italic(), cell.underline());
    Ok(Look { ink, paper, bold, italic, underlined })
}

impl Run {
    fn goes_on_with(&self, letter: &str) -> bool {
        if is_shape(&self.text) || is_shape(letter) {
            return self.text.starts_with(letter);
        }
        // Two spaces end a run: what comes behind them may have to stand below something.
        !(letter == " " && self.text.ends_with(' '))
    }
}

fn finish(run: Option<Run>, palette: &Palette, layers: &mut Layers) {
    match run {
        Some(run) if is_shape(&run.text) => draw_shape(&run, &mut layers.shapes),
        Some(run) => draw_letters(&run, palette, &mut layers.texts),
        None => {}
    }
}

fn draw_letters(run: &Run, palette: &Palette, into: &mut String) {
    let text = run.text.trim_end();
    let behind = u32::try_from(run.text.len() - text.len()).expect("a short row");
    let columns = u32::from(run.end - run.first) - behind;
    let (left, base) = (pixels(x(run.first)), pixels(y(run.row) + BASELINE));
    let length = pixels(columns * CELL.0);
    let mut style = String::new();
    if run.look.ink != palette.ink {
        let _ = write!(style, " fill=\"{}\"", hex(run.look.ink));
    }
    for (is_so, attribute) in [
        (run.look.bold, " font-weight=\"700\""),
        (run.look.italic, " font-style=\"italic\""),
        (run.look.underlined, " text-decoration=\"underline\""),
    ] {
        if is_so {
            style.push_str(attribute);
        }
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let place = format!("x=\"{left}\" y=\"{base}\" textLength=\"{length}\"");
    let _ = writeln!(into, "<text {place}{style}>{text}</text>");
}

/// Whether a text begins with a sign that is drawn as a shape.
fn is_shape(text: &str) -> bool {
    text.starts_with(['\u{2500}', '\u{2502}', '\u{2591}', '\u{2592}', '\u{2593}', '\u{2588}'])
}

/// Draws lines and shades, which fill their cells.
fn draw_shape(run: &Run, into: &mut String) {
    let ink = hex(run.look.ink);
    let (left, right, top) = (x(run.first), x(run.end), y(run.row));
    let stroke = |into: &mut String, path: &str| {
        // Square ends overlap, so no gap shows where lines of two rows meet.
        let _ = writeln!(into, "<path d=\"{path}\" stroke=\"{ink}\" stroke-linecap=\"square\"/>");
    };
    let shade = |into: &mut String, opacity: &str| {
        let fill = format!("fill=\"{ink}\" fill-opacity=\"{opacity}\"");
        rectangle(into, (run.first, run.row), run.end - run.first, &fill);
    };
    match run.text.chars().next() {
        Some('\u{2500}') => {
            let path = format!("M{} {}H{}", pixels(left), pixels(top + CELL.1 / 2), pixels(right));
            stroke(into, &path);
        }
        Some('\u{2502}') => {
            for column in run.first..run.end {
                let middle = pixels(x(column) + CELL.0 / 2);
                stroke(into, &format!("M{middle} {}V{}", pixels(top), pixels(top + CELL.1)));
            }
        }
        Some('\u{2591}') => shade(into, ".25"),
        Some('\u{2592}') => shade(into, ".5"),
        Some('\u{2593}') => shade(into, ".75"),
        _ => shade(into, "1"),
    }
}

fn rectangle(into: &mut String, (column, row): (u16, u16), columns: u16, fill: &str) {
    let (left, top) = (pixels(x(column)), pixels(y(row)));
    let (width, height) = (pixels(u32::from(columns) * CELL.0), pixels(CELL.1));
    let place = format!("x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"");
    let _ = writeln!(into, "<rect {place} {fill}/>");
}

/// Rows and columns.
pub fn size(screen: &vt100::Screen) -> (u16, u16) {
    let (rows, columns) = screen.size();
    (rows.get(), columns.get())
}

/// Where a column begins.
fn x(column: u16) -> u32 {
    PADDING.0 + u32::from(column) * CELL.0
}

/// Where a row begins.
fn y(row: u16) -> u32 {
    PADDING.1 + u32::from(row) * CELL.1
}

/// Tenths of a pixel as SVG writes them.
fn pixels(tenths: u32) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}.{tenth}", tenths / 10),
    }
}
