//! The terminal's camera: a file of H.264 in a loop, sent in packets of JT/T 1078 while the platform wants a picture.

use super::frame::{Edition, Heard, packed};
use std::io::{Error, ErrorKind, Result};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

/// Pictures a second.
const EVERY: Duration = Duration::from_millis(100);
/// Most data of one packet, by the standard.
const MOST_DATA: usize = 950;

/// A camera, and the picture that it sends.
#[derive(Debug)]
pub(super) struct Camera {
    frames: Arc<Vec<Frame>>,
    /// The terminal's number as it stands in each packet.
    number: Vec<u8>,
    sending: Option<JoinHandle<()>>,
}

/// One picture of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Frame {
    is_key: bool,
    has_slice: bool,
    bytes: Vec<u8>,
}

impl Camera {
    /// Reads the file.
    pub(super) fn read(file: &Path, digits: &str, edition: Edition) -> Result<Camera> {
        let told = |error: Error| Error::new(error.kind(), format!("{}: {error}", file.display()));
        let frames = frames(&std::fs::read(file).map_err(told)?);
        if !frames.iter().any(|frame| frame.is_key) {
            let why = "no key frame of H.264 (Annex B) is in it";
            return Err(told(Error::new(ErrorKind::InvalidData, why)));
        }
        let width = match edition {
            Edition::Of2013 => 12,
            Edition::Of2019 => 20,
        };
        Ok(Camera { frames: Arc::new(frames), number: packed(digits, width), sending: None })
    }

    /// The platform wants a picture (0x9101), or none any more (0x9102); whether the camera does as it is told.
    pub(super) fn told(&mut self, heard: &Heard) -> bool {
        self.stop();
        if heard.message == 0x9102 {
            println!("the camera stops");
            return true;
        }
        let Some((address, channel)) = asked(&heard.body) else { return false };
        println!("the camera sends channel {channel} to {address}");
        let (frames, number) = (Arc::clone(&self.frames), self.number.clone());
        self.sending = Some(tokio::spawn(async move {
            let ended = send(&address, channel, &number, &frames).await;
            println!("the camera's connection ended: {ended:?}");
        }));
        true
    }

    fn stop(&mut self) {
        if let Some(sending) = self.sending.take() {
            sending.abort();
        }
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Where to send and which channel, of the body of 0x9101.
fn asked(body: &[u8]) -> Option<(String, u8)> {
    let (length, rest) = body.split_first()?;
    let (host, rest) = rest.split_at_checked(usize::from(*length))?;
    let [high, low, _, _, channel, ..] = *rest else { return None };
    let host = std::str::from_utf8(host).ok()?;
    let port = u16::from_be_bytes([high, low]);
    let is_ipv6 = host.contains(':');
    Some((if is_ipv6 { format!("[{host}]:{port}") } else { format!("{host}:{port}") }, channel))
}

async fn send(to: &str, channel: u8, number: &[u8], frames: &[Frame]) -> Result<()> {
    let mut stream = TcpStream::connect(to).await?;
    let mut every = tokio::time::interval(EVERY);
    let (mut sequence, mut time_ms) = (0, 0);
    for frame in frames.iter().cycle() {
        every.tick().await;
        stream.write_all(&packets(frame, channel, number, time_ms, &mut sequence)).await?;
        time_ms += EVERY.as_millis() as u64;
    }
    Ok(())
}

/// A picture in packets: JT/T 1078-2016, table 19.
fn packets(frame: &Frame, channel: u8, number: &[u8], time_ms: u64, sequence: &mut u16) -> Vec<u8> {
    let count = frame.bytes.chunks(MOST_DATA).len();
    let mut packets = Vec::new();
    for (at, data) in frame.bytes.chunks(MOST_DATA).enumerate() {
        let part = match (at, count) {
            (_, 1) => 0,
            (0, _) => 1,
            (at, count) if at + 1 == count => 2,
            _ => 3,
        };
        let kind = if frame.is_key { 0 } else { 0x10 };
        packets.extend(b"01cd\x81");
        // H.264, with the mark of a frame's last packet.
        packets.push(if at + 1 == count { 98 | 0x80 } else { 98 });
        packets.extend(sequence.to_be_bytes());
        packets.extend(number);
        packets.extend([channel, kind | part]);
        packets.extend(time_ms.to_be_bytes());
        // Milliseconds since the key frame, which nobody needs, and since the frame before.
        packets.extend([0, 0, 0, 100]);
        packets.extend((data.len() as u16).to_be_bytes());
        packets.extend(data);
        *sequence = sequence.wrapping_add(1);
    }
    packets
}

/// The pictures of a stream; what stands before a picture's first slice belongs to it.
fn frames(stream: &[u8]) -> Vec<Frame> {
    let starts: Vec<usize> =
        (0..stream.len()).filter(|at| stream[*at..].starts_with(&[0, 0, 1])).collect();
    let (mut frames, mut open) = (Vec::new(), Frame::default());
    for (at, start) in starts.iter().enumerate() {
        let unit = &stream[*start..starts.get(at + 1).copied().unwrap_or(stream.len())];
        let (Some(head), next) = (unit.get(3), unit.get(4).copied().unwrap_or_default()) else {
            continue;
        };
        let kind = head & 0x1f;
        let is_slice = matches!(kind, 1 | 5);
        // The first slice of a picture begins with its first block, number 0, which is one bit.
        if open.has_slice && (!is_slice || next & 0x80 != 0) {
            frames.push(std::mem::take(&mut open));
        }
        open.has_slice |= is_slice;
        open.is_key |= kind == 5;
        open.bytes.extend(unit);
    }
    if open.has_slice {
        frames.push(open);
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_cut_into_its_pictures() {
        let stream = [
            &[0, 0, 0, 1, 0x67, 1, 2][..],
            &[0, 0, 1, 0x68, 3],
            &[0, 0, 1, 0x65, 0x88],
            &[0, 0, 1, 0x65, 0x08],
            &[0, 0, 0, 1, 0x41, 0x9a],
            &[0, 0, 1, 0x67, 1],
            &[0, 0, 1, 0x65, 0x88],
        ];
        let found = frames(&stream.concat());
        let told: Vec<_> = found.iter().map(|it| (it.is_key, it.bytes.len())).collect();
        // The zero before a start code of four bytes stands at the end of the unit before it.
        assert_eq!(told, [(true, 6 + 5 + 5 + 6), (false, 5), (true, 10)]);
        assert_eq!(frames(b"no stream"), []);
    }

    #[test]
    fn a_picture_goes_in_packets_of_the_standards_length() {
        let frame = Frame { is_key: true, has_slice: true, bytes: vec![7; 2_000] };
        let mut sequence = 0xffff;
        let sent = packets(&frame, 2, &[1, 0x39, 0x12, 0x34, 0x43, 0x29], 5, &mut sequence);
        assert_eq!((sent.len(), sequence), (3 * 30 + 2_000, 2));
        let parts: Vec<_> = [0, 980, 1_960].map(|at| sent[at + 15]).into();
        assert_eq!(parts, [1, 3, 2]);
        assert_eq!(sent[..8], [0x30, 0x31, 0x63, 0x64, 0x81, 98, 0xff, 0xff]);
        assert_eq!(sent[14..30], [2, 1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 100, 3, 0xb6]);
        assert_eq!(sent[1_960 + 5], 98 | 0x80, "the last of the picture");
    }

    #[test]
    fn where_to_send_is_read_of_what_the_platform_says() {
        let body = [b"\x0910.0.0.12".as_slice(), &[0x22, 0x6a, 0, 0, 3, 1, 1]].concat();
        assert_eq!(asked(&body), Some(("10.0.0.12:8810".to_owned(), 3)));
        assert_eq!(asked(&body[..12]), None);
    }
}
