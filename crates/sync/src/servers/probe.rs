//! Testing a connection: what this server can do and what it cannot, found by trying.

use crate::ids::Digest;
use crate::key::Entropy;
use crate::part::{Part, PartOf};
use crate::remote::{Failure, Path, Remote};
use crate::vault::Vault;
use model::{DeviceId, Hlc};

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It keeps what it is given, to the byte.
    KeepsFiles,
    /// It keeps it, but writes the JSON anew: no harm.
    WritesJsonAnew,
    /// It keeps something else.
    ChangesFiles,
    /// It says of a file that is not there that it is not there.
    TellsMissing,
    /// It gives something for files that are not there, as a page.
    AnswersForMissing,
    /// A file that was written again reads as it was before: there is a cache in between.
    GivesOldFiles,
    /// It lists the devices.
    Lists,
    /// It lists nothing; devices find each other by a file of names.
    ListsNothing,
    /// It deletes.
    Deletes,
    /// It does not delete: old files stay for ever, erased people's among them.
    KeepsDeleted,
    /// It takes a file of this many bytes.
    TakesFilesOf(u32),
    /// It refuses a file of this many bytes: imports cannot be shared.
    RefusesFilesOf(u32),
    /// There is a shop at this address.
    HasShop {
        /// Whether a passphrase opens it.
        sealed: bool,
    },
    /// It did not get so far.
    Failed(Failure),
}

/// What was found, in the order in which it was tried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Whether sync will work.
    pub fn is_usable(&self) -> bool {
        let stops = |it: &Finding| {
            matches!(it, Finding::ChangesFiles | Finding::AnswersForMissing | Finding::Failed(_))
        };
        !self.0.is_empty() && !self.0.iter().any(stops)
    }
}

/// In plain words.
impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Finding::KeepsFiles => "It keeps files exactly as they are sent.",
            Finding::WritesJsonAnew => "It lays files out anew; what they say stays the same.",
            Finding::ChangesFiles => "It changes what it is given: it cannot be used.",
            Finding::TellsMissing => "It says clearly when a file is not there.",
            Finding::AnswersForMissing => {
                "It sends a page where no file is, perhaps a sign-in page: check the address."
            }
            Finding::GivesOldFiles => "It gives old versions for a while, so that news come later.",
            Finding::Lists => "It lists which devices take part.",
            Finding::ListsNothing => "It lists no files; the devices find each other without that.",
            Finding::Deletes => "It deletes what is no longer needed.",
            Finding::KeepsDeleted => {
                "It does not delete: what was written stays there, of erased people too."
            }
            Finding::TakesFilesOf(bytes) => {
                return write!(f, "It takes files of {} MB.", bytes >> 20);
            }
            Finding::RefusesFilesOf(bytes) => {
                return write!(
                    f,
                    "It refuses files of {} MB: edits are shared, imports are not.",
                    bytes >> 20
                );
            }
            Finding::HasShop { sealed: true } => {
                "A shop is kept here already; its passphrase opens it."
            }
            Finding::HasShop { sealed: false } => "A shop is kept here already.",
            Finding::Failed(failure) => return write!(f, "It stops here: {failure}."),
        })
    }
}

/// Tries a server with files of its own and deletes them again.
pub async fn probe(remote: &impl Remote, entropy: &mut impl Entropy) -> Findings {
    let mut found = Findings::default();
    if let Err(failure) = try_all(remote, entropy, &mut found.0).await {
        found.0.push(Finding::Failed(failure));
    }
    found
}

async fn try_all(
    remote: &impl Remote,
    entropy: &mut impl Entropy,
    found: &mut Vec<Finding>,
) -> Result<(), Failure> {
    let absent = Path::Part(Digest(entropy.bytes()));
    let gives_pages = remote.get(absent).await?.is_some();
    found.push(if gives_pages { Finding::AnswersForMissing } else { Finding::TellsMissing });
    if let Some(vault) = remote.get(Path::Vault).await?.and_then(|it| Vault::parse(&it).ok()) {
        found.push(Finding::HasShop { sealed: !vault.keys.is_empty() });
    }
    try_keeping(remote, entropy, found).await?;
    let listed = remote.devices().await.unwrap_or(None);
    found.push(if listed.is_some() { Finding::Lists } else { Finding::ListsNothing });
    try_long_file(remote, entropy, found).await
}

/// Under one name in turn: a file, another, none.
async fn try_keeping(
    remote: &impl Remote,
    entropy: &mut impl Entropy,
    found: &mut Vec<Finding>,
) -> Result<(), Failure> {
    // Among the parts: a device's folder that stays behind empty would be taken for a device.
    let path = Path::Part(Digest(entropy.bytes()));
    let [one, other] = ["1", "2"].map(|n| {
        format!("{{\"regulars\": \"probe {n} \u{719f}\u{5ba2} \\\"{{}}\\\"\",\n \"b\": {n}}}")
    });
    remote.put(path, &one).await?;
    let there = remote.get(path).await?;
    let same = |text: &str| {
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        read(text).is_some() && read(text) == read(&one)
    };
    match there {
        Some(text) if text == one => found.push(Finding::KeepsFiles),
        Some(text) if same(&text) => found.push(Finding::WritesJsonAnew),
        _ => {
            found.push(Finding::ChangesFiles);
            return Ok(());
        }
    }
    remote.put(path, &other).await?;
    if remote.get(path).await?.is_some_and(|text| same(&text)) {
        found.push(Finding::GivesOldFiles);
    }
    let deleted = remote.delete(path).await.is_ok() && remote.get(path).await?.is_none();
    found.push(if deleted { Finding::Deletes } else { Finding::KeepsDeleted });
    Ok(())
}

/// As long as the parts of a large import.
async fn try_long_file(
    remote: &impl Remote,
    entropy: &mut impl Entropy,
    found: &mut Vec<Finding>,
) -> Result<(), Failure> {
    const BYTES: u32 = 1 << 20;
    let vault = crate::VaultId(u128::from_be_bytes(entropy.bytes()));
    // Noise: what compresses would be a short file.
    let mut rows = vec![0; BYTES as usize * 3 / 4];
    entropy.fill(&mut rows);
    let of = PartOf::Import(Hlc::start(DeviceId(0)));
    let part = Part::write(vault, of, &rows, None, entropy);
    let path = Path::Part(part.name());
    match remote.put(path, &part.text()).await {
        Err(Failure::TooLong | Failure::Full) => found.push(Finding::RefusesFilesOf(BYTES)),
        Err(failure) => return Err(failure),
        Ok(()) => {
            let there = remote.get(path).await?;
            let whole = there.is_some_and(|it| Part::parse(vault, part.name(), &it).is_ok());
            let finding = if whole { Finding::TakesFilesOf } else { Finding::RefusesFilesOf };
            found.push(finding(BYTES));
            // What stays is told above.
            let _ = remote.delete(path).await;
        }
    }
    Ok(())
}
