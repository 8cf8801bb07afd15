//! The document: what was simulated, the table, the differences, and what they mean.

use super::chart::{Bar, bars};
use super::figures_csv;
use crate::study::figures::Figure;
use crate::study::policy::Dispatch;
use crate::study::run::{Extent, Results, Series};
use crate::study::statistics::Estimate;
use crate::study::system::System;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What is written about.
#[derive(Debug)]
pub struct Study<'a> {
    /// The system.
    pub system: &'a System,
    /// What was simulated.
    pub extent: Extent,
    /// What came of it.
    pub results: &'a Results,
    /// The command that gives it again.
    pub command: String,
    /// Sentences on the system that the operator adds to its own: origin, licence, what it was checked against.
    pub remarks: &'a [String],
    /// What parameters were chosen on training seeds, and how.
    pub tuning: String,
}

/// Writes the document, its charts and its CSV; tells the files.
///
/// # Errors
/// When a file cannot be written.
pub fn write(study: &Study<'_>, path: &Path) -> io::Result<Vec<PathBuf>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let stem = path.file_stem().map_or("study".into(), |it| it.to_string_lossy().into_owned());
    let beside = |end: &str| path.with_file_name(format!("{stem}{end}"));
    let (late, change, csv) = (beside("-late.svg"), beside("-change.svg"), beside(".csv"));
    fs::write(&late, late_chart(study))?;
    fs::write(&change, change_chart(study))?;
    figures_csv::write(study.results, &csv)?;
    fs::write(path, text(study, &stem))?;
    Ok(vec![path.to_owned(), late, change, csv])
}

fn values(series: &Series, figure: Figure) -> Vec<f64> {
    series.figures.iter().map(|it| it.get(figure)).collect()
}

fn late_chart(study: &Study<'_>) -> String {
    let bar = |series: &Series| {
        let Estimate { mean, half_width } = Estimate::of(&values(series, Figure::LateUrgent));
        Bar { name: series.policy.name.clone(), value: mean, half_width }
    };
    let title = format!("{}: urgent patients reached late, 95 % intervals", study.system.name);
    bars(&title, " %", &study.results.series.iter().map(bar).collect::<Vec<_>>())
}

fn change_chart(study: &Study<'_>) -> String {
    let series = &study.results.series;
    let bar = |it: &Series| {
        let late = |series: &Series| values(series, Figure::LateUrgent);
        let Estimate { mean, half_width } = Estimate::relative(&late(it), &late(&series[0]));
        Bar { name: it.policy.name.clone(), value: mean * 100.0, half_width: half_width * 100.0 }
    };
    let title = format!(
        "{}: late urgent patients against {}, paired 95 % intervals",
        study.system.name, series[0].policy.name
    );
    bars(&title, " %", &series[1..].iter().map(bar).collect::<Vec<_>>())
}

fn text(study: &Study<'_>, stem: &str) -> String {
    let mut text =
        format!("# Which policy serves patients better: {}\n\n", in_table(&study.system.name));
    if study.results.partial {
        text.push_str("**Partial: the study was stopped before its end. The replications below are whole.**\n\n");
    }
    let Extent { seed, days, .. } = study.extent;
    let done = study.results.bound.len();
    let _ = writeln!(
        text,
        "Made by `{}`: {done} replications of {days} days after a day of warming up, seed {seed}. All policies meet the same patients, and every call, order, milestone and ranking goes through the core's own `decide`, `apply` and `recommend`.\n",
        study.command
    );
    for source in study.system.sources.iter().chain(study.remarks) {
        let _ = writeln!(text, "- {}", in_table(source));
    }
    let urgent: Vec<String> = (study.system.classes.iter())
        .filter(|class| class.urgent)
        .map(|class| in_table(&class.name))
        .collect();
    let _ = writeln!(
        text,
        "- Urgent are the priorities {}; late is later than the target after the call. {} ambulances, {} stations, {} other places of waiting, {} hospitals, {} calls a day.\n",
        urgent.join(" and "),
        study.system.ambulances.len(),
        study.system.standby.iter().filter(|standby| !**standby).count(),
        study.system.standby.iter().filter(|standby| **standby).count(),
        study.system.hospitals.len(),
        study.system.calls.per_day,
    );
    figures_table(study, &mut text);
    differences(study, &mut text);
    classes_table(study, &mut text);
    let _ = writeln!(
        text,
        "![Late urgent patients]({stem}-late.svg)\n\n![Change against the first policy]({stem}-change.svg)\n"
    );
    policies(study, &mut text);
    bound(study, &mut text);
    text
}

/// A text of a system as one cell of a table or part of a line.
fn in_table(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// The head of a table with a row for each policy.
fn header(names: &[&str], text: &mut String) {
    let rule = "---|".repeat(names.len());
    let names: Vec<String> = names.iter().map(|name| in_table(name)).collect();
    let _ = writeln!(text, "| policy | {} |\n|---|{rule}", names.join(" | "));
}

fn figures_table(study: &Study<'_>, text: &mut String) {
    text.push_str("## Figures\nMeans over replications.\n\n");
    header(&Figure::ALL.map(Figure::name), text);
    for series in &study.results.series {
        let _ = write!(text, "| {} |", series.policy.name);
        for figure in Figure::ALL {
            let Estimate { mean, half_width } = Estimate::of(&values(series, figure));
            let _ = match figure {
                Figure::LateUrgent | Figure::MeanUrgent => {
                    write!(text, " {mean:.2} ±{half_width:.2} |")
                }
                Figure::MeanAll
                | Figure::P90
                | Figure::P99
                | Figure::Longest
                | Figure::WorstDistrict
                | Figure::Survival
                | Figure::Moves
                | Figure::MoveHours
                | Figure::MoveKm
                | Figure::MovesOfVehicle
                | Figure::MoveKmOfVehicle
                | Figure::Swaps
                | Figure::Diverts => write!(text, " {mean:.1} |"),
            };
        }
        text.push('\n');
    }
    text.push('\n');
}

fn differences(study: &Study<'_>, text: &mut String) {
    let series = &study.results.series;
    let base = &series[0];
    let _ = writeln!(
        text,
        "## Against {}\nPaired by replication, with 95 % intervals (Student); less is better.\n\n| policy | late urgent | mean urgent | mean all | interval of late excludes zero |\n|---|---|---|---|---|",
        base.policy.name
    );
    for it in &series[1..] {
        let change = |figure| Estimate::relative(&values(it, figure), &values(base, figure));
        let told = |change: Estimate| {
            format!("{:+.2} % ±{:.2}", change.mean * 100.0, change.half_width * 100.0)
        };
        let late = change(Figure::LateUrgent);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} |",
            it.policy.name,
            told(late),
            told(change(Figure::MeanUrgent)),
            told(change(Figure::MeanAll)),
            if late.excludes_zero() { "yes" } else { "no" }
        );
    }
    text.push('\n');
}

fn classes_table(study: &Study<'_>, text: &mut String) {
    text.push_str("## Late by priority, %\n\n");
    let names: Vec<&str> = study.system.classes.iter().map(|class| class.name.as_str()).collect();
    header(&names, text);
    for series in &study.results.series {
        let _ = write!(text, "| {} |", series.policy.name);
        for class in 0..study.system.classes.len() {
            let late: Vec<f64> = series.figures.iter().map(|it| it.late_by_class[class]).collect();
            let _ = write!(text, " {:.2} |", Estimate::of(&late).mean);
        }
        text.push('\n');
    }
    text.push('\n');
}

fn policies(study: &Study<'_>, text: &mut String) {
    text.push_str("## Policies\n");
    for series in &study.results.series {
        let _ = writeln!(text, "- **{}**: {}", series.policy.name, series.policy.about);
    }
    let _ = writeln!(text, "\n{}\n", study.tuning);
    alike(study, text);
    refusals(study, text);
}

/// Policies that did the same in every replication say so: their figures are equal because their deeds are.
fn alike(study: &Study<'_>, text: &mut String) {
    let series = &study.results.series;
    for (at, it) in series.iter().enumerate() {
        if let Some(same) = series[..at].iter().find(|other| other.hashes == it.hashes) {
            let why = match it.policy.dispatch {
                Dispatch::Covering { seconds_per_hundredth: 0.0, .. } => {
                    ": the seconds that a hundredth of coverage is worth were chosen as 0, so that dispatch weighs no coverage"
                }
                Dispatch::Covering { .. } | Dispatch::Nearest | Dispatch::Ranking { .. } => "",
            };
            let _ = writeln!(
                text,
                "`{}` did the same as `{}` in every replication{why}.\n",
                it.policy.name, same.policy.name
            );
        }
    }
}

/// What the rules refused, and whom nobody reached for it.
fn refusals(study: &Study<'_>, text: &mut String) {
    let refusing = study.results.series.iter().filter(|it| !it.refusals.is_empty());
    let mut none = true;
    for it in refusing {
        none = false;
        let codes: Vec<String> =
            it.refusals.iter().map(|(code, count)| format!("`{code}` {count} times")).collect();
        let _ = writeln!(
            text,
            "Under `{}` the rules refused steps: {}; {} patients were never reached and count as late.\n",
            it.policy.name,
            codes.join(", "),
            it.unreached
        );
    }
    if none {
        text.push_str("The rules refused no step of any policy.\n\n");
    }
}

fn bound(study: &Study<'_>, text: &mut String) {
    let Estimate { mean, half_width } = Estimate::of(&study.results.bound);
    let _ = writeln!(
        text,
        "## How much is left\nAt least {mean:.2} % ±{half_width:.2} of urgent patients are late under any policy, even one that knows every call to come and has each vehicle wait wherever it likes: so many calls overlap that there are not vehicles enough, or their delays and the last metres beside the road alone are longer than the target. The bound leaves out all driving on roads and all less urgent patients, so no policy is expected to come near it.\n\nSurvival of cardiac arrest is by the curve of De Maio and others (2003), 1 / (1 + exp(0.679 + 0.262 t)) with t in minutes. Moves are those of free vehicles to another station than they were at or bound for, home after a patient not counted; their hours and kilometres of road count as far as they were driven."
    );
}
