//! The key of what is stored, while it is at hand: in the memory of this worker, in that of another
//! tab's, or, where the user has chosen so, in a database of its own. It is one that the browser holds
//! and whose bytes it tells nobody.
//!
//! Workers speak of it on a channel of their own, each message a list: what it is, the id of the key,
//! the key.

use crate::cipher::Key;
use crate::pause;
use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::Array;
use std::cell::RefCell;
use std::fmt::Write as _;
use std::pin::pin;
use std::rc::Rc;
use store::{Area, BackendError, IndexedDb, KeyId};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// Name of the channel. The page says there that the lock is closed (`src/locking.rs`).
const CHANNEL: &str = "regulars.key";
/// Name of the database of a key that stays. It is in users' browsers: never change it. The page
/// deletes it as the lock is closed.
const DATABASE: &str = "regulars-key";

/// Who has it?
const ASK: &str = "ask";
/// Here it is.
const KEY: &str = "key";
/// The lock is closed: everybody forgets it.
const CLOSE: &str = "close";
/// The lock was put on, taken off, or has another passphrase.
const CHANGED: &str = "changed";

/// What is heard of the lock.
pub enum News {
    /// A key has come.
    Key,
    /// The lock is closed.
    Closed,
    /// The lock that is stored has this key now; empty: there is none.
    Changed(String),
}

/// The key, if it is at hand.
pub struct Keyring {
    channel: Option<BroadcastChannel>,
    held: RefCell<Option<(String, Rc<Key>)>>,
    /// Who waits for the key of this id.
    wanted: RefCell<Option<(String, oneshot::Sender<()>)>>,
    /// Other tabs are waited for so many milliseconds.
    patience_ms: i32,
}

impl Keyring {
    /// An empty one, which hears what others say. One that `gives` tells others the key.
    pub fn new(patience_ms: i32, gives: bool, on_news: impl Fn(News) + 'static) -> Rc<Keyring> {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let (held, wanted) = (RefCell::default(), RefCell::default());
        let keyring = Rc::new(Keyring { channel, held, wanted, patience_ms });
        if let Some(channel) = &keyring.channel {
            let hearing = Rc::clone(&keyring);
            let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(news) = hearing.hear(&Array::from(&event.data()), gives) {
                    on_news(news);
                }
            });
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            on_message.forget();
        }
        keyring
    }

    fn hear(&self, message: &Array, gives: bool) -> Option<News> {
        let id = message.get(1).as_string().unwrap_or_default();
        match message.get(0).as_string()?.as_str() {
            ASK if gives => {
                if let Some(key) = self.held(&id) {
                    self.say(KEY, &id, Some(&key));
                }
                None
            }
            KEY => {
                let key = Key::given(&message.get(2))?;
                self.held.replace(Some((id.clone(), Rc::new(key))));
                if let Some((_, waiting)) = self.wanted.borrow_mut().take_if(|it| it.0 == id) {
                    // Whoever waited may have gone on.
                    let _ = waiting.send(());
                }
                Some(News::Key)
            }
            CLOSE => {
                self.held.take();
                Some(News::Closed)
            }
            CHANGED => Some(News::Changed(id)),
            _ => None,
        }
    }

    fn say(&self, what: &str, id: &str, key: Option<&Key>) {
        let key = key.map_or(JsValue::NULL, |it| it.inner().into());
        if let Some(channel) = &self.channel {
            // A browser that hands no keys over lets each tab be unlocked by itself.
            let _ = channel.post_message(&Array::of3(&what.into(), &id.into(), &key));
        }
    }

    fn held(&self, id: &str) -> Option<Rc<Key>> {
        self.held.borrow().as_ref().filter(|it| it.0 == id).map(|it| Rc::clone(&it.1))
    }

    /// The key of this id: held here, kept in this browser, or held by another tab.
    pub async fn key(&self, id: KeyId) -> Option<Rc<Key>> {
        let id = text(id);
        if let Some(key) = self.held(&id) {
            return Some(key);
        }
        if let Some(key) = kept(&id).await {
            self.held.replace(Some((id.clone(), Rc::new(key))));
            return self.held(&id);
        }
        let (sender, told) = oneshot::channel();
        self.wanted.replace(Some((id.clone(), sender)));
        self.say(ASK, &id, None);
        let late = pin!(pause(self.patience_ms));
        let heard = select(told, late).await;
        matches!(heard, Either::Left((Ok(()), _))).then(|| self.held(&id)).flatten()
    }

    /// Holds a key, and tells the tabs that wait for it; `stays`: keeps it in this browser.
    pub async fn put(&self, id: KeyId, key: Rc<Key>, stays: bool) -> Result<(), BackendError> {
        let id = text(id);
        if stays {
            let database = IndexedDb::open(DATABASE).await?;
            database.keep_object(Area::Meta, &id, key.inner().into()).await?;
        }
        self.say(KEY, &id, Some(&key));
        self.held.replace(Some((id, key)));
        Ok(())
    }

    /// The lock has this key now, or there is none: tells the other tabs.
    pub fn say_changed(&self, id: Option<KeyId>) {
        self.say(CHANGED, &id.map_or_else(String::new, text), None);
    }

    /// Holds nothing any more.
    pub fn forget(&self) {
        self.held.take();
    }
}

/// The key of this id that is kept in this browser.
async fn kept(id: &str) -> Option<Key> {
    let database = IndexedDb::open(DATABASE).await.ok()?;
    Key::given(&database.object(Area::Meta, id).await.ok()?)
}

/// An id as text.
pub fn text(id: KeyId) -> String {
    id.iter().fold(String::new(), |mut text, byte| {
        // Writing into text never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
