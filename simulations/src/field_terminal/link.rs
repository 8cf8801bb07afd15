//! The terminal's line to a platform: registers, authenticates, says things and waits for their answers.

use super::frame::{self, Edition, Heard};
use super::report::Report;
use std::collections::VecDeque;
use std::io::ErrorKind;
use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Messages heard and not asked for yet; the oldest give way.
const MOST_HEARD: usize = 256;
const READ_BYTES: usize = 4_096;

/// Why a terminal cannot go on.
#[derive(Debug, Error)]
pub enum LinkError {
    /// The network.
    #[error("the platform cannot be reached: {0}")]
    Network(#[from] std::io::Error),
    /// It closed the connection.
    #[error("the platform closed the connection")]
    Closed,
    /// It does not know the terminal.
    #[error("the platform refuses the registration with result {0}")]
    NotRegistered(u8),
    /// It refuses what was said.
    #[error("the platform answered {message:#06x} with result {result}")]
    Refused {
        /// What was said.
        message: u16,
        /// 1 failed, 2 wrong, 3 not supported.
        result: u8,
    },
}

/// A terminal with its line.
#[derive(Debug)]
pub struct FieldTerminal {
    edition: Edition,
    number: String,
    stream: TcpStream,
    came: Vec<u8>,
    heard: VecDeque<Heard>,
    serial: u16,
}

impl FieldTerminal {
    /// Connects; nothing is said yet.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn connect(to: &str, number: &str, edition: Edition) -> Result<Self, LinkError> {
        let stream = TcpStream::connect(to).await?;
        let (number, came, heard) = (number.to_owned(), Vec::new(), VecDeque::new());
        Ok(Self { edition, number, stream, came, heard, serial: 0 })
    }

    /// Registers with a plate and authenticates with the code that it is given.
    ///
    /// # Errors
    /// When the platform refuses either.
    pub async fn introduce(&mut self, plate: &str) -> Result<(), LinkError> {
        let code = self.register(plate).await?;
        self.authenticate(&code).await
    }

    /// Registers; gives the code.
    ///
    /// # Errors
    /// When the platform refuses it.
    pub async fn register(&mut self, plate: &str) -> Result<Vec<u8>, LinkError> {
        let (plate, _, _) = encoding_rs::GBK.encode(plate);
        let widths = match self.edition {
            Edition::Of2013 => [5, 20, 7],
            Edition::Of2019 => [11, 30, 30],
        };
        let mut body = vec![0, 64, 0, 100];
        for (text, width) in ["FIELD", "SIMULATED", "T000001"].into_iter().zip(widths) {
            let mut field = text.as_bytes().to_vec();
            field.resize(width, 0);
            body.extend(field);
        }
        body.push(2);
        body.extend(&plate[..]);
        let serial = self.say(0x0100, &body).await?;
        let answer = self.until(|it| it.message == 0x8100 && it.body[..2] == serial.to_be_bytes());
        let answer = answer.await?;
        match answer.body[2] {
            0 => Ok(answer.body[3..].to_vec()),
            result => Err(LinkError::NotRegistered(result)),
        }
    }

    /// Authenticates.
    ///
    /// # Errors
    /// When the platform refuses the code.
    pub async fn authenticate(&mut self, code: &[u8]) -> Result<(), LinkError> {
        let body = match self.edition {
            Edition::Of2013 => code.to_vec(),
            Edition::Of2019 => {
                let software = [b"field 1".as_slice(), &[0; 13]].concat();
                [&[code.len() as u8], code, b"860000000000001", &software].concat()
            }
        };
        self.said(0x0102, &body).await
    }

    /// Reports a position and waits until the platform has it.
    ///
    /// # Errors
    /// When it has not.
    pub async fn report(&mut self, report: &Report) -> Result<(), LinkError> {
        self.said(0x0200, &report.body()).await
    }

    /// Brings positions of the time without a line.
    ///
    /// # Errors
    /// When the platform does not take them.
    pub async fn back_fill(&mut self, reports: &[Report]) -> Result<(), LinkError> {
        let mut body = (reports.len() as u16).to_be_bytes().to_vec();
        body.push(1);
        for report in reports {
            let item = report.body();
            body.extend((item.len() as u16).to_be_bytes());
            body.extend(item);
        }
        self.said(0x0704, &body).await
    }

    /// Presses a key of the events.
    ///
    /// # Errors
    /// When the platform does not take it.
    pub async fn press(&mut self, event: u8) -> Result<(), LinkError> {
        self.said(0x0301, &[event]).await
    }

    /// Says that something is shown or done.
    ///
    /// # Errors
    /// When the network fails.
    pub async fn confirm(&mut self, heard: &Heard) -> Result<(), LinkError> {
        self.answer(heard, 0).await
    }

    /// Answers something with a result: 0 done, 1 failed, 3 not supported.
    ///
    /// # Errors
    /// When the network fails.
    pub async fn answer(&mut self, heard: &Heard, result: u8) -> Result<(), LinkError> {
        let mut body = heard.serial.to_be_bytes().to_vec();
        body.extend(heard.message.to_be_bytes());
        body.push(result);
        self.say(0x0001, &body).await.map(drop)
    }

    /// Says something and waits for its general answer.
    ///
    /// # Errors
    /// When the answer is not success.
    pub async fn said(&mut self, message: u16, body: &[u8]) -> Result<(), LinkError> {
        let serial = self.say(message, body).await?;
        let mut named = serial.to_be_bytes().to_vec();
        named.extend(message.to_be_bytes());
        let answer = self.until(|it| it.message == 0x8001 && it.body.starts_with(&named)).await?;
        match answer.body.get(4) {
            Some(0) => Ok(()),
            other => Err(LinkError::Refused { message, result: other.copied().unwrap_or(u8::MAX) }),
        }
    }

    /// Says something; gives its serial number.
    ///
    /// # Errors
    /// When the network fails.
    pub async fn say(&mut self, message: u16, body: &[u8]) -> Result<u16, LinkError> {
        self.serial = self.serial.wrapping_add(1);
        let frame = frame::written(self.edition, &self.number, message, self.serial, body);
        self.stream.write_all(&frame).await?;
        Ok(self.serial)
    }

    /// Waits for a message, which is taken; others stay.
    ///
    /// # Errors
    /// When the connection ends before.
    pub async fn until(&mut self, wanted: impl Fn(&Heard) -> bool) -> Result<Heard, LinkError> {
        loop {
            if let Some(at) = self.heard.iter().position(&wanted)
                && let Some(found) = self.heard.remove(at)
            {
                return Ok(found);
            }
            self.hear().await?;
        }
    }

    /// Waits for a text that has these words.
    ///
    /// # Errors
    /// When the connection ends before.
    pub async fn text(&mut self, words: &str) -> Result<Heard, LinkError> {
        self.until(|it| it.text().is_some_and(|text| text.contains(words))).await
    }

    /// The next message, whatever it is.
    ///
    /// # Errors
    /// When the connection ends before.
    pub async fn next(&mut self) -> Result<Heard, LinkError> {
        self.until(|_| true).await
    }

    /// What has come already; never waits.
    ///
    /// # Errors
    /// When the connection has ended.
    pub fn heard(&mut self) -> Result<Option<Heard>, LinkError> {
        let mut bytes = [0; READ_BYTES];
        match self.stream.try_read(&mut bytes) {
            Ok(0) => return Err(LinkError::Closed),
            Ok(count) => self.came(&bytes[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error.into()),
        }
        Ok(self.heard.pop_front())
    }

    fn came(&mut self, bytes: &[u8]) {
        self.came.extend(bytes);
        self.heard.extend(frame::take(&mut self.came));
        let surplus = self.heard.len().saturating_sub(MOST_HEARD);
        self.heard.drain(..surplus);
    }

    async fn hear(&mut self) -> Result<(), LinkError> {
        let mut bytes = [0; READ_BYTES];
        match self.stream.read(&mut bytes).await? {
            0 => Err(LinkError::Closed),
            count => {
                self.came(&bytes[..count]);
                Ok(())
            }
        }
    }
}
