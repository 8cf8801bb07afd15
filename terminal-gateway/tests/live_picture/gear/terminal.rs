//! A terminal with a camera: its line by the gateway's own codec, its packets of media by hand.

use super::{NUMBER, soon};
use std::collections::VecDeque;
use std::io;
use terminal_gateway::jt808::frame::{Edition, Encoder, Frame, FrameSplitter, TerminalNumber};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const CLIP: &[u8] = include_bytes!("../../clips/testsrc-160x120-10fps.h264");
/// Most data in a packet, by the standard.
const MOST_DATA: usize = 950;

pub(crate) struct Terminal {
    stream: TcpStream,
    encoder: Encoder,
    splitter: FrameSplitter,
    heard: VecDeque<Frame>,
}

impl Terminal {
    /// Registers, and authenticates with the code that it is given.
    pub(crate) async fn known(to: &str) -> Terminal {
        let number = TerminalNumber::new(NUMBER).expect("digits");
        let mut terminal = Terminal {
            stream: TcpStream::connect(to).await.expect("it listens"),
            encoder: Encoder::new(Edition::Y2013, number),
            splitter: FrameSplitter::default(),
            heard: VecDeque::new(),
        };
        terminal.say(0x0100, &[0; 37]).await;
        let code = terminal.until(0x8100).await.body[3..].to_vec();
        terminal.say(0x0102, &code).await;
        assert_eq!(terminal.until(0x8001).await.body[4], 0, "it is known");
        terminal
    }

    pub(crate) async fn say(&mut self, message: u16, body: &[u8]) {
        for frame in self.encoder.message(message, body).1 {
            self.stream.write_all(&frame).await.expect("it is taken");
        }
    }

    /// Answers something with this result.
    pub(crate) async fn answer(&mut self, heard: &Frame, result: u8) {
        let mut body = heard.header.serial.to_be_bytes().to_vec();
        body.extend(heard.header.message.to_be_bytes());
        body.push(result);
        self.say(0x0001, &body).await;
    }

    /// Logs out, and waits until its line is ended.
    pub(crate) async fn logs_out(mut self) {
        self.say(0x0003, &[]).await;
        let mut bytes = [0; 1_024];
        while soon(self.stream.read(&mut bytes)).await.is_ok_and(|count| count > 0) {}
    }

    /// The next of this message; others before it are passed over.
    pub(crate) async fn until(&mut self, message: u16) -> Frame {
        let mut bytes = [0; 1_024];
        loop {
            while let Some(frame) = self.heard.pop_front() {
                if frame.header.message == message {
                    return frame;
                }
            }
            let count = soon(self.stream.read(&mut bytes)).await.expect("it is open");
            assert!(count > 0, "the line ended before {message:#06x}");
            let heard = &mut self.heard;
            self.splitter.push(&bytes[..count], &mut |raw| {
                heard.push_back(Frame::decode(raw).expect("a frame"));
            });
        }
    }
}

/// What stands in the packets of a frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent {
    pub(crate) channel: u8,
    pub(crate) payload_type: u8,
    pub(crate) sequence: u16,
    pub(crate) time_ms: u64,
}

impl Sent {
    pub(crate) fn of(channel: u8) -> Sent {
        Sent { channel, payload_type: 98, sequence: 0, time_ms: 0 }
    }

    /// Writes a frame in packets; the next one follows it.
    pub(crate) async fn frame(&mut self, to: &mut TcpStream, data: &[u8]) -> io::Result<()> {
        let last = data.len().div_ceil(MOST_DATA) - 1;
        for (at, piece) in data.chunks(MOST_DATA).enumerate() {
            let part = match (at == 0, at == last) {
                (true, true) => 0,
                (true, false) => 1,
                (false, true) => 2,
                (false, false) => 3,
            };
            let mut bytes = b"01cd\x81".to_vec();
            bytes.push(self.payload_type);
            bytes.extend(self.sequence.to_be_bytes());
            bytes.extend([0x01, 0x39, 0x12, 0x34, 0x43, 0x29, self.channel, part]);
            bytes.extend(self.time_ms.to_be_bytes());
            bytes.extend([0, 100, 0, 100]);
            bytes.extend((piece.len() as u16).to_be_bytes());
            bytes.extend(piece);
            to.write_all(&bytes).await?;
            self.sequence = self.sequence.wrapping_add(1);
        }
        self.time_ms += 100;
        Ok(())
    }
}

/// The clip's pictures; parameter sets stand before the one that needs them.
pub(crate) fn clip_frames() -> Vec<Vec<u8>> {
    let is_start = |at: &usize| CLIP[*at..].starts_with(&[0, 0, 1]);
    let starts: Vec<usize> = (0..CLIP.len() - 4).filter(is_start).collect();
    let mut frames = vec![Vec::new()];
    for (at, start) in starts.iter().enumerate() {
        let unit = &CLIP[*start..starts.get(at + 1).copied().unwrap_or(CLIP.len())];
        frames.last_mut().expect("one").extend(unit);
        if matches!(unit[3] & 0x1f, 1 | 5) {
            frames.push(Vec::new());
        }
    }
    frames.pop();
    frames
}
