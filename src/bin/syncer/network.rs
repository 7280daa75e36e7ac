//! The browser's network.

use crate::pulse::pause;
use crate::scope;
use futures::future::{Either, select};
use js_sys::{Date, Reflect, Uint8Array};
use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use sync::servers::{Answer, Http, Request};
use sync::{Failure, LONGEST_FILE};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, Headers, ReadableStream, ReadableStreamDefaultReader,
    ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
    ResponseType,
};

/// So long an answer is waited for, in milliseconds, and longer for each byte that is sent: a megabyte
/// takes minutes over a slow line.
const PATIENCE_MS: u64 = 60_000;
const SLOWEST_BYTES_A_MS: u64 = 4;

/// A request of no more than this may outlive the page.
const KEPT_ALIVE_BYTES: usize = 60 << 10;

/// Of an answer these are looked at.
const HEADERS: [&str; 2] = ["retry-after", "etag"];

/// The browser's network. Copies share whether the page is about to go.
#[derive(Clone, Debug, Default)]
pub struct Network {
    leaving: Rc<Cell<bool>>,
}

impl Network {
    /// The page is about to be hidden, or is there again.
    pub fn set_leaving(&self, leaving: bool) {
        self.leaving.set(leaving);
    }

    async fn fetch(&self, request: &Request, signal: &AbortSignal) -> Result<Response, JsValue> {
        let init = RequestInit::new();
        init.set_method(request.method);
        let headers = Headers::new()?;
        for (name, value) in &request.headers {
            headers.append(name, value)?;
        }
        init.set_headers(&headers);
        let bytes = request.body.as_ref().map_or(0, String::len);
        if let Some(body) = &request.body {
            init.set_body(&JsValue::from_str(body));
        }
        init.set_cache(RequestCache::NoStore);
        init.set_credentials(RequestCredentials::Omit);
        init.set_referrer_policy(ReferrerPolicy::NoReferrer);
        // Who is sent on to another host would take the password along.
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(Some(signal));
        if self.leaving.get() && bytes <= KEPT_ALIVE_BYTES {
            Reflect::set(&init, &"keepalive".into(), &true.into())?;
        }
        let fetched = scope().fetch_with_str_and_init(&request.url, &init);
        JsFuture::from(fetched).await?.dyn_into()
    }

    async fn answer(&self, request: &Request, signal: &AbortSignal) -> Result<Answer, Failure> {
        let response = self.fetch(request, signal).await.map_err(unreachable)?;
        if response.type_() == ResponseType::Opaqueredirect {
            return Err(Failure::Status { status: 302 });
        }
        let header = |name: &&str| {
            let value = response.headers().get(name).ok().flatten()?;
            Some(((*name).to_owned(), value))
        };
        let headers = HEADERS.iter().filter_map(header).collect();
        let status = response.status();
        let body = match response.body() {
            Some(body) => read(&body).await?,
            None => String::new(),
        };
        Ok(Answer { status, headers, body })
    }
}

/// A request on its way, which ends with whoever waits for it.
struct Line(AbortController);

impl Drop for Line {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Http for Network {
    async fn send(&self, request: Request) -> Result<Answer, Failure> {
        let line = Line(AbortController::new().map_err(unreachable)?);
        let bytes = request.body.as_ref().map_or(0, String::len) as u64;
        let patience = pause(PATIENCE_MS + bytes / SLOWEST_BYTES_A_MS);
        let signal = line.0.signal();
        match select(pin!(self.answer(&request, &signal)), pin!(patience)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(Failure::Unreachable),
        }
    }

    fn now_ms(&self) -> u64 {
        Date::now() as u64
    }
}

/// A browser does not say why: the line, the server, or that it does not let pages of this site in.
fn unreachable(_: JsValue) -> Failure {
    Failure::Unreachable
}

/// Reads a body to its end, or to where it is longer than any file of ours.
async fn read(body: &ReadableStream) -> Result<String, Failure> {
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        // A body that is cut off is the line's fault.
        let some = JsFuture::from(reader.read()).await.map_err(unreachable)?;
        let part = |name: &str| Reflect::get(&some, &name.into()).unwrap_or_default();
        if part("done").is_truthy() {
            return String::from_utf8(bytes).ok().ok_or(Failure::Foreign);
        }
        bytes.extend(Uint8Array::new(&part("value")).to_vec());
        if bytes.len() > LONGEST_FILE {
            let _ = reader.cancel();
            return Err(Failure::TooLong);
        }
    }
}
