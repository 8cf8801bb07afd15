//! A picture's whole way: the server would like it, the terminal is asked and sends, a browser's fragments arrive; and
//! everything that can come between.

mod gear;

use gear::{Installation, KEY, NUMBER, Sent, Source, Terminal, clip_frames, closed, soon};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use wire_protocol::agent::AgentMessage;
use wire_protocol::picture::{FragmentKind, PictureEnd, PictureNews};

/// A gateway whose terminal is asked for its second camera under the name p1, with the socket opened for it.
async fn asked() -> (Installation, Terminal, Source) {
    let mut all = Installation::begin(true).await;
    let terminal = all.terminal().await;
    all.server.wants(Some(("p1", 2))).await;
    let source = all.server.source().await;
    (all, terminal, source)
}

/// What a terminal is told: where to send, and which camera.
async fn told_to_send(terminal: &mut Terminal) -> (String, [u8; 5]) {
    let body = terminal.until(0x9101).await.body;
    let (address, rest) = body[1..].split_at(usize::from(body[0]));
    let port = u16::from_be_bytes([rest[0], rest[1]]);
    let address = format!("{}:{port}", String::from_utf8_lossy(address));
    (address, rest[2..].try_into().expect("five bytes more"))
}

/// What a link says of its vehicle's cameras.
fn can_send(message: AgentMessage) -> Option<bool> {
    let AgentMessage::Hello { terminal, .. } = message else { return None };
    Some(terminal.is_some_and(|it| it.pictures))
}

/// Sends the clip frame by frame, each once the one before has arrived.
async fn plays(source: &mut Source, media: &mut TcpStream, sent: &mut Sent) -> Vec<u8> {
    let mut file = Vec::new();
    for (at, frame) in clip_frames().iter().enumerate() {
        sent.frame(media, frame).await.expect("it is taken");
        if at == 0 {
            let begins = PictureNews::Begins { codec: "avc1.42c00c".to_owned() };
            assert_eq!(source.news().await, begins);
            let (kind, start) = source.fragment().await;
            assert_eq!(kind, FragmentKind::Start);
            file.extend(start);
        }
        let (kind, fragment) = source.fragment().await;
        let expected = if at % 10 == 0 { FragmentKind::Key } else { FragmentKind::Further };
        assert_eq!(kind, expected, "frame {at}");
        file.extend(fragment);
    }
    file
}

#[tokio::test]
async fn a_clip_goes_from_the_camera_to_the_server_until_nobody_looks() {
    let (mut all, mut terminal, mut source) = asked().await;
    assert!(all.server.hears(can_send).await, "the server knows that it may ask");
    let shown = (source.query.as_str(), source.authorization.as_str());
    assert_eq!(shown, ("picture=p1", format!("Bearer {KEY}").as_str()));
    let (address, camera) = told_to_send(&mut terminal).await;
    assert_eq!((&address, camera), (&all.media, [0, 0, 2, 1, 1]), "no sound, the smaller stream");
    let mut media = all.connect().await;
    let file = plays(&mut source, &mut media, &mut Sent::of(2)).await;
    let read = re_mp4::Mp4::read_bytes(&file).expect("another hand reads it");
    let track = read.tracks().values().next().expect("one track");
    assert_eq!((track.samples.len(), track.width, track.height), (30, 160, 120));
    // The line goes on beside it.
    terminal.say(0x0002, &[]).await;
    assert_eq!(terminal.until(0x8001).await.body[2..], [0, 2, 0]);

    all.server.wants(None).await;
    assert_eq!(terminal.until(0x9102).await.body, [2, 0, 0, 1]);
    closed(media).await;
    assert_eq!(source.ended().await, None, "whoever looked away is told nothing");
    closed(all.connect_and_send(2).await).await;
    all.end().await;
}

#[tokio::test]
async fn a_terminal_that_refuses_and_one_without_a_line_are_told_at_once() {
    let (mut all, mut terminal, source) = asked().await;
    let told = terminal.until(0x9101).await;
    terminal.answer(&told, 1).await;
    assert_eq!(source.ended().await, Some(PictureEnd::Refused));
    terminal.logs_out().await;
    // The vehicle's link stays a while after its terminal.
    all.server.wants(Some(("p2", 2))).await;
    let why = all.server.source().await.ended().await;
    assert_eq!(why, Some(PictureEnd::Offline));
    all.end().await;
}

#[tokio::test]
async fn another_codec_is_told() {
    let (all, mut terminal, source) = asked().await;
    told_to_send(&mut terminal).await;
    let mut media = all.connect().await;
    Sent { payload_type: 99, ..Sent::of(2) }.frame(&mut media, b"h265").await.expect("it is taken");
    assert_eq!(source.ended().await, Some(PictureEnd::OtherCodec));
    assert_eq!(terminal.until(0x9102).await.body[0], 2, "the terminal need not send on");
    all.end().await;
}

#[tokio::test]
async fn a_frame_without_an_end_is_told() {
    let (all, mut terminal, source) = asked().await;
    told_to_send(&mut terminal).await;
    let mut media = all.connect().await;
    // The gateway hangs up within it.
    let sending = tokio::spawn(async move {
        Sent::of(2).frame(&mut media, &vec![0x55; 1_100_000]).await.ok();
    });
    assert_eq!(source.ended().await, Some(PictureEnd::TooLarge));
    soon(sending).await.expect("it ends");
    all.end().await;
}

#[tokio::test]
async fn only_what_is_wanted_at_this_moment_is_taken() {
    let mut all = Installation::begin(true).await;
    let mut terminal = all.terminal().await;
    closed(all.connect_and_send(2).await).await;
    all.server.wants(Some(("p1", 2))).await;
    let mut source = all.server.source().await;
    told_to_send(&mut terminal).await;
    closed(all.connect_and_send(3).await).await;
    let mut rubbish = all.connect().await;
    rubbish.write_all(&[b'x'; 9_000]).await.expect("it is taken");
    closed(rubbish).await;
    let mut media = all.connect().await;
    plays(&mut source, &mut media, &mut Sent::of(2)).await;
    all.end().await;
}

#[tokio::test]
async fn a_terminal_that_comes_back_is_asked_again_and_its_newest_connection_counts() {
    let (mut all, mut terminal, mut source) = asked().await;
    told_to_send(&mut terminal).await;
    let mut media = all.connect().await;
    plays(&mut source, &mut media, &mut Sent::of(2)).await;
    let mut again = all.terminal().await;
    assert_eq!(told_to_send(&mut again).await.1[2], 2);
    let mut newest = all.connect().await;
    let mut sent = Sent::of(2);
    // A new connection begins with a key frame, by the same parameters: the file goes on.
    for (at, frame) in clip_frames()[5..12].iter().enumerate() {
        sent.frame(&mut newest, frame).await.expect("it is taken");
        if at >= 5 {
            let expected = if at == 5 { FragmentKind::Key } else { FragmentKind::Further };
            assert_eq!(source.fragment().await.0, expected);
        }
    }
    closed(media).await;

    // The server hangs up.
    drop(source);
    assert_eq!(again.until(0x9102).await.body[0], 2);
    closed(newest).await;
    // And would like another camera.
    all.server.wants(Some(("p2", 1))).await;
    assert_eq!(all.server.source().await.query, "picture=p2");
    assert_eq!(told_to_send(&mut again).await.1[2], 1);
    all.end().await;
}

#[tokio::test]
async fn silence_ends_a_picture_and_a_connection() {
    let (all, mut terminal, source) = asked().await;
    told_to_send(&mut terminal).await;
    let stranger = all.connect().await;
    let (why, ()) = tokio::join!(source.ended(), closed(stranger));
    assert_eq!(why, Some(PictureEnd::Silent));
    assert_eq!(soon(terminal.until(0x9102)).await.body[0], 2);
    all.end().await;
}

#[tokio::test]
async fn without_the_setting_no_terminal_is_asked() {
    let mut all = Installation::begin(false).await;
    let _terminal = all.terminal().await;
    assert!(!all.server.hears(can_send).await, "the server does not ask for {NUMBER}");
    all.end().await;
}

impl Installation {
    /// A connection on which a packet of this camera came.
    async fn connect_and_send(&self, channel: u8) -> TcpStream {
        let mut media = self.connect().await;
        Sent::of(channel).frame(&mut media, b"a packet").await.expect("it is taken");
        media
    }
}
