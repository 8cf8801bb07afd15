//! From the wire into the core: the twin of a wire type that needs no check.

use dispatch_core::model;

/// A wire type that has a twin in the core.
pub(crate) trait FromWire: Copy {
    /// The twin.
    type Core;

    /// The twin of the same meaning.
    fn to_core(self) -> Self::Core;
}

impl FromWire for wire_protocol::acts::PatientsTold {
    type Core = model::PatientsTold;

    fn to_core(self) -> model::PatientsTold {
        let Self {
            counted_at_scene,
            treated_at_scene,
            refused_transport,
            dead_at_scene,
            not_found,
            carried_by_others,
        } = self;
        model::PatientsTold {
            counted_at_scene,
            treated_at_scene,
            refused_transport,
            dead_at_scene,
            not_found,
            carried_by_others,
        }
    }
}
