//! A receiver on a serial line or a USB adapter.

use tokio::sync::mpsc;
use tokio_serial::SerialPortBuilderExt;

use super::stream;

pub(super) async fn run(path: &str, baud: u32, bytes: &mpsc::Sender<Vec<u8>>) {
    stream::keep_open(path, bytes, || async {
        let port = tokio_serial::new(path, baud).open_native_async()?;
        stream::copy(port, None, bytes).await
    })
    .await;
}
