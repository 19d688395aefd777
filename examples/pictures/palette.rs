//! The colours of the pictures. dwell has none of its own: it asks for the terminal's, so these are
//! those of two plausible terminals, one light and one dark.

use crate::Result;

/// A colour: red, green, blue.
pub type Rgb = [u8; 3];

pub struct Palette {
    pub name: &'static str,
    pub paper: Rgb,
    pub ink: Rgb,
    /// The edge of the window.
    pub edge: Rgb,
    /// The colours that a terminal numbers from 0 to 7: black, red, green, yellow, blue, magenta,
    /// cyan, white.
    colours: [Rgb; 8],
}

pub const PALETTES: [Palette; 2] = [
    Palette {
        name: "light",
        paper: [0xfb, 0xfb, 0xfa],
        ink: [0x1f, 0x23, 0x28],
        edge: [0xd4, 0xd7, 0xdb],
        colours: [
            [0x1f, 0x23, 0x28],
            [0xb3, 0x26, 0x2e],
            [0x1a, 0x74, 0x3a],
            [0x8a, 0x61, 0x00],
            [0x1f, 0x5f, 0xb8],
            [0x83, 0x45, 0xa8],
            [0x0f, 0x72, 0x7d],
            [0x6e, 0x77, 0x81],
        ],
    },
    Palette {
        name: "dark",
        paper: [0x18, 0x1a, 0x1f],
        ink: [0xd9, 0xdc, 0xe1],
        edge: [0x38, 0x3c, 0x44],
        colours: [
            [0x3a, 0x3f, 0x48],
            [0xf0, 0x7f, 0x7f],
            [0x7f, 0xc8, 0x8f],
            [0xdc, 0xb8, 0x68],
            [0x82, 0xb0, 0xf0],
            [0xc6, 0x9a, 0xe6],
            [0x70, 0xc4, 0xcc],
            [0xd9, 0xdc, 0xe1],
        ],
    },
];

impl Palette {
    /// A colour of a cell; `default` is the one of a cell that asks for none.
    ///
    /// An error for a colour that is not the terminal's own: dwell must not ask for one.
    pub fn colour(&self, colour: vt100::Color, default: Rgb) -> Result<Rgb> {
        match colour {
            vt100::Color::Default => Ok(default),
            vt100::Color::Idx(index @ 0..16) => Ok(self.colours[usize::from(index % 8)]),
            other => Err(format!("{other:?} is no colour that a person chose").into()),
        }
    }
}

/// A dim colour, as many terminals make it: two thirds of the ink, one third of the paper.
pub fn dim(ink: Rgb, paper: Rgb) -> Rgb {
    let mix = |ink: u8, paper: u8| (2 * u16::from(ink) + u16::from(paper)) / 3;
    std::array::from_fn(|at| u8::try_from(mix(ink[at], paper[at])).expect("between the two"))
}

/// The colour as SVG writes it.
pub fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
