//! What a crew writes down of its vehicle.

words! {
    /// What is looked at as a crew takes a vehicle over.
    VehicleCheck {
        /// 车况.
        Driving,
        /// 轮胎.
        Tyres,
        /// 灯光警报.
        LightsAndSiren,
        /// 通信.
        Communication,
        /// 担架.
        Stretcher,
        /// 氧气.
        Oxygen,
        /// 除颤仪.
        Defibrillator,
        /// 呼吸机.
        Ventilator,
        /// 监护仪.
        Monitor,
        /// 吸引器.
        Suction,
        /// 药品.
        Drugs,
        /// 耗材.
        Consumables,
        /// 防护用品.
        Protection,
        /// 清洁消毒.
        Cleanliness,
    }
}

wire! {
    /// One entry of a vehicle's log.
    #[serde(tag = "type")]
    pub enum VehicleLogEntry {
        /// A crew took the vehicle over and looked at it.
        Checked {
            /// What the odometer shows, in kilometres.
            odometer_km: u32,
            /// How full the tank or battery is, in percent; absent where nobody looked.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            fuel_percent: Option<u8>,
            /// What is missing or does not work.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            faults: Vec<VehicleCheck>,
            /// In words.
            #[serde(default, skip_serializing_if = "String::is_empty")]
            note: String,
        },
        /// It was refuelled.
        Refuelled {
            /// How much, in litres.
            litres: f64,
            /// What the odometer shows, in kilometres.
            odometer_km: u32,
        },
    }

    /// An entry that stands until the next of its kind.
    pub struct VehicleLoggedView {
        /// When it was written.
        pub at: i64,
        /// What was written.
        pub entry: VehicleLogEntry,
    }

    /// The newest entries of a vehicle's log.
    #[derive(Default)]
    pub struct VehicleLogView {
        /// How its crew took it over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub checked: Option<VehicleLoggedView>,
        /// What was refuelled last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub refuelled: Option<VehicleLoggedView>,
    }
}
