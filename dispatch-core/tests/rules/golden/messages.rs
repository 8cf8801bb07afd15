//! Words between a crew and its centre, and a vehicle that is lent with them.

use dispatch_core::model::*;

pub(crate) fn all() -> [(String, Event); 6] {
    let vehicle: VehicleId = "YC-01-1".into();
    let task: Option<TaskId> = Some("yinchuan-7.t1".into());
    let named = |event: Event| (event.kind().to_owned(), event);
    let told = Event::CrewWrote {
        vehicle: vehicle.clone(),
        task: None,
        need: None,
        text: "道路拥堵，晚到五分钟".to_owned(),
    };
    let lent = VehicleTransfer { messages: messages(), ..super::examples::transfer() };
    let lent = Event::VehicleHandedOver { transfer: lent };
    [
        named(Event::MessageSent {
            vehicle: vehicle.clone(),
            task: task.clone(),
            text: "家属在北门等".to_owned(),
        }),
        named(Event::MessagesRead { vehicle: vehicle.clone(), through: 4 }),
        named(Event::CrewWrote {
            vehicle: vehicle.clone(),
            task: task.clone(),
            need: Some(CrewNeed::Police),
            text: "有人持刀".to_owned(),
        }),
        named(Event::CrewAnswered {
            vehicle, task, through: 5, text: "警察已出发".to_owned()
        }),
        (format!("{}-told", told.kind()), told),
        (format!("{}-messages", lent.kind()), lent),
    ]
}

fn messages() -> Messages {
    let message = Message {
        number: 7,
        from: MessageFrom::Crew,
        centre: "yinchuan".into(),
        at: Timestamp(1_767_240_000_000),
        need: Some(CrewNeed::IntensiveCare),
        text: "病人昏迷".to_owned(),
        seen_at: None,
    };
    Messages { written: 7, kept: vec![message] }
}
