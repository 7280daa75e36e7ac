//! Parts: files named by their content. They carry the rows of imports and the pieces of snapshots.

use crate::frame;
use crate::ids::{Digest, VaultId, device_text, stamp_text};
use crate::key::{DataKey, Entropy};
use crate::segment::{Damage, VERSION, check_key};
use model::{DeviceId, Hlc};
use serde::{Deserialize, Serialize};

/// Longest text that is read as a part, in bytes. Parts are written of about 1 MB.
pub(crate) const LONGEST_TEXT: usize = 16 << 20;
/// Longest body of a part, in bytes, after it is unpacked.
const LONGEST_BODY: usize = 32 << 20;

/// Whose part it is. Two owners never share one, so that each may delete their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOf {
    /// Of one edition of an import, which its stamp names.
    Import(Hlc),
    /// Of a device's snapshots.
    State(DeviceId),
}

impl PartOf {
    fn text(self) -> String {
        match self {
            PartOf::Import(edition) => format!("import:{}", stamp_text(edition)),
            PartOf::State(device) => format!("state:{}", device_text(device)),
        }
    }
}

/// A part as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    v: u32,
    vault: VaultId,
    of: String,
    kid: String,
    b: String,
    h: Digest,
}

impl Part {
    /// Writes a part; with a key, sealed.
    pub fn write(
        vault: VaultId,
        of: PartOf,
        body: &[u8],
        key: Option<&DataKey>,
        entropy: &mut impl Entropy,
    ) -> Part {
        let (of, kid) = (of.text(), key.map(DataKey::kid).unwrap_or_default());
        let b = frame::write(&place(vault, &of, &kid), body, key, entropy);
        let h = Digest::of([b.as_bytes()]);
        Part { v: VERSION, vault, of, kid, b, h }
    }

    /// The text that is stored.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Its name: the digest of all that it says.
    pub fn name(&self) -> Digest {
        let text = format!("{}\n{}\n", place(self.vault, &self.of, &self.kid), self.h);
        Digest::of([text.as_bytes()])
    }

    /// Reads what a server gave under a name.
    pub fn parse(vault: VaultId, name: Digest, text: &str) -> Result<Part, Damage> {
        #[derive(Deserialize)]
        struct Peek {
            v: u32,
        }
        if text.len() > LONGEST_TEXT {
            return Err(Damage::TooLong);
        }
        let peek: Peek = serde_json::from_str(text).ok().ok_or(Damage::Foreign)?;
        if peek.v > VERSION {
            return Err(Damage::TooNew);
        }
        let part: Part = serde_json::from_str(text).ok().ok_or(Damage::Foreign)?;
        if Digest::of([part.b.as_bytes()]) != part.h {
            return Err(Damage::Hash);
        }
        if part.vault == vault && part.name() == name { Ok(part) } else { Err(Damage::Misplaced) }
    }

    /// What it carries.
    pub fn open(&self, key: Option<&DataKey>) -> Result<Vec<u8>, Damage> {
        check_key(&self.kid, key)?;
        let refusal = if key.is_some() { Damage::Sealed } else { Damage::Content };
        let place = place(self.vault, &self.of, &self.kid);
        frame::read(&place, &self.b, key, LONGEST_BODY).ok_or(refusal)
    }
}

fn place(vault: VaultId, of: &str, kid: &str) -> String {
    format!("regulars-part\n1\n{vault}\n{of}\n{kid}")
}
