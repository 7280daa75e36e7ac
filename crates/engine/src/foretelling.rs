//! What the first import will settle, said before it is stored.

use crate::answer::Engine;
use crate::host::{Host, SourceFile};
use crate::import::InspectedFile;
use crate::shop::{field, is_set_by_person, zone_of_offsets};
use model::{OrderTime, ShopDay, Zone};
use protocol::{FileReport, Response};
use reader::Facts;
use store::Backend;

impl<B: Backend, H: Host, F: SourceFile> Engine<B, H, F> {
    /// The same inspection, which says of the file that would be stored first what it settles.
    pub(crate) fn foretold(&self, response: Response) -> Response {
        let Response::Inspection(mut inspection) = response else { return response };
        let is_first = !self.store.manifest().live_batches().any(|it| !it.sample);
        let files = self.inspected.as_ref().map_or(&[][..], |it| &it.files);
        let mut files = inspection.files.iter_mut().zip(files.iter().map(InspectedFile::to_store));
        let stored = files.find_map(|(report, found)| Some((report, found?)));
        if let Some((report, found)) = stored.filter(|_| is_first) {
            self.foretell(report, &found.facts);
        }
        Response::Inspection(inspection)
    }

    fn foretell(&self, report: &mut FileReport, facts: &Facts) {
        let assumed = self.shop.profile_for_import(&self.host);
        let is_open = |name: &str| !is_set_by_person(&self.shop.overlay, name);
        let time_zone = zone_of_offsets(&self.host, &self.host.device_zone(), &facts.offsets);
        let time_zone =
            time_zone.filter(|zone| *zone != assumed.time_zone && is_open(field::TIME_ZONE));
        let currency = facts.main_currency;
        let currency = currency.filter(|it| *it != assumed.currency && is_open(field::CURRENCY));
        if let (Some(name), Some(span)) = (&time_zone, facts.span) {
            report.days = Some(days(&self.host, name, span));
        }
        report.settles_zone = time_zone;
        report.settles_currency = currency.map(|it| it.code().to_owned());
    }
}

/// The days of the first and the last order in a zone.
fn days(host: &impl Host, zone: &str, (first, last): (OrderTime, OrderTime)) -> (ShopDay, ShopDay) {
    let seconds = |time| match time {
        OrderTime::Instant(seconds) | OrderTime::Wall(seconds) => seconds,
    };
    let zone = host.zone(zone, seconds(first)..=seconds(last)).unwrap_or_else(Zone::utc);
    (zone.day_of(first), zone.day_of(last))
}
