//! What may harm a crew at a scene.

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

words! {
    /// One hazard.
    Hazard {
        /// 传染病风险.
        Infection,
        /// 暴力、持械.
        Violence,
        /// 火灾、爆炸.
        Fire,
        /// 危险化学品、有毒气体.
        HazardousSubstance,
        /// 触电.
        Electricity,
        /// 车流.
        Traffic,
        /// 坍塌、坠落.
        Collapse,
        /// 水域、冰面.
        Water,
        /// 其他危险, told in words; on a terminal also one that a newer server names.
        Other,
    }
}

/// Reads hazards on a terminal: one that only a newer server knows by name is shown as another danger, and the order
/// that warns of it is read all the same.
pub(crate) fn read_by_terminal<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Hazard>, D::Error> {
    let read = Vec::<Read>::deserialize(deserializer)?;
    let known = |it| match it {
        Read::Known(hazard) => hazard,
        Read::Newer(_) => Hazard::Other,
    };
    Ok(read.into_iter().map(known).collect())
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Read {
    Known(Hazard),
    Newer(IgnoredAny),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Order {
        #[serde(deserialize_with = "read_by_terminal")]
        hazards: Vec<Hazard>,
    }

    #[test]
    fn a_hazard_that_a_terminal_does_not_know_is_another_hazard() {
        let order: Order =
            serde_json::from_str(r#"{"hazards":["violence","radiation"]}"#).expect("an order");
        assert_eq!(order.hazards, [Hazard::Violence, Hazard::Other]);
    }
}
