//! The ratios as a picture: a bar for each, a line where the other program stands, and a mark at the
//! most that the ratio may be. Its colours follow those of the reader's system.

use std::fmt::Write;
use std::fs;

use crate::cell::{Figures, Line};
use crate::table::root;

const WIDTH: u32 = 1020;
const ROW: u32 = 24;
const TOP: u32 = 34;
/// Where the bars begin, and how long one of 1 is.
const LEFT: u32 = 670;
const UNIT: f64 = 130.0;
/// A bar is never longer than this; its number is right all the same.
const LONGEST: f64 = 2.0;

const STYLE: &str = "svg{color-scheme:light dark}\
    .paper{fill:#fbfbfa}.edge{stroke:#d4d7db;fill:none}text{fill:#1f2328}.dim{fill:#6e7781}\
    .bar{fill:#1f5fb8}.over{fill:#b3262e}.line{stroke:#6e7781}.mark{stroke:#1f2328;stroke-width:2}\
    @media (prefers-color-scheme:dark){.paper{fill:#181a1f}.edge{stroke:#383c44}text{fill:#d9dce1}\
    .dim{fill:#9aa1ab}.bar{fill:#82b0f0}.over{fill:#f07f7f}.line{stroke:#9aa1ab}\
    .mark{stroke:#d9dce1}}";

/// Writes the picture that the README shows.
pub fn write(lines: &[Line]) {
    let path = root().join("docs/pictures/compare.svg");
    fs::write(path, draw(lines)).expect("written");
}

fn draw(lines: &[Line]) -> String {
    let rows: Vec<(&Line, Figures)> = (lines.iter())
        .filter(|line| line.cell.bound.is_some())
        .filter_map(|line| Some((line, *line.outcome.as_ref().ok()?)))
        .filter(|(_, figures)| !matches!(figures, Figures::Amount { .. }))
        .collect();
    let bottom = TOP + ROW * u32::try_from(rows.len()).expect("some dozens");
    let height = bottom + 14;
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"system-ui,sans-serif\" \
         font-size=\"12\">\n<title>How long dwell takes, as a part of what other programs take\
         </title>\n<style>{STYLE}</style>\n\
         <rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\" rx=\"8\"/>\n\
         <rect class=\"edge\" x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"8\"/>\n",
        WIDTH - 1,
        height - 1,
    );
    let one = x(1.0);
    let _ = writeln!(
        picture,
        "<text class=\"dim\" x=\"{one}\" y=\"20\" text-anchor=\"middle\">as long as the other</text>\n\
         <text class=\"dim\" x=\"{}\" y=\"20\" text-anchor=\"end\">| what we aim at</text>\n\
         <path class=\"line\" d=\"M{one} 26V{bottom}\"/>",
        WIDTH - 16,
    );
    for (row, (line, figures)) in (0..).zip(rows) {
        draw_row(&mut picture, TOP + row * ROW, line, figures);
    }
    picture + "</svg>\n"
}

fn draw_row(picture: &mut String, top: u32, line: &Line, figures: Figures) {
    let name = format!("{}, beside {}", line.cell.work, line.cell.beside).replace('`', "");
    let name = name.replace('&', "&amp;").replace('<', "&lt;");
    let class = if line.is_met() == Some(false) { "over" } else { "bar" };
    let base = top + 15;
    let _ = writeln!(
        picture,
        "<text x=\"{}\" y=\"{base}\" text-anchor=\"end\">{name}</text>\n\
         <rect class=\"{class}\" x=\"{LEFT}\" y=\"{}\" width=\"{}\" height=\"14\" rx=\"2\"/>\n\
         <text x=\"{}\" y=\"{base}\" text-anchor=\"end\">{}</text>",
        LEFT - 10,
        top + 4,
        x(figures.value()) - f64::from(LEFT),
        WIDTH - 16,
        figures.ratio(),
    );
    if let Some(bound) = line.cell.bound.filter(|bound| *bound <= LONGEST) {
        let _ = writeln!(picture, "<path class=\"mark\" d=\"M{} {}v18\"/>", x(bound), top + 2);
    }
}

/// Where a ratio stands, in whole pixels.
fn x(ratio: f64) -> f64 {
    (f64::from(LEFT) + ratio.min(LONGEST) * UNIT).round()
}
