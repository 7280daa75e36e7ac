//! What can stop a command, each as one plain sentence.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a command stopped.
#[derive(Debug)]
pub enum Error {
    /// The command line was not understood.
    Usage(String),
    /// A program is not installed or cannot be started.
    Start { program: String, source: io::Error },
    /// A program ran and failed; what it printed stands above.
    Failed { program: String, code: Option<i32> },
    /// A file or folder could not be read or written.
    File { path: PathBuf, source: io::Error },
    /// Something that the machine needs is not there and cannot be installed from here.
    Missing { what: String, remedy: String },
    /// The address is taken, or not ours to listen on.
    Listen { address: String, reason: String },
    /// A built file does not look as it must.
    Site { file: String, expected: &'static str },
    /// The page could not be taken apart.
    Parts(String),
    /// A stage of the checks failed.
    Stage { name: &'static str, cause: Box<Error> },
}

impl Error {
    /// The command line was not understood, for the given reason.
    pub fn usage(reason: impl Into<String>) -> Self {
        Self::Usage(reason.into())
    }

    /// Something needed is missing; `remedy` says what the person can do.
    pub fn missing(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Missing { what: what.into(), remedy: remedy.into() }
    }

    /// Turns an I/O error into one that names the file.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(reason) => f.write_str(reason),
            Self::Start { program, source } => write!(f, "`{program}` cannot be started: {source}"),
            Self::Failed { program, code: Some(code) } => {
                write!(f, "`{program}` failed with exit code {code}")
            }
            Self::Failed { program, code: None } => {
                write!(f, "`{program}` was stopped by a signal")
            }
            Self::File { path, source } => write!(f, "{}: {source}", path.display()),
            Self::Missing { what, remedy } => write!(f, "{what} is missing: {remedy}"),
            Self::Listen { address, reason } => {
                write!(f, "cannot listen on {address} ({reason}); choose another with --port")
            }
            Self::Site { file, expected } => write!(f, "the built {file} has no {expected}"),
            Self::Parts(reason) => write!(f, "the page cannot be taken apart: {reason}"),
            Self::Stage { name, cause } => write!(f, "the stage `{name}` failed: {cause}"),
        }
    }
}
