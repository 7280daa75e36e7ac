//! A server that keeps files, and the bad lines to it.

use crate::random::Random;
use model::DeviceId;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use sync::{Failure, Path, Remote};

/// How often things go wrong, in a hundred.
#[derive(Clone, Copy, Debug, Default)]
pub struct Faults {
    /// A request does not arrive.
    pub lost_request: u64,
    /// It arrives, its answer does not.
    pub lost_reply: u64,
    /// It arrives much later, after the caller has given it up.
    pub late: u64,
    /// Half of a file is kept, over what was there.
    pub half: u64,
    /// A reader is given what was there before.
    pub stale: u64,
    /// A reader is given a sign-in page.
    pub page: u64,
    /// The server is busy.
    pub busy: u64,
    /// The device has no room left after some requests of a round.
    pub no_room: u64,
}

/// What one server holds.
#[derive(Clone, Debug, Default)]
pub struct Server {
    /// Its files.
    pub files: BTreeMap<Path, String>,
    /// What they held before.
    former: BTreeMap<Path, Option<String>>,
    /// Writes that are still on their way.
    late: Vec<(Path, Option<String>)>,
    /// Files that came late: perhaps after their writer had deleted them.
    pub came_late: BTreeSet<Path>,
    /// Whether it can list the devices that have a folder.
    lists: bool,
}

impl Server {
    /// An empty one, which can list devices or not.
    pub fn new(lists: bool) -> Server {
        Server { lists, ..Server::default() }
    }

    /// Whether it can list the devices that have a folder.
    pub const fn lists(&self) -> bool {
        self.lists
    }

    fn write(&mut self, path: Path, text: Option<String>) {
        let before = match text {
            Some(text) => self.files.insert(path, text),
            None => self.files.remove(&path),
        };
        self.former.insert(path, before);
    }

    /// Whether a write is still on its way to a device's folder.
    pub fn awaits(&self, dev: DeviceId) -> bool {
        self.late.iter().any(|(path, _)| matches!(path, Path::Segment(of, _) if *of == dev))
    }

    /// Lets a write arrive that was on its way; whether there was one.
    pub fn arrive(&mut self, random: &mut Random) -> bool {
        if self.late.is_empty() {
            return false;
        }
        let next = random.below(self.late.len() as u64) as usize;
        let (path, text) = self.late.swap_remove(next);
        self.came_late.insert(path);
        self.write(path, text);
        true
    }

    /// Puts it back to an older day.
    pub fn roll_back(&mut self, to: &Server) {
        self.files.clone_from(&to.files);
        self.former.clear();
    }
}

/// A device's line to a server.
pub struct Link {
    server: Rc<RefCell<Server>>,
    faults: Faults,
    random: RefCell<Random>,
}

impl Link {
    /// A line with these faults.
    pub const fn new(server: Rc<RefCell<Server>>, faults: Faults, random: Random) -> Link {
        Link { server, faults, random: RefCell::new(random) }
    }

    fn happens(&self, share: u64) -> bool {
        share > 0 && self.random.borrow_mut().percent(share)
    }

    /// Lets the others move on, then says whether the request arrives.
    async fn travel(&self) -> Result<(), Failure> {
        Turn(false).await;
        if self.happens(self.faults.lost_request) {
            return Err(Failure::Unreachable);
        }
        if self.happens(self.faults.busy) {
            return Err(Failure::Busy { retry_after_s: Some(1) });
        }
        Ok(())
    }

    async fn reply(&self) -> Result<(), Failure> {
        Turn(false).await;
        if self.happens(self.faults.lost_reply) { Err(Failure::Unreachable) } else { Ok(()) }
    }

    async fn write(&self, path: Path, text: Option<String>) -> Result<(), Failure> {
        self.travel().await?;
        if self.happens(self.faults.late) {
            self.server.borrow_mut().late.push((path, text));
            return Err(Failure::Unreachable);
        }
        if self.happens(self.faults.half)
            && let Some(text) = &text
        {
            let mut half = text.len() / 2;
            while !text.is_char_boundary(half) {
                half -= 1;
            }
            self.server.borrow_mut().write(path, Some(text[..half].to_owned()));
            return Err(Failure::Unreachable);
        }
        self.server.borrow_mut().write(path, text);
        self.reply().await
    }
}

impl Remote for Link {
    async fn get(&self, path: Path) -> Result<Option<String>, Failure> {
        self.travel().await?;
        let text = {
            let server = self.server.borrow();
            let now = server.files.get(&path).cloned();
            // Stale is what a cache holds: something, never the absence of it.
            let former = server.former.get(&path).cloned().flatten();
            if self.happens(self.faults.stale) { former.or(now) } else { now }
        };
        self.reply().await?;
        if self.happens(self.faults.page) {
            return Ok(Some("<!doctype html><title>Sign in</title>".to_owned()));
        }
        Ok(text)
    }

    async fn put(&self, path: Path, text: &str) -> Result<(), Failure> {
        self.write(path, Some(text.to_owned())).await
    }

    async fn delete(&self, path: Path) -> Result<(), Failure> {
        self.write(path, None).await
    }

    async fn devices(&self) -> Result<Option<Vec<DeviceId>>, Failure> {
        self.travel().await?;
        let server = self.server.borrow();
        let folders = server.files.keys().filter_map(|path| match path {
            Path::Head(dev) | Path::Segment(dev, _) => Some(*dev),
            _ => None,
        });
        let folders: BTreeSet<DeviceId> = folders.collect();
        Ok(server.lists.then(|| folders.into_iter().collect()))
    }
}

/// Waits until it is asked a second time.
struct Turn(bool);

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
