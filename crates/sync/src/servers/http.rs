//! What the adapters need of a network: one request, one answer. The browser gives `fetch`.

use crate::remote::Failure;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// A request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `PUT` …
    pub method: &'static str,
    /// Whole address.
    pub url: String,
    /// Headers beside those that the network sets.
    pub headers: Vec<(String, String)>,
    /// What is sent.
    pub body: Option<String>,
}

/// Passwords and what shops say do not get into logs.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|it| it.0.as_str()).collect();
        let bytes = self.body.as_ref().map_or(0, String::len);
        write!(f, "{} {} {headers:?}, {bytes} bytes", self.method, self.url)
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its number.
    pub status: u16,
    /// Headers that may be read.
    pub headers: Vec<(String, String)>,
    /// What came, as text. A body that is cut off or no UTF-8 is [`Failure::Foreign`].
    pub body: String,
}

/// A network. It asks no cache: an answer from one looks like an older server. Of an answer it reads no
/// more than [`LONGEST_FILE`](crate::LONGEST_FILE) bytes; a longer one is [`Failure::TooLong`].
#[expect(async_fn_in_trait, reason = "one thread: no caller asks whether the futures are Send")]
pub trait Http {
    /// Sends a request and waits for its answer, whatever its number.
    async fn send(&self, request: Request) -> Result<Answer, Failure>;

    /// Now, in milliseconds since 1 January 1970: some servers want requests dated.
    fn now_ms(&self) -> u64;
}

/// How the user shows who they are.
#[derive(Clone, PartialEq, Eq)]
pub enum Account {
    /// Not at all.
    Open,
    /// By name and password.
    Password {
        /// Name.
        user: String,
        /// Password.
        password: String,
    },
    /// By a token.
    Token(String),
    /// By a header of the server's own.
    Header {
        /// Name of the header.
        name: String,
        /// What it says.
        value: String,
    },
}

/// Secrets do not get into logs.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Account::Open => "Open",
            Account::Password { .. } => "Password",
            Account::Token(_) => "Token",
            Account::Header { .. } => "Header",
        })
    }
}

impl Account {
    /// The headers that show it.
    pub(super) fn headers(&self) -> Vec<(String, String)> {
        let authorization = |value: String| vec![("Authorization".to_owned(), value)];
        match self {
            Account::Open => Vec::new(),
            Account::Password { user, password } => {
                authorization(format!("Basic {}", BASE64.encode(format!("{user}:{password}"))))
            }
            Account::Token(token) => authorization(format!("Bearer {token}")),
            Account::Header { name, value } => vec![(name.clone(), value.clone())],
        }
    }
}

impl Request {
    /// A request without a body.
    pub fn new(method: &'static str, url: impl Into<String>) -> Request {
        Request { method, url: url.into(), headers: Vec::new(), body: None }
    }

    /// The same with another header.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Request {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same with a body.
    #[must_use]
    pub fn json(mut self, body: impl Into<String>) -> Request {
        self.body = Some(body.into());
        self.with("Content-Type", "application/json")
    }

    /// The same from whoever this is.
    #[must_use]
    pub fn of(mut self, account: &Account) -> Request {
        self.headers.extend(account.headers());
        self
    }
}

impl Answer {
    /// A header, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Whether it was done.
    pub const fn is_good(&self) -> bool {
        self.status >= 200 && self.status < 300
    }

    /// Whether there is no such thing.
    pub const fn is_missing(&self) -> bool {
        matches!(self.status, 404 | 410)
    }

    /// What an answer means that is none of the good ones.
    pub fn failure(&self) -> Failure {
        match self.status {
            401 | 403 | 407 => Failure::Denied,
            413 => Failure::TooLong,
            429 | 502..=504 => Failure::Busy {
                retry_after_s: self.header("retry-after").and_then(|it| it.trim().parse().ok()),
            },
            507 => Failure::Full,
            status => Failure::Status { status },
        }
    }

    /// Itself, if it was done.
    pub fn good(self) -> Result<Answer, Failure> {
        if self.is_good() { Ok(self) } else { Err(self.failure()) }
    }
}
