use crate::hold;
use wire_protocol::agent::{AgentMessage, ServerMessage, StorageState, TerminalReport};
use wire_protocol::picture::{PictureEnd, PictureNews, PictureWanted};

#[test]
fn pictures_of_cameras() {
    hold(
        "agent_hello_with_a_camera",
        &AgentMessage::Hello {
            protocol: 1,
            outbox: "6f1c2f6e".into(),
            software: "terminal-gateway 0.2.0".into(),
            clock: 1_795_000_000_000,
            terminal: Some(TerminalReport {
                first_command: 1,
                last_command: 0,
                storage: StorageState::Healthy,
                previous: None,
                pictures: true,
            }),
        },
    );
    hold(
        "order_camera",
        &ServerMessage::Camera {
            wanted: Some(PictureWanted { picture: "5d0e7c".into(), channel: 2 }),
        },
    );
    hold("order_no_camera", &ServerMessage::Camera { wanted: None });
    hold("picture_waiting", &PictureNews::Waiting);
    hold("picture_begins", &PictureNews::Begins { codec: "avc1.64001f".into() });
    hold("picture_ended", &PictureNews::Ended { reason: PictureEnd::OtherCodec });
}
