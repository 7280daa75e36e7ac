//! The browser's ciphers.

use js_sys::{Array, Object, Promise, Uint8Array};
use store::Cipher;
use store::lock::NONCE_BYTES;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, Crypto, CryptoKey, DedicatedWorkerGlobalScope, SubtleCrypto};

/// A key of AES-256-GCM in the browser's hands, which gives it to nobody.
pub struct Key {
    subtle: SubtleCrypto,
    key: CryptoKey,
}

impl Key {
    /// A key of these bytes.
    pub async fn new(bytes: &[u8]) -> Result<Key, JsValue> {
        let subtle = crypto()?.subtle();
        let raw: Object = Uint8Array::from(bytes).unchecked_into();
        let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
        let imported = subtle.import_key_with_str("raw", &raw, "AES-GCM", false, &usages)?;
        let key = JsFuture::from(imported).await?.unchecked_into();
        Ok(Key { subtle, key })
    }

    /// The key that the browser holds, to be handed to another of our own programs.
    pub const fn inner(&self) -> &CryptoKey {
        &self.key
    }

    /// A key that was handed over; `None`: it is none.
    pub fn given(key: &JsValue) -> Option<Key> {
        let key = key.dyn_ref::<CryptoKey>()?.clone();
        Some(Key { subtle: crypto().ok()?.subtle(), key })
    }

    /// Encrypts a text; `with` is authenticated with it.
    pub async fn encrypt(
        &self,
        nonce: &[u8],
        with: &[u8],
        plain: &[u8],
    ) -> Result<Uint8Array, JsValue> {
        let (cipher, plain) = (cipher(nonce, with), Uint8Array::from(plain));
        let done = self.subtle.encrypt_with_object_and_js_u8_array(&cipher, &self.key, &plain)?;
        Ok(Uint8Array::new(&JsFuture::from(done).await?))
    }

    /// Decrypts a text; an error: it is not as it was written.
    pub async fn decrypt(
        &self,
        nonce: &[u8],
        with: &[u8],
        sealed: &[u8],
    ) -> Result<Uint8Array, JsValue> {
        let (cipher, sealed) = (cipher(nonce, with), Uint8Array::from(sealed));
        let done = self.subtle.decrypt_with_object_and_js_u8_array(&cipher, &self.key, &sealed)?;
        Ok(Uint8Array::new(&JsFuture::from(done).await?))
    }
}

/// The work is the browser's as soon as it is asked for, on another core.
impl Cipher for Key {
    fn nonce(&self) -> Option<[u8; NONCE_BYTES]> {
        random().ok()
    }

    fn encrypt(
        &self,
        nonce: [u8; NONCE_BYTES],
        with: &[u8],
        plain: &[u8],
    ) -> impl Future<Output = Option<Vec<u8>>> + use<> {
        let (cipher, plain) = (cipher(&nonce, with), Uint8Array::from(plain));
        finished(self.subtle.encrypt_with_object_and_js_u8_array(&cipher, &self.key, &plain))
    }

    fn decrypt(
        &self,
        nonce: [u8; NONCE_BYTES],
        with: &[u8],
        sealed: &[u8],
    ) -> impl Future<Output = Option<Vec<u8>>> + use<> {
        let (cipher, sealed) = (cipher(&nonce, with), Uint8Array::from(sealed));
        finished(self.subtle.decrypt_with_object_and_js_u8_array(&cipher, &self.key, &sealed))
    }
}

/// What comes of work that has begun.
async fn finished(begun: Result<Promise, JsValue>) -> Option<Vec<u8>> {
    let done = JsFuture::from(begun.ok()?).await.ok()?;
    Some(Uint8Array::new(&done).to_vec())
}

/// AES-GCM with this nonce; `with` is authenticated too.
fn cipher(nonce: &[u8], with: &[u8]) -> AesGcmParams {
    let cipher = AesGcmParams::new_with_u8_array("AES-GCM", &Uint8Array::from(nonce));
    cipher.set_additional_data_u8_array(&Uint8Array::from(with));
    cipher
}

/// The browser's ciphers. Pages that come over an open line have none.
fn crypto() -> Result<Crypto, JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope.crypto()
}

/// Bytes that nobody can guess.
pub fn random<const BYTES: usize>() -> Result<[u8; BYTES], JsValue> {
    let mut bytes = [0; BYTES];
    crypto()?.get_random_values_with_u8_array(&mut bytes)?;
    Ok(bytes)
}
