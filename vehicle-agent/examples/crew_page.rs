//! The crew's page with an invented centre behind it, for working on the page:
//! `cargo run -p vehicle-agent --example crew_page` and open the address it prints. The argument
//! names what the centre says: `new`, `driving`, `changed`, `expired`, `refused`,
//! `exercise`, `station` or `silent`.

use std::error::Error;

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpListener;
use tokio_tungstenite::tungstenite::Message;
use tokio_util::sync::CancellationToken;
use vehicle_agent::crew;
use vehicle_agent::link::{LinkSettings, ReceiptPolicy};
use vehicle_agent::map::MapShelf;
use vehicle_agent::outbox::MemoryOutbox;
use vehicle_agent::shell::{Agent, AgentSettings, Clock, FixTimes};
use wire_protocol::agent::{AgentMessage, DispatchOrder, ServerMessage};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let scene = std::env::args().nth(1).unwrap_or_else(|| "new".to_owned());
    let port = std::env::args().nth(2).unwrap_or_else(|| "8130".to_owned());
    let centre = TcpListener::bind("127.0.0.1:0").await?;
    let server = format!("ws://{}/ws/agent", centre.local_addr()?).parse()?;
    if scene != "silent" {
        tokio::spawn(invented_centre(centre, scene));
    }
    let settings = AgentSettings {
        server,
        server_list: None,
        key: "example".parse()?,
        link: LinkSettings {
            software: "example".to_owned(),
            receipts: ReceiptPolicy::WhenShown,
            seed: 1,
            pictures: false,
        },
        parser: Default::default(),
        fix_times: FixTimes::Restamped,
        camera: None,
    };
    let (agent, bytes, handle) = Agent::prepare(settings, MemoryOutbox::new("example")).await?;
    let near_the_scene = "$GPRMC,010203.00,A,3828.2000,N,10616.2000,E,0.2,90.0,010126,,,A*60\r\n";
    bytes.send(near_the_scene.into()).await?;
    let stop = CancellationToken::new();
    tokio::spawn(agent.run(stop.clone()));
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("http://{}/", listener.local_addr()?);
    Ok(crew::serve(listener, handle, MapShelf::empty(), stop).await?)
}

async fn invented_centre(listener: TcpListener, scene: String) -> Result<(), std::io::Error> {
    loop {
        let (stream, _) = listener.accept().await?;
        let scene = scene.clone();
        tokio::spawn(async move {
            if let Err(error) = answer(stream, &scene).await {
                eprintln!("link ended: {error}");
            }
        });
    }
}

async fn answer(
    stream: tokio::net::TcpStream,
    scene: &str,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    #[expect(clippy::result_large_err, reason = "the shape that the handshake wants")]
    let keep_address = |_: &_, response| Ok(response);
    let mut socket = tokio_tungstenite::accept_hdr_async(stream, keep_address).await?;
    let mut commands_through = 0;
    while let Some(message) = socket.next().await {
        let Message::Text(text) = message? else { continue };
        let answers = match serde_json::from_str(&text)? {
            AgentMessage::Hello { clock, .. } => vec![
                ServerMessage::Welcome {
                    vehicle: "宁A·120-07".to_owned(),
                    server_time: clock,
                    commands_through,
                    report_seconds: wire_protocol::agent::ReportSeconds {
                        on_task: 2,
                        available: 5,
                        idle: 10,
                    },
                    exercise: false,
                    servers: Vec::new(),
                },
                ServerMessage::Duty(Box::new(picture(scene)?)),
            ],
            // The centre of the scene `driving` answers no command, as if the network were cut.
            AgentMessage::Press { .. } if scene == "driving" => vec![],
            AgentMessage::Press { number, .. } if scene == "refused" => {
                commands_through = number;
                let refused = ServerMessage::CommandRefused {
                    number,
                    code: "order_expired".to_owned(),
                    message: "the order of task T-1 expired".to_owned(),
                };
                vec![refused, ServerMessage::Recorded { commands_through, fixes: vec![] }]
            }
            AgentMessage::Press { number, .. } => {
                commands_through = number;
                vec![ServerMessage::Recorded { commands_through, fixes: vec![] }]
            }
            AgentMessage::Fixes { fixes } => {
                let fixes = fixes.iter().map(|fix| [fix.number, fix.number]).collect();
                vec![ServerMessage::Recorded { commands_through, fixes }]
            }
            AgentMessage::Ping { clock, .. } => {
                vec![ServerMessage::Pong { clock, server_time: clock }]
            }
        };
        for answer in answers {
            socket.send(Message::text(serde_json::to_string(&answer)?)).await?;
        }
    }
    Ok(())
}

fn picture(scene: &str) -> Result<wire_protocol::agent::VehicleAssignment, serde_json::Error> {
    let now = Clock::start().now().wall_ms;
    let age_ms = if scene == "expired" { 200_000 } else { 4_000 };
    let changed = scene == "changed";
    let driving = scene == "driving" || changed;
    let mut reached = vec![serde_json::json!({"milestone": "created", "at": now - age_ms})];
    if driving {
        reached.push(serde_json::json!({"milestone": "order_received", "at": now - 3_000}));
        reached.push(serde_json::json!({"milestone": "departed", "at": now - 1_000}));
    }
    let order: DispatchOrder = serde_json::from_value(serde_json::json!({
        "task": "T-1", "incident": "I-1", "created_at": now - age_ms,
        "expires_at": now - age_ms + 120_000, "device_received": driving, "reached": reached,
        "kind": "illness", "priority": "severe", "exercise": scene == "exercise",
        "scene": {
            "address": "兴庆区解放西街 12 号院 3 号楼 2 单元 501",
            "position": {"lon": 106.27, "lat": 38.47}, "source": "map_click"
        },
        "waiting": {"address": "小区南门岗亭旁", "source": "caller_words"},
        "destination_name": "宁夏医科大学总医院", "complaint": "胸痛 40 分钟，出汗，既往高血压",
        "special_needs": "电梯停运，需四人抬", "hazards": ["infection", "violence"], "patient_name": "马秀英", "patient_sex": "female", "patient_age_years": 71,
        "hospitals": [{"id": "H-1", "name": "宁夏医科大学总医院"}, {"id": "H-2", "name": "银川市第一人民医院"}, {"id": "H-3", "name": "银川市中医医院"}],
        "changes": if changed { serde_json::json!([{"part": "scene", "since": now, "version": 9}, {"part": "notes", "since": now, "version": 10}]) } else { serde_json::json!([]) },
        "contact_name": "马先生", "phone": "139 0951 0000", "patient_count": 1, "stretcher": true,
        "notes": ["患者在五楼，无电梯", "家属在南门挥手"], "with_vehicles": ["宁A·120-12"]
    }))?;
    let has_order = scene != "station";
    serde_json::from_value(serde_json::json!({
        "centre": "yinchuan", "version": 10,
        "state": if driving { "to_scene" } else if has_order { "task_assigned" } else { "available_at_station" },
        "order": has_order.then_some(order),
        "last_ended": (!has_order).then(|| serde_json::json!({"task": "T-0", "how": "cancelled", "at": now}))
    }))
}
