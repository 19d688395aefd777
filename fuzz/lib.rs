//! The properties that the fuzz targets check. They stand with the tests, which replay the corpus.

#[path = "../tests/properties/mod.rs"]
mod properties;

/// Panics if the property of this name does not hold for the input.
pub fn check(name: &str, input: &[u8]) {
    let property = properties::PROPERTIES.iter().find(|(other, _)| *other == name);
    (property.expect("a property").1)(input);
}
