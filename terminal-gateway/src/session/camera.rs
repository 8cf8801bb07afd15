//! The live picture of a camera: asked for and ended on the terminal's line. The picture itself comes on another.

use super::{Output, TerminalSession};
use crate::jt808::body::Tell;
use std::sync::Arc;

/// Which camera is to send, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameraAsked {
    /// How the terminal reaches us.
    pub address: String,
    /// TCP port there.
    pub tcp_port: u16,
    /// Which camera, from 1.
    pub channel: u8,
}

/// What the terminal was told last.
#[derive(Clone, Copy, Debug)]
pub(super) struct CameraTold {
    channel: u8,
    /// Under which serial number.
    serial: u16,
}

impl TerminalSession {
    /// This picture is wanted now, or none. One that is wanted anew begins anew, of the same camera too.
    pub(super) fn camera(&mut self, asked: Option<Arc<CameraAsked>>) {
        if !self.is_known() {
            return;
        }
        if let Some(told) = self.camera_told.take() {
            self.send(&Tell::StopVideo { channel: told.channel });
        }
        if let Some(asked) = asked {
            let CameraAsked { address, tcp_port, channel } = Arc::unwrap_or_clone(asked);
            let serial = self.send(&Tell::StartVideo { address, tcp_port, channel });
            self.camera_told = Some(CameraTold { channel, serial });
        }
    }

    /// The terminal answers that it does not do what it was told; true when that was to begin a picture.
    pub(super) fn refuses_camera(&mut self, serial: u16) -> bool {
        let told = self.camera_told.take_if(|told| told.serial == serial);
        self.outputs.extend(told.map(|told| Output::CameraRefused(told.channel)));
        told.is_some()
    }
}
