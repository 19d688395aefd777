//! Screens one after the other, as an SVG picture that moves: it needs no script, so it also moves
//! where a page shows it as an image. Each row is drawn once for as long as it stays the same.
//!
//! Where somebody asked their system for less motion, or where nothing can move, it shows the last
//! screen.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::Result;
use crate::palette::Palette;
use crate::svg;

/// A screen, and for how many milliseconds it is seen.
pub struct Frame {
    pub screen: vt100::Screen,
    pub millis: u32,
}

/// From which millisecond to which something is seen.
type Span = (u32, u32);

/// Draws the frames again and again. `description` is for those who do not see the picture.
pub fn draw(frames: &[Frame], palette: &Palette, description: &str) -> Result<String> {
    let whole: u32 = frames.iter().map(|frame| frame.millis).sum();
    let size = svg::size(&frames[0].screen);
    let mut rows = String::new();
    // The spans in which something is seen, each with a number for its name.
    let mut spans = BTreeMap::new();
    for row in 0..size.0 {
        for (drawn, span) in states(frames, row, palette)? {
            if span == (0, whole) {
                rows.push_str(&drawn);
            } else if !drawn.is_empty() {
                let count = spans.len();
                let number = *spans.entry(span).or_insert(count);
                let last = if span.1 == whole { " z" } else { "" };
                let _ = writeln!(rows, "<g class=\"r s{number}{last}\">\n{drawn}</g>");
            }
        }
    }
    let style = style(&spans, whole);
    let inside = format!("<style>\n{style}</style>\n{}", svg::letters(&rows, palette));
    Ok(svg::window(size, palette, description, &inside))
}

/// What a row shows, each with when it is seen.
fn states(frames: &[Frame], row: u16, palette: &Palette) -> Result<Vec<(String, Span)>> {
    let mut states: Vec<(String, Span)> = Vec::new();
    let mut now = 0;
    for frame in frames {
        let drawn = svg::row(&frame.screen, row, palette)?;
        let end = now + frame.millis;
        match states.last_mut() {
            Some((before, span)) if *before == drawn => span.1 = end,
            _ => states.push((drawn, (now, end))),
        }
        now = end;
    }
    Ok(states)
}

fn style(spans: &BTreeMap<Span, usize>, whole: u32) -> String {
    let mut style = format!(
        ".r{{visibility:hidden;animation:{whole}ms step-end infinite}}\n.z{{visibility:visible}}\n"
    );
    for ((from, to), number) in spans {
        let at = |millis: &u32| format!("{:.3}%", f64::from(*millis) * 100.0 / f64::from(whole));
        let _ = write!(style, ".s{number}{{animation-name:s{number}}}@keyframes s{number}{{");
        if *from > 0 {
            style.push_str("0%{visibility:hidden}");
        }
        let _ = write!(style, "{}{{visibility:visible}}", at(from));
        // The last state stays until all begins again.
        let end = if *to < whole { "hidden" } else { "visible" };
        let _ = writeln!(style, "{}{{visibility:{end}}}}}", at(to));
    }
    style + "@media (prefers-reduced-motion:reduce){.r{animation:none}}\n"
}
