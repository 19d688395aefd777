//! The examples in the README are run, in order, and print what it says they print.

use crate::sandbox::Sandbox;

#[test]
fn the_readme_shows_what_the_program_prints() {
    let sandbox = Sandbox::new();
    let home = sandbox.home().display();
    let cases = trycmd::TestCases::new();
    cases.register_bin("dwell", std::path::Path::new(env!("CARGO_BIN_EXE_dwell")));
    for (name, folder) in [("DATA", "data"), ("STATE", "state"), ("CONFIG", "config")] {
        cases.env(format!("XDG_{name}_HOME"), format!("{home}/{folder}"));
    }
    cases.env("DWELL_NOW", "2026-11-22T07:00:00+01:00").env("COLUMNS", "72").env("TZ", "UTC");
    cases.case("README.md");
}
