#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| dwell_fuzz::check("markdown_file", input));
