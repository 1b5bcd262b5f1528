//! Clients that keep their connection and ask again as soon as they are answered.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::Barrier,
    time::{Duration, Instant},
};

/// How long anything may take before the program gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that stays open.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What was answered; the body lies in the client's buffer until the next request.
pub struct Answer<'a> {
    pub status: u16,
    pub head: &'a [u8],
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// All bytes of the answer, as they came over the wire.
    pub fn bytes(&self) -> usize {
        self.head.len() + self.body.len()
    }
}

impl Client {
    pub fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(1 << 16),
        })
    }

    /// Sends a whole request and reads the whole answer.
    pub fn send(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request)?;
        self.buffer.clear();
        let Head {
            status,
            length,
            body,
        } = loop {
            self.read_some()?;
            if let Some(head) = parse_head(&self.buffer)? {
                break head;
            }
        };
        match body {
            Body::Sized(size) => {
                while self.buffer.len() < length + size {
                    self.read_some()?;
                }
            }
            Body::Chunked => self.read_chunks(length)?,
        }
        let (head, body) = self.buffer.split_at(length);
        Ok(Answer { status, head, body })
    }

    /// Reads until the empty chunk; the first one begins at `next`.
    fn read_chunks(&mut self, mut next: usize) -> io::Result<()> {
        const LINE_END: usize = 2;
        loop {
            let parsed = httparse::parse_chunk_size(&self.buffer[next..])
                .map_err(|_| io::Error::other("not the size of a chunk"))?;
            let httparse::Status::Complete((head, size)) = parsed else {
                self.read_some()?;
                continue;
            };
            next += head + usize::try_from(size).map_err(io::Error::other)? + LINE_END;
            while self.buffer.len() < next {
                self.read_some()?;
            }
            if size == 0 {
                return Ok(());
            }
        }
    }

    fn read_some(&mut self) -> io::Result<()> {
        let start = self.buffer.len();
        self.buffer.resize(start + (1 << 16), 0);
        let count = self.stream.read(&mut self.buffer[start..])?;
        self.buffer.truncate(start + count);
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }
}

/// What the head of an answer says.
struct Head {
    status: u16,
    length: usize,
    body: Body,
}

/// How the end of a body is told.
enum Body {
    Sized(usize),
    Chunked,
}

/// Reads the head; `None` while it is incomplete.
fn parse_head(bytes: &[u8]) -> io::Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; 48];
    let mut response = httparse::Response::new(&mut headers);
    let parsed = response.parse(bytes).map_err(io::Error::other)?;
    let httparse::Status::Complete(length) = parsed else {
        return Ok(None);
    };
    let size = response
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"))
        .and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok());
    Ok(Some(Head {
        status: response.code.unwrap_or_default(),
        length,
        body: size.map_or(Body::Chunked, Body::Sized),
    }))
}

/// A GET as a browser sends it, with the cookie of an account if there is one.
pub fn get(path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
    format!(
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Encoding: br\r\n{cookie}\r\n"
    )
    .into_bytes()
}

/// A form as the hydrated page posts it.
pub fn post(path: &str, cookie: &str, form: &str) -> Vec<u8> {
    let length = form.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nCookie: {cookie}\r\n\
         Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\n\r\n{form}"
    )
    .into_bytes()
}

/// JSON from who says so in a header.
pub fn post_json(path: &str, from: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\n{from}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// How a load went.
pub struct Load {
    pub median: Duration,
    pub p99: Duration,
    pub per_second: f64,
    /// Bytes of one answer, head and body.
    pub bytes: usize,
    times: Vec<Duration>,
    seconds: f64,
}

impl Load {
    /// Sums up what took these times within `seconds`.
    pub fn of(mut times: Vec<Duration>, seconds: f64, bytes: usize) -> Self {
        times.sort_unstable();
        // A server too slow to answer even once after the warm-up shows as 0 a second.
        let last = times.len().saturating_sub(1);
        let at = |share: f64| {
            times
                .get((last as f64 * share) as usize)
                .copied()
                .unwrap_or_default()
        };
        Self {
            median: at(0.5),
            p99: at(0.99),
            per_second: times.len() as f64 / seconds,
            bytes,
            times,
            seconds,
        }
    }

    fn and(self, later: Self) -> Self {
        let times = [self.times, later.times].concat();
        Self::of(times, self.seconds + later.seconds, later.bytes)
    }
}

/// Two loads of `seconds` each that are compared. They take turns, so that a machine that is busy for a
/// while slows both.
pub fn in_turns(
    seconds: f64,
    mut ours: impl FnMut(f64) -> Load,
    mut theirs: impl FnMut(f64) -> Load,
) -> (Load, Load) {
    const TURNS: u32 = 8;
    let turn = seconds / f64::from(TURNS);
    let both = (0..TURNS).map(|_| (theirs(turn), ours(turn)));
    let both = both.reduce(|sum, turn| (sum.0.and(turn.0), sum.1.and(turn.1)));
    let (theirs, ours) = both.expect("there are turns");
    (ours, theirs)
}

/// Has as many clients as there are elements in `requests` ask for a while; each element makes the
/// requests of one client, from the number of the request. Anything but success ends the program.
pub fn load<R>(address: SocketAddr, seconds: f64, requests: Vec<R>) -> Load
where
    R: FnMut(u64) -> Vec<u8> + Send,
{
    let clients = requests.len();
    let start = Barrier::new(clients);
    let (warm, whole) = (
        Duration::from_secs_f64(seconds / 4.0),
        Duration::from_secs_f64(seconds * 1.25),
    );
    let (mut times, mut bytes) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        let start = &start;
        let run = |mut request: R| {
            move || -> io::Result<(Vec<Duration>, usize)> {
                let mut client = Client::connect(address)?;
                let (mut times, mut bytes) = (Vec::new(), 0);
                start.wait();
                let began = Instant::now();
                for number in 0.. {
                    let request = request(number);
                    let sent = Instant::now();
                    let answer = client.send(&request)?;
                    if !(200..300).contains(&answer.status) {
                        let text = String::from_utf8_lossy(answer.body).into_owned();
                        return Err(io::Error::other(format!("{}: {text}", answer.status)));
                    }
                    bytes = answer.bytes();
                    if began.elapsed() > whole {
                        break;
                    }
                    if sent - began > warm {
                        times.push(sent.elapsed());
                    }
                }
                Ok((times, bytes))
            }
        };
        let running: Vec<_> = requests
            .into_iter()
            .map(|request| scope.spawn(run(request)))
            .collect();
        for client in running {
            let (more, size) = client
                .join()
                .expect("a client does not panic")
                .expect("every request is answered well");
            times.extend(more);
            bytes = size;
        }
    });
    Load::of(times, seconds, bytes)
}

/// The same GET from every client.
pub fn load_page(
    address: SocketAddr,
    seconds: f64,
    clients: usize,
    path: &str,
    cookie: Option<&str>,
) -> Load {
    let request = get(path, cookie);
    load(address, seconds, vec![|_| request.clone(); clients])
}
