//! Whether the server is the right one, and which devices there are.

use super::{Event, Home, Round, Stop};
use crate::head::Roster;
use crate::remote::{Path, Remote};
use crate::vault::Vault;

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
                    None => Err(crate::Failure::NotKept.into()),
                }
            }
        }
    }

    /// Hears of the other devices, and makes itself known.
    pub(super) async fn meet_devices(&mut self) -> Result<(), Stop> {
        let text = self.remote.get(Path::Roster).await?;
        let mut roster = text.as_deref().map(Roster::parse).unwrap_or_default();
        let known: Vec<_> = self.replica.peers.keys().copied().collect();
        if roster.add(known.into_iter().chain([self.replica.dev])) {
            self.remote.put(Path::Roster, &roster.text()).await?;
        }
        let listed = self.remote.devices().await?.unwrap_or_default();
        for dev in roster.devices().chain(listed).collect::<Vec<_>>() {
            if dev != self.replica.dev && !self.replica.peers.contains_key(&dev) {
                let peer = self.replica.peer(dev);
                peer.changed_ms = self.pace.now_ms;
                self.tell(Event::Met(dev));
            }
        }
        self.keep(&[]).await
    }
}
