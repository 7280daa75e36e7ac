//! What this device and the clock of a file suggest of a shop: zone, country, currency.

use crate::host::Host;
use model::{Currency, ShopProfile};

/// Zones that are tried when a file's offsets are not those of this device's zone.
const WIDELY_USED_ZONES: [&str; 24] = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Halifax",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Australia/Brisbane",
    "Australia/Adelaide",
    "Australia/Perth",
    "Pacific/Auckland",
    "Africa/Johannesburg",
    "Africa/Cairo",
    "UTC",
];

/// The country that a widely used zone is of, where it is one country's.
pub fn country_of_zone(zone: &str) -> Option<&'static str> {
    Some(match zone {
        "America/New_York"
        | "America/Chicago"
        | "America/Denver"
        | "America/Los_Angeles"
        | "America/Phoenix" => "US",
        "America/Halifax" => "CA",
        "America/Sao_Paulo" => "BR",
        "Europe/London" => "GB",
        "Europe/Istanbul" => "TR",
        "Asia/Dubai" => "AE",
        "Asia/Kolkata" => "IN",
        "Asia/Shanghai" => "CN",
        "Asia/Tokyo" => "JP",
        "Australia/Sydney" | "Australia/Brisbane" | "Australia/Adelaide" | "Australia/Perth" => {
            "AU"
        }
        "Pacific/Auckland" => "NZ",
        "Africa/Johannesburg" => "ZA",
        _ => return None,
    })
}

/// The zone whose clock shows the offsets that a file's instants were written with: this device's
/// if it does, else a widely used one. `None` if the file has no offsets or none fits.
///
/// `offsets` are pairs of instant and offset, both in seconds. A file that has only UTC says nothing:
/// programs write so whatever the shop's clock shows.
pub fn zone_of_offsets(host: &impl Host, device: &str, offsets: &[(i64, i32)]) -> Option<String> {
    if offsets.iter().all(|&(_, offset)| offset == 0) {
        return None;
    }
    let instants = offsets.iter().map(|&(at, _)| at);
    let during = instants.clone().min()?..=instants.max()?;
    let fits = |name: &&str| {
        let zone = host.zone(name, during.clone());
        zone.is_some_and(|it| offsets.iter().all(|&(at, offset)| it.offset_at(at) == offset))
    };
    std::iter::once(device).chain(WIDELY_USED_ZONES).find(fits).map(str::to_owned)
}

/// What this device suggests before anything is known.
pub fn device_profile(host: &impl Host) -> ShopProfile {
    let (time_zone, mut country) = (host.device_zone(), host.device_country());
    if country.is_empty() && time_zone == "Asia/Shanghai" {
        "CN".clone_into(&mut country);
    }
    let currency = match country.as_str() {
        "CN" => "CNY",
        "GB" => "GBP",
        "JP" => "JPY",
        "CA" => "CAD",
        "AU" => "AUD",
        "IN" => "INR",
        "BR" => "BRL",
        "KR" => "KRW",
        "CH" => "CHF",
        "SE" => "SEK",
        "DK" => "DKK",
        "NO" => "NOK",
        "PL" => "PLN",
        "DE" | "FR" | "ES" | "IT" | "NL" | "BE" | "AT" | "PT" | "IE" | "FI" => "EUR",
        _ => "USD",
    };
    ShopProfile {
        name: String::new(),
        time_zone,
        currency: Currency::from_code(currency).unwrap_or(Currency::USD),
        country,
    }
}
