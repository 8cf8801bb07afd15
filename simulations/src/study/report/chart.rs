//! Bars with intervals, as SVG: readable without colour, one row for each policy.

use std::fmt::Write as _;

/// One bar.
#[derive(Clone, Debug)]
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) value: f64,
    pub(super) half_width: f64,
}

const WIDTH: f64 = 760.0;
const LEFT: f64 = 150.0;
const RIGHT: f64 = 90.0;
const ROW: f64 = 30.0;
const TOP: f64 = 44.0;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A chart of bars from zero, each with its interval.
pub(super) fn bars(title: &str, unit: &str, bars: &[Bar]) -> String {
    let most = bars.iter().map(|bar| bar.value + bar.half_width).fold(0.0, f64::max);
    let least = bars.iter().map(|bar| bar.value - bar.half_width).fold(0.0, f64::min);
    let span = (most - least).max(1e-9);
    let x = |value: f64| LEFT + (value - least) / span * (WIDTH - LEFT - RIGHT);
    let height = TOP + ROW * bars.len() as f64 + 20.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\">\n<title>{0}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text x=\"12\" y=\"24\" font-size=\"15\" font-weight=\"bold\" fill=\"#1a1a1a\">{0}</text>\n",
        escaped(title)
    );
    for (at, bar) in bars.iter().enumerate() {
        let y = TOP + ROW * at as f64;
        let (from, to) = (x(bar.value.min(0.0)), x(bar.value.max(0.0)));
        let middle = y + ROW / 2.0;
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#1a1a1a\">{}</text>",
            LEFT - 8.0,
            middle + 4.0,
            escaped(&bar.name)
        );
        let _ = writeln!(
            svg,
            "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#4477aa\"/>",
            y + 6.0,
            (to - from).max(0.5),
            ROW - 12.0
        );
        let (low, high) = (x(bar.value - bar.half_width), x(bar.value + bar.half_width));
        let _ = writeln!(
            svg,
            "<path d=\"M{low:.1} {middle:.1}H{high:.1}M{low:.1} {0:.1}V{1:.1}M{high:.1} {0:.1}V{1:.1}\" stroke=\"#1a1a1a\" fill=\"none\"/>",
            middle - 5.0,
            middle + 5.0
        );
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"#1a1a1a\">{:.1}{}</text>",
            high.max(to) + 8.0,
            middle + 4.0,
            bar.value,
            escaped(unit)
        );
    }
    let zero = x(0.0);
    let _ = writeln!(
        svg,
        "<path d=\"M{zero:.1} {:.1}V{:.1}\" stroke=\"#1a1a1a\"/>\n</svg>",
        TOP,
        height - 20.0
    );
    svg
}
