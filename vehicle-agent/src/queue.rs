//! A bounded queue between tasks that holds no room while it is empty. A gateway has two of them for each of thousands of
//! vehicles, and Tokio's takes a kilobyte or two for each before anything is sent.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};

/// Makes a queue for at most so many items.
pub fn bounded<T>(most: usize) -> (Sender<T>, Receiver<T>) {
    let queue = Queue {
        items: VecDeque::new(),
        most,
        senders: 1,
        has_receiver: true,
        receiver: None,
        waiting: Vec::new(),
    };
    let shared = Shared(Arc::new(Mutex::new(queue)));
    (Sender(Shared(Arc::clone(&shared.0))), Receiver(shared))
}

/// An end to send by. Clones send into the same queue.
#[derive(Debug)]
pub struct Sender<T>(Shared<T>);

/// The end to receive by. What is still in the queue is dropped with it.
#[derive(Debug)]
pub struct Receiver<T>(Shared<T>);

/// An item that was not taken.
#[derive(Debug, PartialEq, Eq)]
pub enum NotSent<T> {
    /// The queue is full.
    Full(T),
    /// Nobody receives any more.
    Closed(T),
}

#[derive(Debug)]
struct Shared<T>(Arc<Mutex<Queue<T>>>);

#[derive(Debug)]
struct Queue<T> {
    items: VecDeque<T>,
    most: usize,
    senders: usize,
    has_receiver: bool,
    receiver: Option<Waker>,
    /// Senders that wait for room; all are woken when there is some.
    waiting: Vec<Waker>,
}

impl<T> Shared<T> {
    fn open(&self) -> MutexGuard<'_, Queue<T>> {
        // A panic elsewhere leaves whole items behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Sender<T> {
    /// Sends an item if there is room.
    ///
    /// # Errors
    /// When there is none, or nobody receives any more.
    pub fn try_send(&self, item: T) -> Result<(), NotSent<T>> {
        let mut queue = self.0.open();
        if !queue.has_receiver {
            return Err(NotSent::Closed(item));
        }
        if queue.items.len() >= queue.most {
            return Err(NotSent::Full(item));
        }
        queue.items.push_back(item);
        let receiver = queue.receiver.take();
        drop(queue);
        receiver.into_iter().for_each(Waker::wake);
        Ok(())
    }

    /// Sends an item once there is room.
    ///
    /// # Errors
    /// When nobody receives any more.
    pub async fn send(&self, item: T) -> Result<(), NotSent<T>> {
        let mut item = item;
        loop {
            match self.try_send(item) {
                Err(NotSent::Full(back)) => item = back,
                done @ (Ok(()) | Err(NotSent::Closed(_))) => return done,
            }
            poll_fn(|context| self.poll_room(context)).await;
        }
    }

    /// Waits for room, or until nobody receives any more. Room may be taken by another sender before it is used.
    pub fn poll_room(&self, context: &Context<'_>) -> Poll<()> {
        let mut queue = self.0.open();
        if queue.items.len() < queue.most || !queue.has_receiver {
            return Poll::Ready(());
        }
        if !queue.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            queue.waiting.push(context.waker().clone());
        }
        Poll::Pending
    }

    /// Whether nobody receives any more.
    pub fn is_closed(&self) -> bool {
        !self.0.open().has_receiver
    }
}

impl<T> Receiver<T> {
    /// The next item; `None` once there is none and nobody can send any more. May be cancelled and called again.
    pub async fn recv(&mut self) -> Option<T> {
        poll_fn(|context| self.poll_recv(context)).await
    }

    fn poll_recv(&mut self, context: &mut Context<'_>) -> Poll<Option<T>> {
        // A queue that is never empty leaves its turn to others now and then, as Tokio's do.
        let turn = ready!(tokio::task::coop::poll_proceed(context));
        let mut queue = self.0.open();
        let item = queue.items.pop_front();
        if item.is_none() && queue.senders > 0 {
            if !queue.receiver.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
                queue.receiver = Some(context.waker().clone());
            }
            return Poll::Pending;
        }
        let waiting = std::mem::take(&mut queue.waiting);
        drop(queue);
        waiting.into_iter().for_each(Waker::wake);
        turn.made_progress();
        Poll::Ready(item)
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.open().senders += 1;
        Self(Shared(Arc::clone(&self.0.0)))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut queue = self.0.open();
        queue.senders -= 1;
        let is_last = queue.senders == 0;
        let receiver = queue.receiver.take_if(|_| is_last);
        drop(queue);
        receiver.into_iter().for_each(Waker::wake);
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let mut queue = self.0.open();
        queue.has_receiver = false;
        let (items, waiting) =
            (std::mem::take(&mut queue.items), std::mem::take(&mut queue.waiting));
        drop(queue);
        drop(items);
        waiting.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;

    fn context() -> Context<'static> {
        Context::from_waker(Waker::noop())
    }

    #[test]
    fn items_come_in_order_and_no_more_than_fit_wait() {
        let (sender, mut receiver) = bounded(2);
        assert_eq!((sender.try_send(1), sender.try_send(2)), (Ok(()), Ok(())));
        assert_eq!(sender.try_send(3), Err(NotSent::Full(3)));
        let mut third = pin!(sender.send(3));
        assert!(third.as_mut().poll(&mut context()).is_pending());
        assert_eq!(receiver.poll_recv(&mut context()), Poll::Ready(Some(1)));
        assert_eq!(third.as_mut().poll(&mut context()), Poll::Ready(Ok(())));
        assert_eq!(receiver.poll_recv(&mut context()), Poll::Ready(Some(2)));
        assert_eq!(receiver.poll_recv(&mut context()), Poll::Ready(Some(3)));
        assert_eq!(receiver.poll_recv(&mut context()), Poll::Pending);
    }

    #[tokio::test]
    async fn either_end_wakes_the_other_and_tells_it_when_it_is_gone() {
        let (sender, mut receiver) = bounded(1);
        let other = sender.clone();
        let sends = tokio::spawn(async move {
            for item in 0..100 {
                sender.send(item).await.expect("somebody receives");
            }
        });
        for item in 0..100 {
            assert_eq!(receiver.recv().await, Some(item));
        }
        sends.await.expect("ends");
        let waits = tokio::spawn(async move { receiver.recv().await });
        tokio::task::yield_now().await;
        drop(other);
        assert_eq!(waits.await.expect("ends"), None);

        let (sender, receiver) = bounded(1);
        sender.try_send(1).expect("there is room");
        let waits = tokio::spawn(async move { (sender.send(2).await, sender.is_closed()) });
        tokio::task::yield_now().await;
        drop(receiver);
        assert_eq!(waits.await.expect("ends"), (Err(NotSent::Closed(2)), true));
    }
}
