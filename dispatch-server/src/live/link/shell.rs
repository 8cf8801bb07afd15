//! The shell that runs a link's state machine over a WebSocket: the only place of the links that
//! reads, writes, waits and looks at a clock.

use super::{End, Incoming, Input, Machine, Now, Output, Socket, Unwritten};
use crate::live::limits::FAREWELL_LIMIT;
use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, close_code};
use dispatch_desk::clock::Clock;
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout};

/// Where a timer stands that nobody waits for.
const UNUSED: Duration = Duration::from_secs(3600);

/// The rest of the server, as one link meets it. Every future of it may be dropped and asked for again
/// without loss, but for that of `execute`.
pub(in crate::live) trait Surroundings<M: Machine>: Send {
    /// A frame that cannot be written within this time ends the link.
    const WRITE_LIMIT: Duration;

    /// The server's clock.
    fn clock(&self) -> &Clock;

    /// Does what the machine asks. Gives its answer, where there is one at once.
    fn execute(&mut self, ask: M::Ask) -> impl Future<Output = Option<M::Answer>> + Send;

    /// Waits for what goes before the peer's frames, and for what comes after them.
    fn wakeups(
        &mut self,
    ) -> (impl Future<Output = M::Event> + Send, impl Future<Output = M::Event> + Send);

    /// Waits for what breaks off a frame that is being written.
    fn interrupted(&mut self) -> impl Future<Output = M::Event> + Send {
        std::future::pending()
    }
}

/// Runs a link until it is over.
pub(in crate::live) async fn run<M, S, W>(machine: &mut M, around: &mut S, socket: &mut W) -> End
where
    M: Machine + Send,
    M::Frame: Into<Message> + Send,
    M::Ask: Send,
    M::Answer: Send,
    M::Event: Send,
    S: Surroundings<M>,
    W: Socket,
{
    let (began, mut moves) = (around.clock().steady(), around.clock().moves());
    let timer = sleep_until(Instant::from_std(began + UNUSED));
    tokio::pin!(timer);
    loop {
        if let Some(end) = work_off(machine, around, socket, began).await {
            return end;
        }
        // A clock that goes by hand is looked at whenever it was moved; the machine's timers do not know it.
        let due = machine.next_timeout().filter(|_| !moves.are_by_hand());
        let due = due.map(|due| Instant::from_std(began + due));
        // Setting a timer costs more than a frame; it changes once a heartbeat.
        if let Some(due) = due.filter(|due| *due != timer.deadline()) {
            timer.as_mut().reset(due);
        }
        let is_read = machine.is_read();
        let received;
        let (urgent, usual) = around.wakeups();
        let input = tokio::select! {
            biased;
            event = urgent => Input::Happened(event),
            frame = socket.recv(), if is_read => {
                received = frame;
                Input::Frame(incoming(received.as_ref()))
            }
            () = &mut timer, if due.is_some() => Input::Tick,
            () = moves.next() => Input::Tick,
            event = usual => Input::Happened(event),
        };
        machine.handle_input(input, now::<M, S>(around, began));
    }
}

/// Carries out what the machine wants, until it wants nothing more.
async fn work_off<M, S, W>(
    machine: &mut M,
    around: &mut S,
    socket: &mut W,
    began: std::time::Instant,
) -> Option<End>
where
    M: Machine,
    M::Frame: Into<Message>,
    S: Surroundings<M>,
    W: Socket,
{
    while let Some(output) = machine.next_output() {
        let input = match output {
            Output::Send(frame) => write::<M, S, W>(around, socket, frame.into()).await,
            Output::Ping => write::<M, S, W>(around, socket, Message::Ping(Bytes::new())).await,
            Output::Ask(ask) => around.execute(ask).await.map(Input::Answer),
            Output::End(end) => return Some(end),
        };
        if let Some(input) = input {
            machine.handle_input(input, now::<M, S>(around, began));
        }
    }
    None
}

async fn write<M, S, W>(
    around: &mut S,
    socket: &mut W,
    message: Message,
) -> Option<Input<'static, M::Answer, M::Event>>
where
    M: Machine,
    S: Surroundings<M>,
    W: Socket,
{
    tokio::select! {
        biased;
        event = around.interrupted() => Some(Input::Happened(event)),
        written = timeout(S::WRITE_LIMIT, socket.send(message)) => match written {
            Ok(Ok(())) => None,
            Ok(Err(_)) => Some(Input::NotWritten(Unwritten::Lost)),
            Err(_) => Some(Input::NotWritten(Unwritten::NotReading)),
        },
    }
}

fn now<M: Machine, S: Surroundings<M>>(around: &S, began: std::time::Instant) -> Now {
    let clock = around.clock();
    Now { wall: clock.now(), steady: clock.steady().duration_since(began) }
}

fn incoming(frame: Option<&Result<Message, axum::Error>>) -> Incoming<'_> {
    match frame {
        None | Some(Ok(Message::Close(_))) => Incoming::Closed,
        Some(Err(_)) => Incoming::Unreadable,
        Some(Ok(Message::Text(text))) => Incoming::Text(text.as_str()),
        Some(Ok(Message::Binary(_))) => Incoming::Binary,
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Incoming::SignOfLife,
    }
}

/// Says the last words and closes. Whether they arrive is out of our hands; the link ends either way.
pub(in crate::live) async fn farewell(socket: &mut impl Socket, end: End) {
    let Some(words) = end.last_words else { return };
    let said = async {
        socket.send(Message::Text(words.into())).await?;
        let frame = CloseFrame { code: close_code::POLICY, reason: end.code.into() };
        socket.send(Message::Close(Some(frame))).await?;
        // What is still coming is read away: closing over it would tear the last words as well.
        while let Some(Ok(_)) = socket.recv().await {}
        Ok::<(), axum::Error>(())
    };
    let _ = timeout(FAREWELL_LIMIT, said).await;
}
