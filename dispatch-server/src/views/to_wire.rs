//! The twin of each core type on the wire. Owns the spelling only; it adds and drops nothing.

/// A core type that has a twin on the wire.
pub trait ToWire {
    /// The twin.
    type Wire;

    /// The twin with the same content.
    fn to_wire(&self) -> Self::Wire;
}

impl<T: ToWire> ToWire for Option<T> {
    type Wire = Option<T::Wire>;

    fn to_wire(&self) -> Self::Wire {
        self.as_ref().map(T::to_wire)
    }
}

impl<T: ToWire> ToWire for Vec<T> {
    type Wire = Vec<T::Wire>;

    fn to_wire(&self) -> Self::Wire {
        self.iter().map(T::to_wire).collect()
    }
}

impl ToWire for dispatch_core::model::Timestamp {
    type Wire = i64;

    fn to_wire(&self) -> i64 {
        self.0
    }
}

macro_rules! ids_as_text {
    ($($id:ident),+) => {
        $(impl ToWire for dispatch_core::model::$id {
            type Wire = String;

            fn to_wire(&self) -> String {
                self.as_str().to_owned()
            }
        })+
    };
}

ids_as_text!(
    CentreId, StationId, VehicleId, HospitalId, PersonId, IncidentId, CallId, TaskId, OutboxId,
    CommandId
);
