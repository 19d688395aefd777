//! Makes the pictures of `docs/pictures` from the running program: it fills a journal by running
//! dwell, starts dwell in a pseudo-terminal, types, and writes what the screen shows as SVG. One of
//! them moves: a morning.
//!
//! `cargo run --release --example pictures` writes those that the project keeps. With a folder it
//! writes all scenes at all sizes there; with a program after the folder, of that one:
//! `cargo run --example pictures -- /tmp/all target/debug/dwell`. What it writes is the same at
//! each run, so a difference in git is a difference on the screen.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it says what it made, or why not")]

mod film;
mod home;
mod lines;
mod morning;
mod palette;
mod scenes;
mod svg;
mod terminal;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::home::Home;
use crate::palette::PALETTES;
use crate::scenes::{KEPT, SIZES, Scene};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next();
    let program = arguments.next().map_or_else(build, |program| Ok(program.canonicalize()?))?;
    let into = folder.clone().unwrap_or_else(kept_folder);
    // The pictures are for everybody to see, as no file of a journal is.
    #[expect(
        clippy::disallowed_methods,
        reason = "a folder of the project, and not a private one"
    )]
    fs::create_dir_all(&into)?;
    let home = Home::new(&program)?;
    home.fill()?;
    let journal = home.journal()?;
    let write = |name: String, picture: String| -> Result<()> {
        println!("{name}: {} bytes", picture.len());
        Ok(fs::write(into.join(name), picture)?)
    };
    for scene in Scene::ALL {
        let sizes = SIZES.into_iter();
        let sizes = sizes.filter(|size| folder.is_some() || KEPT.contains(&(scene, *size)));
        for size in sizes {
            let home = Home::with_journal(&program, &journal)?;
            let screen = scene.play(&home, size)?;
            for palette in &PALETTES {
                let (columns, rows) = size;
                let name = format!("{scene}-{columns}x{rows}-{}.svg", palette.name);
                write(name, svg::draw(&screen, palette, scene.description())?)?;
            }
        }
    }
    let frames = morning::play(&Home::with_journal(&program, &journal)?)?;
    for palette in &PALETTES {
        let name = format!("morning-{}.svg", palette.name);
        write(name, film::draw(&frames, palette, morning::DESCRIPTION)?)?;
    }
    Ok(())
}

/// Where the project keeps its pictures.
fn kept_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures")
}

/// Builds dwell as this program was built, and returns where it is.
fn build() -> Result<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--bin", "dwell"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    if !cargo.status()?.success() {
        return Err("dwell was not built".into());
    }
    // This program is in the folder `examples` beside it.
    let this = std::env::current_exe()?;
    let folder = this.ancestors().nth(2).ok_or("this program is in no folder of cargo")?;
    Ok(folder.join(format!("dwell{}", std::env::consts::EXE_SUFFIX)))
}
