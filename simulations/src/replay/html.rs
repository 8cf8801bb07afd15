//! The comparison as one page that needs nothing else: figures, two charts drawn as SVG, every incident.

use super::comparison::{Compared, Comparison, Row};
use super::table::{minutes, name, standing};
use std::fmt::Write as _;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 46.0;
const BOTTOM: f64 = 34.0;
/// Minutes that the first chart shows; what took longer is counted beside it.
const MOST_MINUTES: f64 = 40.0;
/// Minutes of a bar of the second chart, and how many there are to each side of none.
const BAR_MINUTES: f64 = 2.0;
const BARS: i32 = 8;

const STYLE: &str = ":root{color-scheme:light dark;--paper:#fff;--ink:#1a1a1a;--soft:#4a4a4a;--rule:#d0d0d0;--now:#0b5fa5;--late:#9a3b00;--bad:#b00020}
@media(prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e8e8e8;--soft:#b4b8bc;--rule:#3a4046;--now:#6db3f2;--late:#f0a36b;--bad:#ff6b7d}}
@media print{:root{--paper:#fff;--ink:#000;--soft:#333;--rule:#999;--now:#0b5fa5;--late:#9a3b00;--bad:#b00020}body{margin:0;max-width:none;font-size:11px}.scroll{overflow:visible}
thead{display:table-header-group}tr,figure{break-inside:avoid}h2{break-after:avoid}}
body{font:15px/1.45 system-ui,'Noto Sans CJK SC',sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;color:var(--ink);background:var(--paper)}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.25rem .6rem;border-bottom:1px solid var(--rule);text-align:right}
td{white-space:nowrap}th{vertical-align:bottom}th:first-child,td:first-child,td.t,th.t{text-align:left}td.n{white-space:normal;min-width:14rem}td{font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}svg{max-width:100%;height:auto}svg text{fill:var(--ink)}.partial{border-left:4px solid var(--bad);padding-left:.6rem;font-weight:600}
figure{margin:1.5rem 0}figcaption{color:var(--soft)}tr.later td:last-child::before{content:'▲ '}tr.sooner td:last-child::before{content:'▽ '}";

/// The page.
pub fn html(comparison: &Comparison) -> String {
    let mut page =
        String::from("<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\n");
    let _ = writeln!(
        page,
        "<meta name=\"viewport\" content=\"width=device-width\"><title>Replay 回放对比</title><style>{STYLE}</style></head><body>"
    );
    let _ = writeln!(page, "<h1>Replay compared with its record · 回放与记录对比</h1>");
    let is_doubtful = comparison.is_partial() || comparison.bearable_speed().is_some();
    let class = if is_doubtful { " class=\"partial\"" } else { "" };
    let _ = writeln!(page, "<p{class}>{}</p>", escaped(&standing(comparison)));
    page.push_str(&figures(comparison));
    page.push_str(&shares(comparison));
    page.push_str(&differences(&comparison.rows));
    page.push_str(&incidents(comparison));
    page.push_str("</body></html>\n");
    page
}

fn figures(comparison: &Comparison) -> String {
    let (then, now) = named(comparison);
    let mut out = format!(
        "<h2>Response, minutes · 响应时间（分钟）</h2>\n<p>Call to first vehicle at the scene; {then} / {now}. 受理到首车到达。</p>\n<div class=\"scroll\"><table><thead><tr><th>Priority 等级</th><th>Played 回放</th><th>Compared 可比</th><th>Mean 平均</th><th>Median 中位</th><th>P90</th><th>≤ 12 min</th><th>Mean change 平均变化</th><th>Same first vehicle 首车相同</th></tr></thead><tbody>\n",
    );
    for group in &comparison.groups {
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td>",
            name(group.priority),
            group.played,
            group.compared
        );
        match (&group.then, &group.now) {
            (Some(then), Some(now)) => {
                for (then, now) in
                    [(then.mean, now.mean), (then.median, now.median), (then.p90, now.p90)]
                {
                    let _ = write!(out, "<td>{:.1} / {:.1}</td>", then / 60.0, now / 60.0);
                }
                let _ = write!(
                    out,
                    "<td>{:.0} % / {:.0} %</td>",
                    then.within_norm * 100.0,
                    now.within_norm * 100.0
                );
            }
            (_, _) => out.push_str("<td>–</td><td>–</td><td>–</td><td>–</td>"),
        }
        let later =
            group.mean_later_seconds.map_or("–".to_owned(), |it| format!("{:+.1}", it / 60.0));
        let _ = writeln!(out, "<td>{later}</td><td>{}</td></tr>", group.same_vehicle);
    }
    out + "</tbody></table></div>\n"
}

/// Which share was reached within how many minutes, then and now.
fn shares(comparison: &Comparison) -> String {
    let rows = &comparison.rows;
    let (then, now) = named(comparison);
    let both: Vec<(f64, f64)> = rows
        .iter()
        .filter_map(|row| Some((row.response_then? / 60.0, row.response_now? / 60.0)))
        .collect();
    if both.is_empty() {
        return "<p>No incident has a first arrival both then and now. 没有可比的事件。</p>\n"
            .to_owned();
    }
    let mut out = chart_head("Share reached within so many minutes", "在多少分钟内到达的比例");
    for share in [0, 25, 50, 75, 100] {
        let y = y_of(f64::from(share) / 100.0);
        let _ = write!(
            out,
            "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{WIDTH}\" y2=\"{y:.1}\" stroke=\"var(--rule)\"/><text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{share} %</text>",
            LEFT - 6.0,
            y + 4.0
        );
    }
    for tick in [0, 8, 12, 20, 30, 40] {
        let x = x_of(f64::from(tick));
        let _ = write!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{tick}</text>",
            HEIGHT - 12.0
        );
    }
    let norm = x_of(12.0);
    let _ = write!(
        out,
        "<line x1=\"{norm:.1}\" y1=\"10\" x2=\"{norm:.1}\" y2=\"{:.0}\" stroke=\"var(--soft)\" stroke-dasharray=\"2 3\"/>",
        HEIGHT - BOTTOM
    );
    let minutes_then = both.iter().map(|(then, _)| *then).collect();
    let minutes_now = both.iter().map(|(_, now)| *now).collect();
    out.push_str(&steps(
        minutes_then,
        "stroke=\"var(--soft)\" stroke-width=\"2\" stroke-dasharray=\"6 4\"",
    ));
    out.push_str(&steps(minutes_now, "stroke=\"var(--now)\" stroke-width=\"2.5\""));
    let beyond =
        |of: fn(&(f64, f64)) -> f64| both.iter().filter(|it| of(it) > MOST_MINUTES).count();
    let _ = writeln!(
        out,
        "</svg><figcaption>Dashed 虚线: {then}; solid 实线: {now}. Beyond {MOST_MINUTES} min 超过: {} / {}.</figcaption></figure>",
        beyond(|it| it.0),
        beyond(|it| it.1)
    );
    out
}

fn steps(mut minutes: Vec<f64>, style: &str) -> String {
    minutes.sort_by(f64::total_cmp);
    let count = minutes.len() as f64;
    let mut path = format!("M{:.1} {:.1}", x_of(0.0), y_of(0.0));
    for (index, minute) in minutes.iter().enumerate().filter(|(_, minute)| **minute <= MOST_MINUTES)
    {
        let _ =
            write!(path, "H{:.1}V{:.1}", x_of(minute.max(0.0)), y_of((index + 1) as f64 / count));
    }
    let _ = write!(path, "H{:.1}", x_of(MOST_MINUTES));
    format!("<path d=\"{path}\" fill=\"none\" {style}/>")
}

/// How many came how much later or sooner.
fn differences(rows: &[Row]) -> String {
    let later: Vec<f64> = rows.iter().filter_map(Row::later_seconds).collect();
    if later.is_empty() {
        return String::new();
    }
    let mut counts = vec![0_usize; BARS as usize * 2];
    for seconds in &later {
        let bar =
            (seconds / 60.0 / BAR_MINUTES).floor().clamp(f64::from(-BARS), f64::from(BARS - 1));
        counts[(bar as i32 + BARS) as usize] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1) as f64;
    let mut out = chart_head(
        "Minutes later (right) or sooner (left) than then",
        "比当时晚（右）或早（左）的分钟数",
    );
    let wide = (WIDTH - LEFT) / counts.len() as f64;
    for (index, count) in counts.iter().enumerate() {
        let from = (index as i32 - BARS) * BAR_MINUTES as i32;
        let tall = *count as f64 / most * (HEIGHT - BOTTOM - 24.0);
        let (x, y) = (LEFT + index as f64 * wide, HEIGHT - BOTTOM - tall);
        let style = if from < 0 {
            "fill=\"none\" stroke=\"var(--now)\" stroke-width=\"1.5\""
        } else {
            "fill=\"var(--late)\""
        };
        let _ = write!(
            out,
            "<rect x=\"{:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{tall:.1}\" {style}/>",
            x + 2.0,
            wide - 4.0
        );
        if *count > 0 {
            let _ = write!(
                out,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{count}</text>",
                x + wide / 2.0,
                y - 5.0
            );
        }
        let _ = write!(
            out,
            "<text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{from:+}</text>",
            HEIGHT - 12.0
        );
    }
    out + "</svg><figcaption>Empty bars 空心: sooner 更早; full bars 实心: later 更晚. The outermost bars hold all beyond 两端含更大变化.</figcaption></figure>\n"
}

fn incidents(comparison: &Comparison) -> String {
    let mut out = String::from(
        "<h2>Every incident · 全部事件</h2>\n<div class=\"scroll\"><table><thead><tr><th>Record 记录</th><th class=\"t\">Now 回放</th><th class=\"t\">Priority</th><th class=\"t\">Sent then 当时派车</th><th class=\"t\">Sent now 现在派车</th><th class=\"t\">Notes 备注</th><th>Then 当时</th><th>Now 现在</th><th>Change 变化 (min)</th></tr></thead><tbody>\n",
    );
    for row in &comparison.rows {
        let later = row.later_seconds();
        let class = match later {
            Some(seconds) if seconds >= 60.0 => " class=\"later\"",
            Some(seconds) if seconds <= -60.0 => " class=\"sooner\"",
            Some(_) | None => "",
        };
        let change = later.map_or("–".to_owned(), |seconds| format!("{:+.1}", seconds / 60.0));
        let unfinished = if row.ended { "" } else { "not ended 未结束; " };
        let _ = writeln!(
            out,
            "<tr{class}><td>{}</td><td class=\"t\">{}</td><td class=\"t\">{}</td><td class=\"t\">{}</td><td class=\"t\">{}</td><td class=\"t n\">{unfinished}{}</td><td>{}</td><td>{}</td><td>{change}</td></tr>",
            escaped(&row.past_id),
            escaped(&row.incident),
            name(Some(row.priority)),
            escaped(&row.sent_then.join(", ")),
            escaped(&row.sent_now.join(", ")),
            escaped(&row.notes.join("; ")),
            minutes(row.response_then),
            minutes(row.response_now),
        );
    }
    out + "</tbody></table></div>\n"
}

fn chart_head(en: &str, zh: &str) -> String {
    format!(
        "<h2>{en} · {zh}</h2>\n<figure><svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\" aria-label=\"{en}\" font-size=\"12\">"
    )
}

fn x_of(minutes: f64) -> f64 {
    LEFT + minutes / MOST_MINUTES * (WIDTH - LEFT - 10.0)
}

fn y_of(share: f64) -> f64 {
    HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - 12.0)
}

/// What the two sides are called, in both languages.
fn named(comparison: &Comparison) -> (&'static str, &'static str) {
    match comparison.of {
        Compared::RecordAndReplay => ("recorded 记录", "replayed 回放"),
        Compared::WithoutAndWith => ("without the change 未改变", "with it 改变后"),
    }
}

/// A text that a browser shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
