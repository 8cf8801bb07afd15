//! The search line: any text, anywhere, any limit.
#![no_main]

use region::MAX_RESULTS;
use helan_fuzz::tiny_region::region;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Option<(f64, f64)>, usize, &str)| {
    let (near, limit, query) = input;
    let found = region().search_places(query, near, limit);
    assert!(found.len() <= limit.min(MAX_RESULTS));
    if let Some((lon, lat)) = near {
        let _ = region().centre_of(lon, lat);
    }
});
