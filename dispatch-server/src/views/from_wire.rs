//! From the wire into the core: the twin of a wire type that needs no check.

use dispatch_core::model;

/// A wire type that has a twin in the core.
pub(crate) trait FromWire: Copy {
    /// The twin.
    type Core;

    /// The twin of the same meaning.
    fn to_core(self) -> Self::Core;
}

impl FromWire for wire_protocol::commands::PatientsTold {
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

impl FromWire for wire_protocol::commands::PatientChanges {
    type Core = model::PatientChanges;

    fn to_core(self) -> model::PatientChanges {
        let Self {
            counted_at_scene,
            treated_at_scene,
            refused_transport,
            dead_at_scene,
            not_found,
            carried_by_others,
        } = self;
        model::PatientChanges {
            counted_at_scene: counted_at_scene.to_core(),
            treated_at_scene: treated_at_scene.to_core(),
            refused_transport: refused_transport.to_core(),
            dead_at_scene: dead_at_scene.to_core(),
            not_found: not_found.to_core(),
            carried_by_others: carried_by_others.to_core(),
        }
    }
}

impl FromWire for wire_protocol::commands::Change<u16> {
    type Core = model::Change<u16>;

    fn to_core(self) -> model::Change<u16> {
        match self {
            Self::Keep => model::Change::Keep,
            Self::Set(value) => model::Change::Set(value),
            Self::Clear => model::Change::Clear,
        }
    }
}
