//! One connection of HTTP/1.1, as much of it as the test needs.

use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    cookie: String,
}

impl Client {
    pub(crate) fn connect(address: &str, cookie: &str) -> io::Result<Self> {
        let stream = BufReader::new(TcpStream::connect(address)?);
        Ok(Self { stream, cookie: cookie.to_owned() })
    }

    /// Posts JSON and gives the status, the cookie set if any, and the answer's JSON.
    pub(crate) fn post(&mut self, path: &str, body: &Value) -> io::Result<(u16, String, Value)> {
        self.request("POST", path, body)
    }

    /// The same by any method.
    pub(crate) fn request(
        &mut self,
        method: &str,
        path: &str,
        body: &Value,
    ) -> io::Result<(u16, String, Value)> {
        let body = body.to_string();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: helan\r\nCookie: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            self.cookie,
            body.len()
        );
        self.stream.get_mut().write_all((head + &body).as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> io::Result<(u16, String, Value)> {
        let status = self.line()?.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or(io::ErrorKind::UnexpectedEof)?;
        let (mut length, mut cookie) = (0, String::new());
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(": ") else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "set-cookie" => cookie = value.split(';').next().unwrap_or("").to_owned(),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((status, cookie, serde_json::from_slice(&body).unwrap_or(Value::Null)))
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}
