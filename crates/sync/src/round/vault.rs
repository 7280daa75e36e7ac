//! Whether the server is the right one, and which devices there are.

use super::{Event, Home, Round, Stop};
use crate::head::Roster;
use crate::remote::{Failure, Path, Remote};
use crate::vault::Vault;
use model::DeviceId;

impl<R: Remote, H: Home> Round<'_, R, H> {
    /// An empty server is never taken for deleted data: the round stops, unless the user has said
    /// that it may be filled again.
    pub(super) async fn check_vault(&mut self) -> Result<(), Stop> {
        let is_new = self.replica.vault_text.is_some() && self.replica.head_there.is_none();
        // Only a server that has never confirmed anything is filled without a question.
        let may_fill = self.pace.refill || (is_new && self.replica.own.confirmed == 0);
        if !self.pace.thorough && self.replica.head_there.is_some() {
            return Ok(());
        }
        match (self.remote.get(Path::Vault).await?, &self.replica.vault_text) {
            (Some(text), known) => {
                let vault = Vault::parse(&text).map_err(Stop::Vault)?;
                if vault.vault != self.replica.vault() {
                    return Err(Stop::OtherVault);
                }
                // Whoever takes the key away from the vault's file does not take the seals off.
                if known.is_none() {
                    self.replica.vault_text = Some(text);
                    self.keep(&[]).await?;
                }
                Ok(())
            }
            (None, None) => Err(Stop::NoVault),
            (None, Some(_)) if !may_fill => Err(Stop::Emptied),
            (None, Some(text)) => {
                self.remote.put(Path::Vault, &text.clone()).await?;
                let there = self.remote.get(Path::Vault).await?;
                match there.as_deref().map(Vault::parse) {
                    Some(Ok(vault)) if vault.vault == self.replica.vault() => Ok(()),
                    Some(Ok(_)) => Err(Stop::OtherVault),
                    Some(Err(damage)) => Err(Stop::Vault(damage)),
                    None => Err(Failure::NotKept.into()),
                }
            }
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
        let there = self.remote.get(Path::Roster).await?;
        if !there.is_some_and(|text| Roster::parse(&text).devices().any(|it| it == own)) {
            return Err(Failure::NotKept.into());
        }
        self.write_head().await
    }

    /// Adds to the roster whoever is missing there; the roster as it is then.
    async fn write_roster(&mut self) -> Result<Roster, Stop> {
        let text = self.remote.get(Path::Roster).await?;
        let mut roster = text.as_deref().map(Roster::parse).unwrap_or_default();
        let known: Vec<_> = self.replica.peers.keys().copied().collect();
        if roster.add(known.into_iter().chain([self.replica.dev])) {
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
