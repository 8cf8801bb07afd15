//! `system.toml`.

use crate::study::distribution::Distribution;
use crate::study::problem::Problem;
use crate::study::system::{Behaviour, CallClass, CallPattern, System, TravelMode};
use dispatch_core::model::Priority;
use serde::{Deserialize, Serialize};

/// The version of the form of system folders.
pub(super) const FORMAT: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    format: u32,
    pub(super) name: String,
    #[serde(default)]
    pub(super) sources: Vec<String>,
    calls: Calls,
    run: Run,
    #[serde(rename = "mode")]
    modes: Vec<Mode>,
    #[serde(rename = "priority")]
    priorities: Vec<Class>,
    #[serde(default, rename = "redispatch")]
    redispatch: Vec<Redispatch>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Calls {
    per_day: f64,
    #[serde(default)]
    hourly: Vec<f64>,
    #[serde(default)]
    weekday: Vec<f64>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    dispatch_delay: Distribution,
    turnout: Distribution,
    turnout_on_road: Distribution,
    on_scene: Distribution,
    handover: Distribution,
    cancelled_after: Distribution,
    empty_on_scene: Distribution,
    transport_share: f64,
    regular_mode: String,
    travel_sigma: f64,
    cancelled_share: f64,
    empty_share: f64,
    wrong_priority_share: f64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mode {
    name: String,
    off_road_kmh: f64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    name: String,
    share: f64,
    core: Priority,
    target_seconds: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rural_target_seconds: Option<f64>,
    mode: String,
    urgent: bool,
    #[serde(default)]
    arrest_share: f64,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Redispatch {
    from: String,
    to: String,
}

/// What the settings say, before the tables are read.
pub(super) struct Said {
    pub(super) modes: Vec<TravelMode>,
    pub(super) classes: Vec<CallClass>,
    pub(super) redispatch: Vec<(usize, usize)>,
    pub(super) calls: CallPattern,
    pub(super) behaviour: Behaviour,
}

impl Settings {
    /// Reads the text of a file.
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, Problem> {
        let settings: Self = toml::from_str(text).map_err(|error| {
            let before = error.span().map_or(0, |span| span.start);
            let line = text.get(..before).unwrap_or("").matches('\n').count() as u64 + 1;
            Problem::at(file, line, "", error.message().to_owned())
        })?;
        if settings.format != FORMAT {
            let what = format!("format must be {FORMAT}, not {}", settings.format);
            return Err(Problem::of_file(file, what));
        }
        Ok(settings)
    }

    /// The settings of a system.
    pub(super) fn of(system: &System) -> Self {
        let (way, mode) = (&system.behaviour, |at: usize| system.modes[at].name.clone());
        let class = |at: usize| system.classes[at].name.clone();
        Self {
            format: FORMAT,
            name: system.name.clone(),
            sources: system.sources.clone(),
            calls: Calls {
                per_day: system.calls.per_day,
                hourly: system.calls.hourly.clone(),
                weekday: system.calls.weekday.clone(),
            },
            run: Run {
                dispatch_delay: way.dispatch_delay.clone(),
                turnout: way.turnout.clone(),
                turnout_on_road: way.turnout_on_road.clone(),
                on_scene: way.on_scene.clone(),
                handover: way.handover.clone(),
                cancelled_after: way.cancelled_after.clone(),
                empty_on_scene: way.empty_on_scene.clone(),
                transport_share: way.transport_share,
                regular_mode: mode(way.regular_mode),
                travel_sigma: way.travel_sigma,
                cancelled_share: way.cancelled_share,
                empty_share: way.empty_share,
                wrong_priority_share: way.wrong_priority_share,
            },
            modes: system
                .modes
                .iter()
                .map(|it| Mode { name: it.name.clone(), off_road_kmh: it.off_road_kmh })
                .collect(),
            priorities: system.classes.iter().map(|it| Class::of(it, mode(it.mode))).collect(),
            redispatch: system
                .redispatch
                .iter()
                .map(|&(from, to)| Redispatch { from: class(from), to: class(to) })
                .collect(),
        }
    }

    /// Checks everything and resolves names.
    pub(super) fn said(self, file: &str) -> Result<Said, Problem> {
        let bad = |what: String| Problem::of_file(file, what);
        self.check().map_err(bad)?;
        let mode = |name: &str| {
            let found = self.modes.iter().position(|it| it.name == name);
            found.ok_or_else(|| bad(format!("mode \"{name}\" is not among the modes")))
        };
        let class = |name: &str| {
            let found = self.priorities.iter().position(|it| it.name == name);
            found.ok_or_else(|| bad(format!("priority \"{name}\" is not among the priorities")))
        };
        let pairs = self.redispatch.iter().map(|it| Ok((class(&it.from)?, class(&it.to)?)));
        let redispatch = pairs.collect::<Result<Vec<_>, Problem>>()?;
        if redispatch.iter().any(|(from, to)| from <= to) {
            return Err(bad(
                "redispatch must lead from a less to a more urgent priority".to_owned()
            ));
        }
        let classes = self.priorities.iter().map(|it| Ok(it.class(mode(&it.mode)?)));
        let run = &self.run;
        Ok(Said {
            classes: classes.collect::<Result<Vec<_>, Problem>>()?,
            behaviour: run.behaviour(mode(&run.regular_mode)?),
            redispatch,
            calls: CallPattern {
                per_day: self.calls.per_day,
                hourly: self.calls.hourly.clone(),
                weekday: self.calls.weekday.clone(),
            },
            modes: self
                .modes
                .iter()
                .map(|it| TravelMode { name: it.name.clone(), off_road_kmh: it.off_road_kmh })
                .collect(),
        })
    }

    fn check(&self) -> Result<(), String> {
        let calls = &self.calls;
        let good = |value: f64| value.is_finite() && value >= 0.0;
        if !(calls.per_day.is_finite() && calls.per_day > 0.0) {
            return Err("calls.per_day must be above 0".to_owned());
        }
        for (name, list, length) in [("hourly", &calls.hourly, 24), ("weekday", &calls.weekday, 7)]
        {
            let fits = list.is_empty() || list.len() == length;
            let busy = list.is_empty() || list.iter().sum::<f64>() > 0.0;
            if !(fits && busy && list.iter().all(|it| good(*it))) {
                return Err(format!(
                    "calls.{name} must have {length} numbers, none negative, not all 0"
                ));
            }
        }
        if self.modes.is_empty() || self.priorities.is_empty() || self.priorities.len() > 4 {
            return Err("there must be a mode and 1 to 4 priorities".to_owned());
        }
        if self.modes.iter().any(|it| !(good(it.off_road_kmh) && it.off_road_kmh > 0.0)) {
            return Err("mode.off_road_kmh must be above 0".to_owned());
        }
        self.priorities.iter().try_for_each(Class::check)?;
        if !self.priorities.iter().any(|it| it.urgent && it.share > 0.0) {
            return Err("one priority with a share must be urgent".to_owned());
        }
        let rising = self.priorities.windows(2).all(|pair| pair[0].core < pair[1].core);
        if !rising {
            return Err(
                "priorities must stand from the most to the least urgent by core".to_owned()
            );
        }
        self.run.check()
    }
}

impl Class {
    fn of(class: &CallClass, mode: String) -> Self {
        let rural = class.rural_target_seconds;
        Self {
            name: class.name.clone(),
            share: class.share,
            core: class.priority,
            target_seconds: class.target_seconds,
            rural_target_seconds: (rural != class.target_seconds).then_some(rural),
            mode,
            urgent: class.urgent,
            arrest_share: class.arrest_share,
        }
    }

    fn class(&self, mode: usize) -> CallClass {
        CallClass {
            name: self.name.clone(),
            share: self.share,
            priority: self.core,
            target_seconds: self.target_seconds,
            rural_target_seconds: self.rural_target_seconds.unwrap_or(self.target_seconds),
            mode,
            urgent: self.urgent,
            arrest_share: self.arrest_share,
        }
    }

    fn check(&self) -> Result<(), String> {
        let above = |value: f64| value.is_finite() && value > 0.0;
        let targets = above(self.target_seconds) && self.rural_target_seconds.is_none_or(above);
        let shares = self.share.is_finite() && self.share >= 0.0;
        if targets && shares && (0.0..=1.0).contains(&self.arrest_share) {
            return Ok(());
        }
        Err(format!(
            "priority {}: targets must be above 0, share not negative, arrest_share 0 to 1",
            self.name
        ))
    }
}

impl Run {
    fn check(&self) -> Result<(), String> {
        let durations = [
            ("dispatch_delay", &self.dispatch_delay),
            ("turnout", &self.turnout),
            ("turnout_on_road", &self.turnout_on_road),
            ("on_scene", &self.on_scene),
            ("handover", &self.handover),
            ("cancelled_after", &self.cancelled_after),
            ("empty_on_scene", &self.empty_on_scene),
        ];
        for (name, duration) in durations {
            if let Some(problem) = duration.problem() {
                return Err(format!("run.{name} must {problem}"));
            }
        }
        let shares = [
            ("transport_share", self.transport_share),
            ("cancelled_share", self.cancelled_share),
            ("empty_share", self.empty_share),
            ("wrong_priority_share", self.wrong_priority_share),
            ("travel_sigma", self.travel_sigma),
        ];
        match shares.into_iter().find(|(_, share)| !(0.0..=1.0).contains(share)) {
            Some((name, share)) => Err(format!("run.{name} must lie between 0 and 1, not {share}")),
            None => Ok(()),
        }
    }

    fn behaviour(&self, regular_mode: usize) -> Behaviour {
        Behaviour {
            dispatch_delay: self.dispatch_delay.clone(),
            turnout: self.turnout.clone(),
            turnout_on_road: self.turnout_on_road.clone(),
            on_scene: self.on_scene.clone(),
            handover: self.handover.clone(),
            transport_share: self.transport_share,
            regular_mode,
            travel_sigma: self.travel_sigma,
            cancelled_share: self.cancelled_share,
            cancelled_after: self.cancelled_after.clone(),
            empty_share: self.empty_share,
            empty_on_scene: self.empty_on_scene.clone(),
            wrong_priority_share: self.wrong_priority_share,
        }
    }
}
