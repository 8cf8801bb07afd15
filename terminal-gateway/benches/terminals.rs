//! What a terminal costs the gateway: memory for each that is connected, and CPU for each frame beside a bare TCP sink
//! that only unescapes, in one run.
//!
//! `cargo bench -p terminal-gateway --bench terminals -- [--terminals 10000] [--frames 100000]`
//! Gateway and sink are processes of their own, whose CPU and memory are read from /proc. No server is there: each
//! vehicle's link tries to reach one, and its outbox keeps what was reported.

#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
#![expect(clippy::expect_used, reason = "what fails here ends the benchmark")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use terminal_gateway::jt808::frame::{Edition, Encoder, FrameSplitter, TerminalNumber};

/// Longest wait for any answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// Frames of a terminal sent before their answers are read: one, as terminals report, and several, as those that bring a
/// backlog do.
const ONE_BY_ONE: usize = 1;
const AT_ONCE: usize = 16;
/// Turns that the sink and the gateway take with each kind of frame.
const TURNS: usize = 8;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some("gateway") => serve_gateway(Path::new(&arguments[2])),
        Some("sink") => serve_sink(),
        Some(_) | None => measure(&arguments),
    }
}

fn measure(arguments: &[String]) {
    let is_short = arguments.iter().any(|it| it == "--test");
    let number = |name: &str, usual: usize, short: usize| {
        let given = arguments.iter().position(|it| it == name).and_then(|at| arguments.get(at + 1));
        let usual = if is_short { short } else { usual };
        given.map_or(usual, |it| it.parse().expect("a number"))
    };
    let (terminals, frames) = (number("--terminals", 10_000, 50), number("--frames", 100_000, 200));
    bounded_http::raise_file_limit(65_536);
    println!("{terminals} terminals, {frames} frames over {} lines", lines(terminals));

    let sink = Process::start("sink", Path::new("-"));
    let mut bare: Vec<Terminal> =
        (0..lines(terminals)).map(|at| Terminal::connect(&sink.address, at)).collect();
    let folder = tempfile::tempdir().expect("a folder");
    write_files(folder.path(), terminals);
    let gateway = Process::start("gateway", folder.path());
    let before = gateway.memory_bytes();
    let mut connected: Vec<Terminal> = (0..terminals)
        .map(|at| {
            let mut terminal = Terminal::connect(&gateway.address, at);
            terminal.register();
            terminal
        })
        .collect();
    let registered = gateway.memory_bytes();
    // In turns, so that whatever else the machine does falls on both.
    let mut in_turns = |at_once, message, body: &[u8]| {
        let mut sums = [0.0; 3];
        for _ in 0..TURNS {
            let slice = frames / TURNS;
            let (bare, _) = sink.cost_on(&mut bare, slice, at_once, 0x0200, &location());
            let (ours, seconds) = gateway.cost_on(&mut connected, slice, at_once, message, body);
            sums.iter_mut().zip([bare, ours, seconds]).for_each(|(sum, it)| *sum += it);
        }
        [sums[0] / TURNS as f64, sums[1] / TURNS as f64, sums[2]]
    };
    let costs = [ONE_BY_ONE, AT_ONCE].map(|at_once| {
        (at_once, in_turns(at_once, 0x0002, &[]), in_turns(at_once, 0x0200, &location()))
    });
    let reported = gateway.memory_bytes();
    let each = |bytes: u64| bytes as f64 / terminals as f64 / 1_024.0;
    println!("| what | figure |\n|---|---|");
    println!(
        "| memory a terminal, known and silent | {:.1} KiB |",
        each(registered.saturating_sub(before))
    );
    println!(
        "| memory a terminal, its positions waiting for a server | {:.1} KiB |",
        each(reported.saturating_sub(before))
    );
    for (at_once, [bare, heartbeat, _], [bare_then, position, seconds]) in costs {
        println!("| CPU a frame, bare sink, {at_once} at once | {bare:.1}, {bare_then:.1} us |");
        let times = heartbeat / bare;
        println!("| CPU a heartbeat, {at_once} at once | {heartbeat:.1} us ({times:.2}x) |");
        let times = position / bare_then;
        println!("| CPU a position, durable, {at_once} at once | {position:.1} us ({times:.1}x) |");
        let rate = frames as f64 / seconds;
        println!("| positions a second, durable, {at_once} at once | {rate:.0} |");
    }
}

fn lines(terminals: usize) -> usize {
    terminals.min(500)
}

/// A child with what it costs.
struct Process {
    child: Child,
    address: String,
}

impl Process {
    fn start(what: &str, folder: &Path) -> Process {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .arg(what)
            .arg(folder)
            .env("RUST_LOG", "off")
            .stdout(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut says = BufReader::new(child.stdout.take().expect("its output")).lines();
        let address = says
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.rsplit_once("ready on ").map(|(_, address)| address.to_owned()));
        Process { child, address: address.expect("it says where it listens") }
    }

    fn memory_bytes(&self) -> u64 {
        // What was freed is given back after a moment, and threads settle.
        std::thread::sleep(Duration::from_secs(1));
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("it runs");
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:")).expect("its memory");
        let kib: u64 = line.trim().trim_end_matches(" kB").trim().parse().expect("a number");
        kib * 1_024
    }

    fn cpu_seconds(&self) -> f64 {
        const TICKS_A_SECOND: f64 = 100.0;
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()));
        let stat = stat.expect("it runs");
        let (_, after) = stat.rsplit_once(") ").expect("its name");
        let fields: Vec<&str> = after.split(' ').collect();
        let ticks = |at: usize| fields[at].parse::<f64>().expect("a number");
        (ticks(11) + ticks(12)) / TICKS_A_SECOND
    }

    /// Microseconds of CPU for a frame, and seconds for all; each frame is answered.
    fn cost_on(
        &self,
        terminals: &mut [Terminal],
        frames: usize,
        at_once: usize,
        message: u16,
        body: &[u8],
    ) -> (f64, f64) {
        let (cpu, began) = (self.cpu_seconds(), Instant::now());
        let lines = lines(terminals.len());
        let rounds = frames.div_ceil(lines * at_once);
        for _ in 0..rounds {
            for terminal in &mut terminals[..lines] {
                terminal.say(message, body, at_once);
            }
            for terminal in &mut terminals[..lines] {
                terminal.answered(at_once);
            }
        }
        let sent = (rounds * lines * at_once) as f64;
        let cpu = (self.cpu_seconds() - cpu) * 1e6 / sent;
        (cpu, began.elapsed().as_secs_f64() * frames as f64 / sent)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn number_of(at: usize) -> TerminalNumber {
    TerminalNumber::new(&format!("139{at:08}")).expect("digits")
}

/// A place near Yinchuan at a time that moves on by itself: no two frames say the same.
fn location() -> Vec<u8> {
    let mut body = vec![0, 0, 0, 0, 0, 0, 0, 3];
    body.extend(38_466_900_u32.to_be_bytes());
    body.extend(106_278_100_u32.to_be_bytes());
    body.extend([4, 0, 0, 90, 0, 45]);
    body.extend([0; 6]);
    body
}

struct Terminal {
    encoder: Encoder,
    stream: TcpStream,
    splitter: FrameSplitter,
    seconds: i64,
    answers: usize,
}

impl Terminal {
    fn connect(address: &str, at: usize) -> Terminal {
        let stream = TcpStream::connect(address).expect("connects");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let encoder = Encoder::new(Edition::Y2013, number_of(at));
        let seconds = 0;
        Terminal { encoder, stream, splitter: FrameSplitter::default(), seconds, answers: 0 }
    }

    fn register(&mut self) {
        let mut body = vec![0; 37];
        body.extend(*b"T0001");
        let frames = self.encoder.message(0x0100, &body).1;
        frames.iter().for_each(|frame| self.stream.write_all(frame).expect("is sent"));
        let code = self.until(0x8100);
        assert_eq!(code.get(2), Some(&0), "it is registered");
        let frames = self.encoder.message(0x0102, &code[3..]).1;
        frames.iter().for_each(|frame| self.stream.write_all(frame).expect("is sent"));
        let answer = self.until(0x8001);
        assert_eq!(answer.get(4), Some(&0), "it is known");
        self.answers = 0;
    }

    /// The body of the next message of this kind.
    fn until(&mut self, message: u16) -> Vec<u8> {
        let mut found = None;
        while found.is_none() {
            self.read(|frame| {
                if let Ok(frame) = terminal_gateway::jt808::frame::Frame::decode(frame)
                    && frame.header.message == message
                {
                    found = Some(frame.body.clone());
                }
            });
        }
        found.unwrap_or_default()
    }

    fn say(&mut self, message: u16, body: &[u8], times: usize) {
        let mut bytes = Vec::new();
        for _ in 0..times {
            let mut body = body.to_vec();
            if let Some(time) = body.len().checked_sub(6).filter(|_| message == 0x0200) {
                self.seconds += 1;
                body[time..].copy_from_slice(&bcd_time(self.seconds));
            }
            let frames = self.encoder.message(message, &body).1;
            frames.iter().for_each(|frame| bytes.extend(frame));
        }
        self.stream.write_all(&bytes).expect("is sent");
    }

    /// Waits until so many general answers came.
    fn answered(&mut self, times: usize) {
        let mut answers = std::mem::take(&mut self.answers);
        while answers < times {
            self.read(|frame| answers += usize::from(frame.starts_with(&[0x80, 0x01])));
        }
        self.answers = answers - times;
    }

    fn read(&mut self, mut on_frame: impl FnMut(&[u8])) {
        let mut bytes = [0; 4_096];
        let count = self.stream.read(&mut bytes).expect("an answer in time");
        assert!(count > 0, "the line goes on");
        self.splitter.push(&bytes[..count], &mut on_frame);
    }
}

/// The time of a report in six bytes of digits, some hours ago and going on, in the time of Beijing.
fn bcd_time(seconds: i64) -> [u8; 6] {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = now.expect("after 1970").as_secs() as i64;
    let at = time::OffsetDateTime::from_unix_timestamp(now - 40_000 + seconds + 8 * 3_600);
    let at = at.expect("a time");
    let two = |value: u8| ((value / 10) << 4) | (value % 10);
    let year = (at.year() % 100) as u8;
    [
        two(year),
        two(at.month().into()),
        two(at.day()),
        two(at.hour()),
        two(at.minute()),
        two(at.second()),
    ]
}

fn write_files(folder: &Path, terminals: usize) {
    let (mut file, mut keys) = (String::new(), String::new());
    for at in 0..terminals {
        let number = number_of(at);
        file += &format!(
            "[[terminal]]\nnumber = \"{number}\"\nvehicle = \"V-{at}\"\nkeys = \"none\"\n"
        );
        keys += &format!("V-{at} key{at}\n");
    }
    std::fs::write(folder.join("terminals.toml"), file).expect("is written");
    std::fs::write(folder.join("keys.txt"), keys).expect("is written");
}

fn serve_gateway(folder: &Path) {
    use clap::Parser;
    use terminal_gateway::serve::{Cli, Command, serve};
    bounded_http::raise_file_limit(65_536);
    let word = |name: &str| folder.join(name).display().to_string();
    let words = [
        "gateway".to_owned(),
        "serve".to_owned(),
        "--tcp=127.0.0.1:0".to_owned(),
        "--no-inspector".to_owned(),
        // Nobody listens there.
        "--server=ws://127.0.0.1:9/ws/agent".to_owned(),
        format!("--terminals={}", word("terminals.toml")),
        format!("--keys={}", word("keys.txt")),
        format!("--state={}", word("state")),
    ];
    let Command::Serve(settings) = Cli::parse_from(words).command else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let stop = tokio_util::sync::CancellationToken::new();
    runtime.expect("a runtime").block_on(serve(&settings, stop)).expect("serves");
}

/// Reads frames, unescapes them and answers each with as many bytes: the least that any platform does.
fn serve_sink() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").expect("listens");
        println!("ready on {}", listener.local_addr().expect("an address"));
        listener.set_nonblocking(true).expect("is set");
        let listener = tokio::net::TcpListener::from_std(listener).expect("listens");
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(sink(stream));
        }
    });
}

async fn sink(mut stream: tokio::net::TcpStream) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    const ANSWER: [u8; 10] = [0x7e, 0x80, 0x01, 0, 0, 0, 0, 0, 0x81, 0x7e];
    let mut splitter = FrameSplitter::default();
    let (mut bytes, mut kept) = ([0; 2_048], 0_usize);
    while let Ok(count @ 1..) = stream.read(&mut bytes).await {
        let mut frames = 0;
        splitter.push(&bytes[..count], &mut |raw| {
            let is_escaped = |pair: &[u8]| pair[0] == 0x7d;
            kept += raw.len() - raw.windows(2).filter(|pair| is_escaped(pair)).count();
            frames += 1;
        });
        for _ in 0..frames {
            if stream.write_all(&ANSWER).await.is_err() {
                return;
            }
        }
    }
    std::hint::black_box(kept);
}
