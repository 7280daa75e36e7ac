//! Whether the server is the right one, and which devices there are.

use super::fetch::{Got, VaultThere};
use super::{Event, Home, Round, Stop};
use crate::head::Roster;
use crate::remote::{Failure, Path, Remote};
use crate::vault::Vault;
use model::DeviceId;

impl<R: Remote, H: Home> Round<'_, R, H> {
    /// An empty server is never taken for deleted data: the round stops, unless the user has said
    /// that it may be filled again.
    pub(super) async fn check_vault(&mut self) -> Result<(), Stop> {
        let is_known = self.replica.head_there.is_some();
        if !self.pace.thorough && is_known && !self.replica.vault_due {
            return Ok(());
        }
        // Only a server that has never confirmed anything is filled without a question.
        let may_fill = self.pace.refill || (!is_known && self.replica.own.confirmed == 0);
        match (self.fetch_vault().await?, self.replica.vault_text.clone()) {
            (VaultThere::Whole(vault, _), _) if vault.vault != self.replica.vault() => {
                Err(Stop::OtherVault)
            }
            (VaultThere::Whole(vault, text), known) => self.take_vault(&vault, text, known).await,
            (VaultThere::Absent, None) => Err(Stop::NoVault),
            (VaultThere::Absent, Some(_)) if !may_fill => Err(Stop::Emptied),
            (VaultThere::Half, None) => Err(Stop::HalfVault),
            (VaultThere::Absent, Some(text)) => self.write_vault(&text).await,
            (VaultThere::Half, Some(text)) => {
                self.write_vault(&text).await?;
                self.tell(Event::VaultMended);
                Ok(())
            }
        }
    }

    /// Keeps the vault's file, to put it back where a server has lost it. Another passphrase for the
    /// same key is taken over; whoever takes the key away does not take the seals off.
    async fn take_vault(
        &mut self,
        there: &Vault,
        text: String,
        known: Option<String>,
    ) -> Result<(), Stop> {
        let kept = known.as_deref().and_then(|it| Vault::parse(it).ok());
        let is_same = kept.as_ref() == Some(there);
        match known {
            Some(known) if self.replica.vault_due && !is_same => self.write_vault(&known).await,
            Some(_) if is_same && !self.replica.vault_due => Ok(()),
            Some(_) if kept.is_some_and(|it| !it.has_keys_of(there)) => Ok(()),
            known => {
                self.replica.vault_text = Some(text);
                self.replica.vault_due = false;
                if known.is_some() && !is_same {
                    self.tell(Event::PassphraseChanged);
                }
                self.keep(&[]).await
            }
        }
    }

    async fn write_vault(&mut self, text: &str) -> Result<(), Stop> {
        self.remote.put(Path::Vault, text).await?;
        match self.fetch_vault().await? {
            VaultThere::Whole(vault, _) if vault.vault != self.replica.vault() => {
                Err(Stop::OtherVault)
            }
            VaultThere::Whole(vault, _) if Vault::parse(text) == Ok(vault.clone()) => {
                self.replica.vault_due = false;
                self.keep(&[]).await
            }
            _ => Err(Failure::NotKept.into()),
        }
    }

    /// Hears of the other devices, and makes itself known.
    pub(super) async fn meet_devices(&mut self) -> Result<(), Stop> {
        let roster = self.write_roster().await?;
        let listed = self.remote.devices().await?.unwrap_or_default();
        self.meet(roster.devices().chain(listed));
        self.keep(&[]).await
    }

    /// Before its first segment a device is in the roster and has a head: else nobody would find what
    /// it told, if it did not come back.
    pub(super) async fn introduce(&mut self) -> Result<(), Stop> {
        self.write_roster().await?;
        // Whoever wrote the roster at the same time may have left this device out.
        let own = self.replica.dev;
        let there = self.fetch(Path::Roster, Roster::parse).await?.whole();
        if !there.is_some_and(|roster| roster.devices().any(|it| it == own)) {
            return Err(Failure::NotKept.into());
        }
        self.write_head().await
    }

    /// Adds to the roster whoever is missing there; the roster as it is then.
    async fn write_roster(&mut self) -> Result<Roster, Stop> {
        let (mut roster, is_damaged) = match self.fetch(Path::Roster, Roster::parse).await? {
            Got::Whole(roster) => (roster, false),
            Got::Absent => (Roster::default(), false),
            Got::Damaged(_) => {
                let text = self.remote.get(Path::Roster).await?.unwrap_or_default();
                (Roster::salvage(&text), true)
            }
        };
        let known: Vec<_> = self.replica.peers.keys().copied().collect();
        if roster.add(known.into_iter().chain([self.replica.dev])) || is_damaged {
            self.remote.put(Path::Roster, &roster.text()).await?;
        }
        Ok(roster)
    }

    /// Remembers devices that were not known.
    pub(super) fn meet(&mut self, devices: impl IntoIterator<Item = DeviceId>) {
        for dev in devices {
            if dev != self.replica.dev && !self.replica.peers.contains_key(&dev) {
                self.replica.peer(dev).changed_ms = self.pace.now_ms;
                self.tell(Event::Met(dev));
            }
        }
    }
}
