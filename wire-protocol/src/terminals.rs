//! Terminals of other makers, which are on which vehicle, and the gateways that speak for them, over HTTP.

/// Unknown terminals in one report of a gateway: the latest, and no more than fit its body.
pub const MOST_UNKNOWN: usize = 128;
/// Longest text that an unknown terminal registered with, and longest address, in characters.
pub const MOST_UNKNOWN_CHARS: usize = 160;

words! {
    /// The system in which a terminal sends its places.
    TerminalDatum {
        /// As satellites have it.
        Wgs84,
        /// Maps of AMap and Tencent.
        Gcj02,
        /// Maps of Baidu.
        Bd09,
    }

    /// Which keys are set on a terminal's screen.
    TerminalKeys {
        /// Whatever its edition has.
        Auto,
        /// A menu, events and questions.
        All,
        /// A menu.
        Menu,
        /// Events.
        Events,
        /// Questions.
        Questions,
        /// Nothing.
        None,
    }
}

wire! {
    /// The terminal of a vehicle, as it is known now: `GET /api/v1/vehicles/{id}/terminal`.
    pub struct VehicleTerminalView {
        /// Program and version, as it said them last to the server that is asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub software: Option<String>,
        /// Whether it can send a picture of its cameras now.
        pub has_camera: bool,
    }

    /// How a terminal is bound, `PUT /api/v1/terminals/{number}`.
    pub struct TerminalToBind {
        /// The vehicle it is on.
        pub vehicle: String,
        /// The gateway it connects to.
        pub gateway: String,
        /// The system in which it sends its places.
        pub datum: TerminalDatum,
        /// Which keys are set on its screen.
        pub keys: TerminalKeys,
        /// The plate that it must register with, if it is to be held to one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub plate: Option<String>,
        /// The maker's own number that it must register with, if it is to be held to one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub terminal_id: Option<String>,
    }

    /// A terminal and its vehicle.
    pub struct BoundTerminal {
        /// The number in its frames, without leading zeros.
        pub number: String,
        /// How it is bound.
        pub binding: TerminalToBind,
        /// Counts how often its code was made void.
        pub rotation: u32,
        /// When it was bound.
        pub bound_at: i64,
    }

    /// A terminal that called a gateway and is bound to nothing.
    pub struct UnknownTerminal {
        /// The number in its frames.
        pub number: String,
        /// From where it called last.
        pub from: String,
        /// When it was first heard.
        pub first_at: i64,
        /// When it was last heard.
        pub last_at: i64,
        /// Frames that came.
        pub frames: u64,
        /// Maker, model, own number and plate as it registered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub registered_as: Option<String>,
    }

    /// A gateway, as it is listed.
    pub struct GatewayView {
        /// Its name.
        pub name: String,
        /// When its key was made.
        pub made_at: i64,
        /// When it was last heard.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub seen_at: Option<i64>,
        /// Program and version.
        pub software: String,
        /// Whether that is older than the server.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub is_outdated: bool,
        /// Terminals that called it and are bound to nothing, those heard last first.
        pub unknown: Vec<UnknownTerminal>,
    }

    /// Gateways and bound terminals, `GET /api/v1/terminals`.
    pub struct TerminalsView {
        /// The gateways.
        pub gateways: Vec<GatewayView>,
        /// Terminals on the vehicles that one manages.
        pub bound: Vec<BoundTerminal>,
    }

    /// A gateway's new key, shown this once, `POST /api/v1/gateways/{name}/key`.
    pub struct GatewayKey {
        /// The gateway.
        pub gateway: String,
        /// The key; only its hash is stored.
        pub key: String,
        /// When it was made.
        pub made_at: i64,
    }

    /// What a gateway tells and asks, `POST /api/v1/gateway/terminals`.
    pub struct GatewayReport {
        /// Program and version.
        pub software: String,
        /// The revision of the terminals that it has; empty for none.
        pub revision: String,
        /// Terminals that called it and are bound to nothing, the latest, at most 128.
        pub unknown: Vec<UnknownTerminal>,
    }

    /// The terminals of a gateway.
    pub struct GatewayTerminals {
        /// Names this state of them.
        pub revision: String,
        /// The terminals; absent where the gateway has this revision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub terminals: Option<Vec<BoundTerminal>>,
    }
}
