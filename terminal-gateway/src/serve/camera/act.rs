//! One picture after another, as the server wants them: its socket is opened, the terminal is asked, frames go out as
//! fragments, and everything is let go once it has ended or nobody wants it.

use super::Camera;
use super::place::{Brought, Media, Place};
use crate::jt1078::VideoFrame;
use crate::picture::{Muxer, Progress};
use crate::session::CameraAsked;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};
use vehicle_agent::machine::timer_now;
use vehicle_agent::shell::{PictureSource, ServerUrl, VehicleKey};
use wire_protocol::picture::{PictureEnd, PictureNews, PictureWanted};

/// A socket that could not be opened is tried so often, with a pause between: a server that is away wants no picture
/// either, and asks again when it is back.
const OPEN_TRIES: usize = 3;
const OPEN_PAUSE: Duration = Duration::from_secs(2);

/// What a camera needs of its vehicle.
#[derive(Debug)]
pub(in crate::serve) struct CameraLink {
    /// For the log.
    pub(in crate::serve) vehicle: String,
    pub(in crate::serve) server: ServerUrl,
    pub(in crate::serve) key: VehicleKey,
    /// Lines on which the terminal is known.
    pub(in crate::serve) lines: watch::Receiver<usize>,
    pub(in crate::serve) wanted: watch::Receiver<Option<PictureWanted>>,
}

/// Why a picture is not shown any more.
type Over = Option<PictureEnd>;

impl Camera {
    /// Shows what is wanted until `end`.
    pub(in crate::serve) async fn run(
        self: Arc<Self>,
        mut link: CameraLink,
        end: CancellationToken,
    ) {
        loop {
            let wanted = link.wanted.borrow_and_update().clone();
            if let Some(wanted) = wanted {
                let mut others = link.wanted.clone();
                let no_more = async {
                    tokio::select! {
                        () = end.cancelled() => {}
                        _ = others.wait_for(|it| it.as_ref() != Some(&wanted)) => {}
                    }
                };
                self.picture(&link, &wanted, no_more).await;
            }
            // A picture that has ended is shown again only when it is wanted again.
            tokio::select! {
                () = end.cancelled() => return,
                changed = link.wanted.changed() => if changed.is_err() {
                    return;
                },
            }
        }
    }

    /// Shows one picture until it ends or is wanted `no_more`.
    async fn picture(
        &self,
        link: &CameraLink,
        wanted: &PictureWanted,
        no_more: impl Future<Output = ()>,
    ) {
        let PictureWanted { picture, channel } = wanted;
        let mut socket = None;
        let showing = async {
            let socket = socket.insert(open(link, picture).await?);
            info!(vehicle = link.vehicle, channel, "a picture is wanted");
            self.show(link, *channel, socket).await
        };
        let over = tokio::select! {
            biased;
            () = no_more => None,
            over = showing => over,
        };
        self.let_go();
        let Some(mut socket) = socket else { return };
        info!(vehicle = link.vehicle, channel, why = ?over, "a picture ends");
        if let Some(reason) = over {
            // A server that takes nothing any more learns it by the end of the socket.
            socket.tell(&PictureNews::Ended { reason }).await.ok();
        }
        socket.close().await;
    }

    /// Has the terminal send and passes it on; gives why it ends, or nothing when the server takes nothing any more.
    async fn show(&self, link: &CameraLink, channel: u8, socket: &mut PictureSource) -> Over {
        let Ok(_place) = self.all.room.try_acquire() else { return Some(PictureEnd::TooMany) };
        let has_line = || *link.lines.borrow() > 0;
        if !has_line() {
            return Some(PictureEnd::Offline);
        }
        let Brought { mut media, refused } = self.ask(channel);
        let began = timer_now();
        let mut picture = Shown { muxer: Muxer::default(), progress: Progress::asked(0), began };
        loop {
            let until = began + Duration::from_millis(picture.progress.until_ms());
            tokio::select! {
                // What has come counts before the time that it took to pass on what came before.
                biased;
                () = refused.notified() => return Some(PictureEnd::Refused),
                () = socket.closed() => return None,
                came = media.recv() => match came {
                    Some(Media::Frame(frame)) => {
                        if let Err(over) = picture.pass_on(&frame, socket).await {
                            return over;
                        }
                    }
                    Some(Media::Closed) => picture.progress.closed(),
                    Some(Media::Ended(why)) => return Some(why),
                    None => return Some(PictureEnd::Stopped),
                },
                () = tokio::time::sleep_until(until) => {
                    if let Some(end) = picture.progress.ended(has_line(), picture.now_ms()) {
                        return Some(end);
                    }
                }
            }
        }
    }

    /// Asks the terminal, on the line that counts and on each that begins.
    fn ask(&self, channel: u8) -> Brought {
        let (place, brought) = Place::of(channel);
        *self.place() = Some(place);
        let (address, tcp_port) = (self.all.address.host.clone(), self.all.address.port);
        self.asked.send_replace(Some(Arc::new(CameraAsked { address, tcp_port, channel })));
        brought
    }

    /// Ends what was begun: the terminal is told, and its connection closed.
    fn let_go(&self) {
        self.place().take();
        self.asked.send_if_modified(|asked| asked.take().is_some());
    }
}

/// A picture on its way.
struct Shown {
    muxer: Muxer,
    progress: Progress,
    began: Instant,
}

impl Shown {
    /// Milliseconds since the terminal was asked.
    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Passes a frame on.
    ///
    /// # Errors
    /// Why the picture is over.
    async fn pass_on(&mut self, frame: &VideoFrame, to: &mut PictureSource) -> Result<(), Over> {
        let now_ms = self.now_ms();
        let muxed = self.muxer.take(frame, now_ms).map_err(Some)?;
        self.progress.frame(muxed.fragment.is_some(), now_ms);
        let refused = |_| None;
        if let Some((codec, start)) = muxed.begins {
            to.tell(&PictureNews::Begins { codec }).await.map_err(refused)?;
            to.fragment(start).await.map_err(refused)?;
        }
        if let Some(fragment) = muxed.fragment {
            to.fragment(fragment).await.map_err(refused)?;
        }
        Ok(())
    }
}

/// The picture's socket; nothing when the server does not take it.
async fn open(link: &CameraLink, picture: &str) -> Option<PictureSource> {
    for tried in 1..=OPEN_TRIES {
        match PictureSource::open(&link.server, &link.key, picture).await {
            Ok(socket) => return Some(socket),
            Err(why) => {
                warn!(vehicle = link.vehicle, why, tried, "a picture's socket cannot be opened");
            }
        }
        tokio::time::sleep(OPEN_PAUSE).await;
    }
    None
}
