//! What sync sends: for one edit, for nothing new, and to a new device of a large shop.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use model::{CustomerId, DeviceId, Entity, Hlc, Operation, OrderFlags, OrderTable, Value};
use simulation::{Device, Random, Stored};
use store::Tables;
use sync::servers::{Account, Answer, Files, Http, Request};
use sync::{DataKey, Failure, Pace, Part, PartOf, Replica, Vault, VaultId};

use crate::error::Error;

const ORDERS: u32 = 1_000_000;
const CUSTOMERS: u32 = 100_000;
/// What Chromium 156 adds to a `fetch` over HTTP/1.1 without a cache, measured: its name, what it
/// accepts, where the page is from. Over HTTP/2 the second request in a row repeats none of it.
const BROWSER_BYTES: usize = 490;
/// Headers that a server adds to an answer.
const ANSWER_BYTES: usize = 150;

/// The most that is allowed, in bytes.
const EDIT: usize = 2_560;
const NOTHING_NEW: usize = 512;
const NEW_DEVICE: usize = 40_000_000;

/// A server in memory that counts what goes to and fro.
#[derive(Default)]
struct Counter {
    files: RefCell<BTreeMap<String, String>>,
    up: Cell<usize>,
    down: Cell<usize>,
    requests: Cell<usize>,
}

impl Http for &Counter {
    async fn send(&self, request: Request) -> Result<Answer, Failure> {
        let sent = weight_of(&request);
        let Request { method, url, headers: _, body } = request;
        self.up.set(self.up.get() + sent);
        self.requests.set(self.requests.get() + 1);
        let mut files = self.files.borrow_mut();
        let (status, body) = match (method, body) {
            ("PUT", Some(body)) => {
                files.insert(url, body);
                (201, String::new())
            }
            ("GET", _) => files.get(&url).map_or((404, String::new()), |it| (200, it.clone())),
            _ => (204, String::new()),
        };
        self.down.set(self.down.get() + body.len());
        Ok(Answer { status, headers: Vec::new(), body })
    }

    fn now_ms(&self) -> u64 {
        0
    }
}

/// All that goes of a request over HTTP/1.1 but for what a browser adds.
fn weight_of(request: &Request) -> usize {
    let after = request.url.split_once("://").map_or("", |it| it.1);
    let (host, path) = after.split_once('/').unwrap_or((after, ""));
    let body = request.body.as_deref().unwrap_or_default();
    let mut text = format!("{} /{path} HTTP/1.1\r\nHost: {host}\r\n", request.method);
    for (name, value) in &request.headers {
        text.extend([name, ": ", value, "\r\n"]);
    }
    if request.body.is_some() {
        text.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
    }
    text.len() + "\r\n".len() + body.len()
}

impl Counter {
    /// What went since the last time: requests, bytes up and down without the network's own headers.
    fn taken(&self) -> (usize, usize, usize) {
        (self.requests.take(), self.up.take(), self.down.take())
    }
}

/// Measures, prints and compares with what is allowed.
pub fn run() -> Result<(), Error> {
    let mut failed = false;
    for sealed in [false, true] {
        let name = if sealed { "sealed" } else { "open" };
        let (edit, idle) = of_rounds(sealed)?;
        let rows = of_imports(sealed);
        for (what, bytes, most) in [
            ("bytes sent for one edit, headers too", edit, EDIT),
            ("bytes both ways a device, nothing new", idle, NOTHING_NEW),
            ("bytes to a new device, a million orders", rows, NEW_DEVICE),
        ] {
            println!("{name:8} {what:42} {bytes:>10} of {most}");
            failed |= bytes > most;
        }
    }
    if failed { Err(Error::usage("sync sends more than is allowed")) } else { Ok(()) }
}

fn of_rounds(sealed: bool) -> Result<(usize, usize), Error> {
    let server = Counter::default();
    let mut random = Random::new(1);
    let vault = Vault::open(&mut random);
    let key = sealed.then(|| DataKey::new(&mut random));
    // A password as long as most services make them.
    let (user, password) = ("merchant".to_owned(), "0123456789abcdef".to_owned());
    let account = Account::Password { user, password };
    let remote = Files::new(&server, "https://dav.example.com/regulars", account, false);
    let mut devices = Vec::new();
    for n in 0..3 {
        let dev = DeviceId(0x1122_3344_5566_7788 + n);
        let replica = match n {
            0 => Replica::founding(&vault, dev),
            _ => Replica::new(vault.vault, dev),
        };
        devices.push(Device::start(Stored::new(replica), random.split(), key.clone()));
    }
    let sync_all = |devices: &mut [Device], thorough| {
        devices.iter_mut().try_for_each(|device| round(device, &remote, key.as_ref(), thorough))
    };
    for n in 0..4 {
        edit(&devices[n % 3], n);
        sync_all(&mut devices, true)?;
    }
    sync_all(&mut devices, true)?;
    sync_all(&mut devices, false)?;
    server.taken();
    round(&mut devices[0], &remote, key.as_ref(), false)?;
    let (requests, up, down) = server.taken();
    println!(
        "nothing new: {requests} requests for 2 devices, {up} bytes up, {} with a browser's headers",
        up + requests * BROWSER_BYTES
    );
    let idle = (up + down + requests * ANSWER_BYTES) / 2;
    edit(&devices[0], 9);
    round(&mut devices[0], &remote, key.as_ref(), false)?;
    let (requests, up, down) = server.taken();
    let all = up + requests * BROWSER_BYTES;
    println!(
        "one edit: {requests} requests, 2 of them for news, {up} bytes up, {down} down; {all} up with a \
         browser's headers over HTTP/1.1"
    );
    Ok((up, idle))
}

fn edit(device: &Device, n: usize) {
    let entity = Entity::Customer(CustomerId(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef));
    let text = Value::Text(format!("Calls on Thursdays, likes oolong, no. {n}"));
    device.edit(entity, "note", Operation::Set(text), 1_790_000_000_000 + n as u64);
}

fn round(
    device: &mut Device,
    remote: &Files<&Counter>,
    key: Option<&DataKey>,
    thorough: bool,
) -> Result<(), Error> {
    let segments_kept = Pace::SEGMENTS_KEPT;
    let now_ms = 1_790_000_100_000;
    let pace = Pace { now_ms, thorough, key, refill: false, segments_kept };
    let mut replica = device.stored.borrow().replica.clone();
    let (_, result) = pollster::block_on(sync::round(&mut replica, remote, device, pace));
    result.map_err(|stop| Error::usage(format!("a round stopped: {stop}")))
}

/// The rows of a million orders as parts.
fn of_imports(sealed: bool) -> usize {
    let tables = shop();
    let mut random = Random::new(2);
    let key = sealed.then(|| DataKey::new(&mut random));
    let of = PartOf::Import(Hlc::start(DeviceId(1)));
    let pieces = tables.pieces();
    let chunks = pieces.iter().filter_map(|piece| tables.encode(piece).ok());
    let mut bytes = 0;
    let texts = chunks.map(|chunk| {
        bytes += chunk.len();
        Part::write(VaultId(1), of, &chunk, key.as_ref(), &mut random).text().len()
    });
    let sum: usize = texts.sum();
    println!("a million orders: {bytes} bytes of chunks, {sum} as parts");
    sum
}

fn shop() -> Tables {
    let (mut tables, mut random) = (Tables::default(), Random::new(42));
    for n in 0..CUSTOMERS {
        // Ids are hashes: they do not compress.
        let id = u128::from(random.draw()) << 64 | u128::from(random.draw());
        tables.customers.id.push(CustomerId(id));
        tables.customers.email.push(&format!("customer{n}@example.com"));
        tables.customers.phone.push(&format!("+1555{:07}", random.below(10_000_000)));
        tables.customers.name.push(&format!(
            "Name {} {}",
            random.below(5_000),
            random.below(5_000)
        ));
        for texts in [
            &mut tables.customers.city,
            &mut tables.customers.region,
            &mut tables.customers.country,
        ] {
            texts.push("");
        }
    }
    let orders: &mut OrderTable = &mut tables.orders;
    orders.currencies.push(None);
    let mut at = 1_700_000_000;
    for n in 0..ORDERS {
        at += random.below(120) as i64;
        let total = random.below(50_000) as i64 + 100;
        orders.number.push(&format!("SO{n:08}"));
        orders.customer.push(random.below(u64::from(CUSTOMERS)) as u32);
        orders.at.push(at);
        orders.total.push(total);
        orders.refunded.push(if random.below(20) == 0 { total } else { 0 });
        orders.currency.push(0);
        orders.flags.push(OrderFlags::default());
        orders.channel.push(["web", "app", "store"][random.below(3) as usize]);
    }
    tables
}
