//! gpsd, the usual daemon for receivers. It is asked for NMEA, which it also makes out of receivers'
//! binary protocols, so that all positions go through one parser. Its own JSON lines count as noise.

use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;

use super::stream;

const WATCH: &[u8] = b"?WATCH={\"enable\":true,\"nmea\":true};\n";

pub(super) async fn run(address: &str, bytes: &mpsc::Sender<Vec<u8>>) {
    stream::keep_open(address, bytes, || async {
        let mut socket = stream::connect(address).await?;
        socket.write_all(WATCH).await?;
        // gpsd is silent while its receiver is unplugged: silence is no reason to leave.
        stream::copy(socket, None, bytes).await
    })
    .await;
}
