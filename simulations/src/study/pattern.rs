//! When people call: the daily curve that 120 centres report.

/// Share of a day's calls in each hour, local time; sums to 1. Morning and evening peaks as 120 centres report them.
pub const HOURLY_SHARE: [f64; 24] = [
    0.028, 0.023, 0.020, 0.018, 0.018, 0.022, 0.032, 0.044, 0.055, 0.060, 0.058, 0.054, 0.047,
    0.046, 0.048, 0.049, 0.049, 0.050, 0.054, 0.057, 0.054, 0.046, 0.038, 0.030,
];

/// How busy each hour is against the mean.
pub fn hourly() -> Vec<f64> {
    HOURLY_SHARE.iter().map(|share| share * 24.0).collect()
}
