//! Every kind of line that a receiver may hang on, with something real at its other end.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_serial::{SerialPort, SerialStream};
use tokio_util::sync::CancellationToken;
use vehicle_agent::nmea::{Fix, NmeaParser, ParserOptions};
use vehicle_agent::sources::{self, MAX_PORTIONS_WAITING, Source};

/// Long enough for the slowest machine; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);
const FIRST: &[u8] = b"$GPRMC,010203.00,A,3828.2000,N,10616.2000,E,0.2,90.0,010126,,,A*60\r\n";
const SECOND: &[u8] = b"$GPRMC,010204.00,A,3828.2000,N,10616.2000,E,0.2,90.0,010126,,,A*67\r\n";

/// A source being read, and what the parser makes of it.
struct Reading {
    bytes: mpsc::Receiver<Vec<u8>>,
    parser: NmeaParser,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<Result<(), sources::SourceError>>,
}

impl Reading {
    fn of(source: &str) -> Self {
        let (sender, bytes) = mpsc::channel(MAX_PORTIONS_WAITING);
        let stop = CancellationToken::new();
        let source: Source = source.parse().unwrap();
        let task = tokio::spawn(sources::run(source, 0.0, sender, stop.clone()));
        Self { bytes, parser: NmeaParser::new(ParserOptions::default()), stop, task }
    }

    /// Reads on until the receiver's next fix.
    async fn fix(&mut self) -> Fix {
        let mut fixes = Vec::new();
        while fixes.is_empty() {
            let portion = tokio::time::timeout(PATIENCE, self.bytes.recv()).await.unwrap().unwrap();
            self.parser.push(&portion, &mut fixes);
            self.parser.flush(&mut fixes);
        }
        fixes.remove(0)
    }

    async fn stopped(self) {
        self.stop.cancel();
        self.task.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_receiver_in_the_network_is_called_again_when_it_hangs_up() {
    let receiver = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut reading = Reading::of(&format!("tcp:{}", receiver.local_addr().unwrap()));
    let (mut line, _) = receiver.accept().await.unwrap();
    line.write_all(FIRST).await.unwrap();
    let before = reading.fix().await;
    drop(line);
    let (mut line, _) = receiver.accept().await.unwrap();
    line.write_all(SECOND).await.unwrap();
    assert_eq!(reading.fix().await.fix_time_ms - before.fix_time_ms, 1000);
    reading.stopped().await;
}

#[tokio::test]
async fn gpsd_is_asked_for_sentences_and_its_own_lines_do_no_harm() {
    let gpsd = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut reading = Reading::of(&format!("gpsd:{}", gpsd.local_addr().unwrap()));
    let (line, _) = gpsd.accept().await.unwrap();
    let mut line = BufReader::new(line);
    line.write_all(b"{\"class\":\"VERSION\",\"release\":\"3.25\",\"proto_major\":3}\n")
        .await
        .unwrap();
    let mut asked = String::new();
    line.read_line(&mut asked).await.unwrap();
    assert_eq!(asked, "?WATCH={\"enable\":true,\"nmea\":true};\n");
    line.write_all(b"{\"class\":\"DEVICES\",\"devices\":[]}\n").await.unwrap();
    line.write_all(FIRST).await.unwrap();
    assert_eq!(format!("{:.4}", reading.fix().await.lon), "106.2700");
    reading.stopped().await;
}

#[tokio::test]
async fn a_serial_line_is_read_from_the_middle_of_a_sentence() {
    let (mut receiver, line) = SerialStream::pair().unwrap();
    let name = line.name().unwrap();
    // The agent opens the line by its name, as it would a cable's.
    drop(line);
    let mut reading = Reading::of(&format!("serial:{name}@38400"));
    let mut sentences = b"028.2000,N,10616.2000,E,0.2*11\r\n".to_vec();
    sentences.extend_from_slice(FIRST);
    receiver.write_all(&sentences).await.unwrap();
    assert_eq!(format!("{:.4}", reading.fix().await.lat), "38.4700");
    reading.stopped().await;
}

#[tokio::test]
async fn a_recording_ends_by_itself_and_one_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drive.log");
    std::fs::write(&path, [FIRST, SECOND].concat()).unwrap();
    let mut reading = Reading::of(&format!("file:{}", path.display()));
    let first = reading.fix().await;
    assert_eq!(reading.fix().await.fix_time_ms - first.fix_time_ms, 1000);
    reading.task.await.unwrap().unwrap();

    let gone = Reading::of(&format!("file:{}/gone.log", folder.path().display()));
    let error = gone.task.await.unwrap().unwrap_err().to_string();
    assert!(error.contains("gone.log"), "{error}");
}
