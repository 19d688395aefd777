//! The series that ship inside the program, the format of series files, and that of one lesson.
//!
//! The shipped series are the files of the `lessons` folder, byte for byte, in shelf order. Each is
//! copied to a journal once; from then on the journal uses its own copy.

mod error;
mod fields;
mod lesson_form;
mod series_file;
mod written;

use sha2::{Digest, Sha256};

use crate::journal::Series;
use crate::journal::lesson::ShippedSeries;

pub use error::{FieldFault, FieldWhy, SeriesError, SeriesFault};
pub use lesson_form::{Comments, LessonForm};
pub use series_file::{LARGEST, parse, read};
pub use written::written;

/// The files, in the order of the series on a new shelf.
const FILES: [&str; 73] = [
    include_str!("../../lessons/the-defiant-ones.toml"),
    include_str!("../../lessons/the-pillow-book.toml"),
    include_str!("../../lessons/janet-frame.toml"),
    include_str!("../../lessons/deir-el-medina.toml"),
    include_str!("../../lessons/emily-kame-kngwarreye.toml"),
    include_str!("../../lessons/the-voyager-probes.toml"),
    include_str!("../../lessons/yacouba-sawadogo.toml"),
    include_str!("../../lessons/kartinis-letters.toml"),
    include_str!("../../lessons/umm-kulthum.toml"),
    include_str!("../../lessons/louisa-may-alcott.toml"),
    include_str!("../../lessons/the-honeyguide.toml"),
    include_str!("../../lessons/wislawa-szymborska.toml"),
    include_str!("../../lessons/maryam-mirzakhani.toml"),
    include_str!("../../lessons/the-citizenship-schools.toml"),
    include_str!("../../lessons/hangul.toml"),
    include_str!("../../lessons/sor-juanas-reply.toml"),
    include_str!("../../lessons/caroline-herschel.toml"),
    include_str!("../../lessons/nicaraguan-sign-language.toml"),
    include_str!("../../lessons/the-green-belt-movement.toml"),
    include_str!("../../lessons/old-chinese-sayings.toml"),
    include_str!("../../lessons/the-black-robin.toml"),
    include_str!("../../lessons/the-rock-garden-of-chandigarh.toml"),
    include_str!("../../lessons/merians-butterflies.toml"),
    include_str!("../../lessons/the-potato.toml"),
    include_str!("../../lessons/the-steelpan.toml"),
    include_str!("../../lessons/adinkra-cloth.toml"),
    include_str!("../../lessons/lina-bo-bardi.toml"),
    include_str!("../../lessons/braille.toml"),
    include_str!("../../lessons/the-sydney-opera-house.toml"),
    include_str!("../../lessons/kenojuak-ashevak.toml"),
    include_str!("../../lessons/junko-tabei.toml"),
    include_str!("../../lessons/ibn-battuta.toml"),
    include_str!("../../lessons/the-coelacanth.toml"),
    include_str!("../../lessons/tupaia.toml"),
    include_str!("../../lessons/nain-singh.toml"),
    include_str!("../../lessons/maria-reiche-at-nazca.toml"),
    include_str!("../../lessons/the-winter-journey.toml"),
    include_str!("../../lessons/abebe-bikila.toml"),
    include_str!("../../lessons/mary-seacole.toml"),
    include_str!("../../lessons/the-maracana-match.toml"),
    include_str!("../../lessons/zitkala-sa.toml"),
    include_str!("../../lessons/wu-lien-teh.toml"),
    include_str!("../../lessons/santos-dumont.toml"),
    include_str!("../../lessons/the-adages-of-erasmus.toml"),
    include_str!("../../lessons/mastering-french-cooking.toml"),
    include_str!("../../lessons/the-desert-fathers-and-mothers.toml"),
    include_str!("../../lessons/the-landlords-game.toml"),
    include_str!("../../lessons/plinys-letters.toml"),
    include_str!("../../lessons/clever-hans.toml"),
    include_str!("../../lessons/letters-from-kanesh.toml"),
    include_str!("../../lessons/the-vasa.toml"),
    include_str!("../../lessons/hunayn-ibn-ishaq.toml"),
    include_str!("../../lessons/the-brooklyn-bridge.toml"),
    include_str!("../../lessons/eratosthenes.toml"),
    include_str!("../../lessons/inge-lehmann.toml"),
    include_str!("../../lessons/the-margins-of-old-books.toml"),
    include_str!("../../lessons/the-popol-vuh.toml"),
    include_str!("../../lessons/vavilovs-seed-collection.toml"),
    include_str!("../../lessons/pather-panchali.toml"),
    include_str!("../../lessons/augustines-confessions.toml"),
    include_str!("../../lessons/the-fragments-of-sappho.toml"),
    include_str!("../../lessons/st-christophers-hospice.toml"),
    include_str!("../../lessons/li-qingzhaos-afterword.toml"),
    include_str!("../../lessons/montaignes-essays.toml"),
    include_str!("../../lessons/violeta-parra.toml"),
    include_str!("../../lessons/bessie-head-in-serowe.toml"),
    include_str!("../../lessons/the-quilts-of-gees-bend.toml"),
    include_str!("../../lessons/snowflake-bentley.toml"),
    include_str!("../../lessons/the-haenyeo-of-jeju.toml"),
    include_str!("../../lessons/the-long-way.toml"),
    include_str!("../../lessons/surtsey.toml"),
    include_str!("../../lessons/artusis-cookbook.toml"),
    include_str!("../../lessons/bai-juyi.toml"),
];

/// The shipped series, as the store adds them to a journal.
pub const SHIPPED: ShippedSeries = ShippedSeries {
    edition: fingerprint,
    series: || shipped().expect("a test reads all shipped series"),
};

/// The shipped series, in shelf order. Errors if a file is not a series file, which a test
/// excludes.
pub fn shipped() -> Result<Vec<Series>, SeriesError> {
    FILES.iter().map(|text| parse(text)).collect()
}

/// A hash that differs from release to release if the set of shipped series does. It is made from
/// the first lines of the files, which hold the names of the series: a changed lesson does not
/// count, because a journal keeps its own copy.
pub fn fingerprint() -> [u8; 32] {
    let mut hash = Sha256::new();
    for text in FILES {
        hash.update(text.lines().next().unwrap_or_default());
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests;
