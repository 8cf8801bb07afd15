//! Words on a terminal's screen, in Chinese and as short as the screen is small.

use vehicle_agent::link::ScreenState;
use wire_protocol::agent::{DispatchOrder, EndedHow, EndedOrder, NextOrder};
use wire_protocol::moves::MoveOrder;
use wire_protocol::place::Place;
use wire_protocol::vocabulary::{Hazard, IncidentKind, OrderPart, Priority, Sex};

/// An order, whole: what a crew reads instead of our own terminal's page.
pub(super) fn order(order: &DispatchOrder) -> String {
    let title = format!("【{}出车命令】", exercise(order.exercise));
    format!("{title}{}", order_details(order))
}

/// An order again, and what changed in it.
pub(super) fn change(order: &DispatchOrder) -> String {
    let mut parts: Vec<&str> = order.changes.iter().map(|change| part(change.part)).collect();
    parts.dedup();
    let title = format!("【{}命令有变:{}】", exercise(order.exercise), parts.join("、"));
    format!("{title}{}", order_details(order))
}

pub(super) fn next_order(next: &NextOrder) -> String {
    let title = format!("【{}下一任务】", exercise(next.exercise));
    format!(
        "{title}{}级 {} 地址:{} 主诉:{}",
        priority(next.priority),
        kind(next.kind),
        place(&next.scene),
        next.complaint
    )
}

pub(super) fn move_to(to: &MoveOrder) -> String {
    if to.own {
        format!("【返回本站】{}", to.name)
    } else {
        format!("【移动待命】请到{}待命", to.name)
    }
}

pub(super) fn ended(ended: &EndedOrder) -> Option<&'static str> {
    match ended.how {
        EndedHow::Finished => None,
        EndedHow::Cancelled => Some("【任务取消】中心已取消本任务"),
        EndedHow::Aborted => Some("【任务中止】本任务已中止"),
        EndedHow::Diverted => Some("【任务改派】中心已改派本车"),
    }
}

pub(super) fn message(text: &str) -> String {
    format!("【中心消息】{text}")
}

pub(super) fn sos_answered(note: &str) -> String {
    format!("【求救已处理】{note}")
}

pub(super) const NOTHING_TO_PRESS: &str = "无任务可按此键";
pub(super) const NOT_STORED: &str = "未能记录,请用电台报告中心";

/// What became of a press, for the crew.
pub(super) fn refusal(code: &str) -> &'static str {
    match code {
        "already_pressed" => "已按过",
        "not_your_order" => "该任务已不在本车",
        "order_expired" => "命令已过期,请用电台联系中心",
        "store_full" => "终端存储已满,请用电台联系中心",
        _ => "中心未接受该操作,请用电台联系中心",
    }
}

pub(super) fn question(shown: &ScreenState) -> &'static str {
    if shown.order.is_some() { "收到命令?" } else { "收到通知?" }
}

fn order_details(order: &DispatchOrder) -> String {
    let mut words = vec![
        format!("{}级 {}", priority(order.priority), kind(order.kind)),
        format!("地址:{}", place(&order.scene)),
    ];
    words.extend(order.waiting.as_ref().map(|at| format!("接车:{}", place(at))));
    if !order.hazards.is_empty() {
        words.push(format!("危险:{}", hazards(&order.hazards)));
    }
    words.push(format!("主诉:{}", order.complaint));
    if order.patient_count > 1 {
        words.push(format!("{}人", order.patient_count));
    }
    words.extend(patient(order));
    let contact = [order.contact_name.as_deref(), order.phone.as_deref()];
    let contact: Vec<&str> = contact.into_iter().flatten().collect();
    if !contact.is_empty() {
        words.push(format!("联系:{}", contact.join(" ")));
    }
    words.extend(order.stretcher.then(|| "需担架".to_owned()));
    if !order.special_needs.is_empty() {
        words.push(format!("注意:{}", order.special_needs));
    }
    let hospital = order.destination_name.as_ref().or(order.destination.as_ref());
    words.extend(hospital.map(|name| format!("送往:{name}")));
    if !order.with_vehicles.is_empty() {
        words.push(format!("同派:{}", order.with_vehicles.join("、")));
    }
    words.extend(order.notes.last().map(|note| format!("备注:{note}")));
    words.join(" ")
}

fn hazards(hazards: &[Hazard]) -> String {
    let word = |hazard: &Hazard| match hazard {
        Hazard::Infection => "传染病",
        Hazard::Violence => "暴力持械",
        Hazard::Fire => "火灾爆炸",
        Hazard::HazardousSubstance => "危化品或毒气",
        Hazard::Electricity => "触电",
        Hazard::Traffic => "车流",
        Hazard::Collapse => "坍塌坠落",
        Hazard::Water => "水域冰面",
        Hazard::Other => "其他",
    };
    hazards.iter().map(word).collect::<Vec<_>>().join("、")
}

fn patient(order: &DispatchOrder) -> Option<String> {
    let sex = order.patient_sex.and_then(|sex| match sex {
        Sex::Male => Some("男".to_owned()),
        Sex::Female => Some("女".to_owned()),
        Sex::Unknown => None,
    });
    let age = order.patient_age_years.map(|age| format!("{age}岁"));
    let known: Vec<String> = [order.patient_name.clone(), sex, age].into_iter().flatten().collect();
    (!known.is_empty()).then(|| format!("病人:{}", known.join(" ")))
}

fn place(place: &Place) -> String {
    match place.position {
        // In degrees of WGS-84, north first, as a crew reads them over the radio or types them into its map.
        Some(at) => format!("{}({:.5},{:.5})", place.address, at.lat, at.lon),
        None => place.address.clone(),
    }
}

fn exercise(is_exercise: bool) -> &'static str {
    if is_exercise { "演练·" } else { "" }
}

fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::Critical => "I",
        Priority::Severe => "II",
        Priority::Urgent => "III",
        Priority::NonUrgent => "IV",
    }
}

fn kind(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Illness => "急病",
        IncidentKind::Injury => "外伤",
        IncidentKind::TrafficAccident => "交通事故",
        IncidentKind::Maternity => "孕产",
        IncidentKind::Poisoning => "中毒",
        IncidentKind::Transfer => "转院",
        IncidentKind::Standby => "保障",
        IncidentKind::MassCasualty => "突发事件",
        IncidentKind::Other => "其他",
    }
}

fn part(part: OrderPart) -> &'static str {
    match part {
        OrderPart::Kind => "类型",
        OrderPart::Priority => "等级",
        OrderPart::Scene => "地址",
        OrderPart::Waiting => "接车地点",
        OrderPart::Destination => "医院",
        OrderPart::Complaint => "主诉",
        OrderPart::Appointment => "用车时间",
        OrderPart::Contact => "联系人",
        OrderPart::Patient => "病人",
        OrderPart::PatientCount => "人数",
        OrderPart::Stretcher => "担架",
        OrderPart::SpecialNeeds => "注意事项",
        OrderPart::Notes => "备注",
        OrderPart::WithVehicles => "同派车辆",
    }
}
