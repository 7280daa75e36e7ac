//! What the first import settles of the shop, and that it is said before it is stored.

use super::suggesting::{country_of_zone, device_profile, zone_of_offsets};
use super::{InspectedFile, Known, days};
use crate::answer::Engine;
use crate::host::{Host, SourceFile};
use crate::shop::{Shop, field, is_set_by_person};
use model::{RecordKind, ShopProfile};
use protocol::{FileReport, Problem, Progress, Response};
use reader::{Facts, Reading, Task, Watcher};
use store::{Backend, Manifest};

/// The shop's facts as the first import's file says, else as the device does: suggestions, before
/// which a person's word goes.
pub fn first_profile(host: &impl Host, file: &Facts) -> ShopProfile {
    let mut profile = device_profile(host);
    if let Some(currency) = file.main_currency {
        profile.currency = currency;
    }
    if let Some(zone) = zone_of_offsets(host, &profile.time_zone, &file.offsets) {
        let is_abroad = zone != profile.time_zone;
        if let Some(country) = country_of_zone(&zone).filter(|_| is_abroad) {
            country.clone_into(&mut profile.country);
        }
        profile.time_zone = zone;
    }
    profile
}

/// Has a file read. The telephones of a drop are those of the country that its first file of orders
/// settles, which the beginning of that file tells as a rule: the whole is read once more only if it
/// settles another.
pub async fn read(
    host: &impl Host,
    shop: &Shop,
    known: &Known,
    earlier: &[InspectedFile],
    source: &impl SourceFile,
    task: &Task,
) -> Result<Reading, Problem> {
    if known.has_orders || is_set_by_person(&shop.overlay, field::COUNTRY) {
        return source.read(task, host).await;
    }
    let of_country =
        |facts: &Facts| Task { country: first_profile(host, facts).country, ..task.clone() };
    let mut orders = earlier.iter().filter(|it| it.report.kind.tells_of_orders());
    if let Some(first) = orders.find_map(InspectedFile::to_store) {
        return source.read(&of_country(&first.facts), host).await;
    }
    let settled = |reading: &Reading| {
        let orders = reading.orders.as_ref().filter(|_| reading.report.kind.tells_of_orders());
        orders.map(|it| of_country(&it.facts))
    };
    let head = Task { only_head: true, ..task.clone() };
    let head = source.read(&head, &Quiet(host)).await?;
    let task = settled(&head).unwrap_or_else(|| task.clone());
    let reading = source.read(&task, host).await?;
    match settled(&reading) {
        Some(better) if better.country != task.country => source.read(&better, host).await,
        _ => Ok(reading),
    }
}

/// Whoever waits, but for how far it is: of a beginning that is told a moment later, with the rest.
struct Quiet<'a, W>(&'a W);

impl<W: Watcher> Watcher for Quiet<'_, W> {
    fn stopwatch_ms(&self) -> f64 {
        self.0.stopwatch_ms()
    }

    fn progress(&self, _: Progress) {}

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}

/// Whether the first file of a kind to be stored settles the shop's facts: orders do as long as there
/// are none, summaries as long as there are neither.
pub fn settles(kind: RecordKind, manifest: &Manifest) -> bool {
    let has = |kind| manifest.live_batches().any(|it| !it.sample && it.facts.kind == kind);
    kind.tells_of_orders()
        && !has_orders(manifest)
        && (kind == RecordKind::Orders || !has(RecordKind::Summaries))
}

/// Whether orders of the user's own were imported: the first of them settle the shop's facts. A list
/// of contacts says nothing of them.
pub fn has_orders(manifest: &Manifest) -> bool {
    manifest.live_batches().any(|it| !it.sample && it.facts.kind == RecordKind::Orders)
}

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// The same inspection, which says of the file that would be stored first what it settles.
    pub(crate) fn foretold(&self, response: Response) -> Response {
        let Response::Inspection(mut inspection) = response else { return response };
        let manifest = self.store.manifest();
        let files = self.inspected.as_ref().map_or(&[][..], |it| &it.files);
        let mut files = inspection.files.iter_mut().zip(files.iter().map(InspectedFile::to_store));
        let stored = files.find_map(|(report, found)| {
            Some((report, found?)).filter(|(report, _)| settles(report.kind, manifest))
        });
        if let Some((report, found)) = stored {
            self.foretell(report, &found.facts);
        }
        Response::Inspection(inspection)
    }

    fn foretell(&self, report: &mut FileReport, facts: &Facts) {
        let settled = first_profile(&self.host, facts);
        let assumed = self.shop.profile_for_import(&self.host);
        let is_open = |name: &str| !is_set_by_person(&self.shop.overlay, name);
        if settled.time_zone != assumed.time_zone && is_open(field::TIME_ZONE) {
            report.days = facts.span.map(|span| days(&self.host, &settled.time_zone, span));
            report.settles_zone = Some(settled.time_zone);
        }
        if settled.currency != assumed.currency && is_open(field::CURRENCY) {
            report.settles_currency = Some(settled.currency.code().to_owned());
        }
    }
}
