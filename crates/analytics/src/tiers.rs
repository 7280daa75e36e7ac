//! The contribution pyramid: VIP, big, normal and small customers by rank of spend.

use crate::RankedSpend;

/// 1 % VIP, 4 % big, 15 % normal, 80 % small.
pub const DEFAULT_SHARES: [f64; 4] = [0.01, 0.04, 0.15, 0.80];

/// A tier of the pyramid, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[repr(u8)]
pub enum Tier {
    /// The few at the top.
    Vip,
    /// Big customers.
    Big,
    /// Normal customers.
    Normal,
    /// Everybody else who bought.
    Small,
}

impl Tier {
    /// All tiers; a tier's position here is its discriminant.
    pub const ALL: [Self; 4] = [Self::Vip, Self::Big, Self::Normal, Self::Small];

    /// The English name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Vip => "VIP",
            Self::Big => "Big",
            Self::Normal => "Normal",
            Self::Small => "Small",
        }
    }
}

/// What a tier holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TierReport {
    /// How many customers.
    pub customers: u32,
    /// Their value (net or margin) in minor units.
    pub value: i64,
    /// The least value in the tier, which is what it takes to be in it; `None` when it is empty.
    pub border: Option<i64>,
}

/// The tier of every customer and what each tier holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiers {
    /// One entry a customer; `None` without an order.
    pub tier: Vec<Option<Tier>>,
    /// In the order of [`Tier::ALL`].
    pub reports: [TierReport; 4],
}

/// Ranks the customers with `orders` > 0 by `value` (net or margin in minor units).
///
/// `spend` must rank the very same columns. From the best down, each tier takes
/// round(buyers · share) customers, at least one while any remain, and with them everybody whose
/// value equals that of its last one: a tie at a border goes to the higher tier, and the next
/// tier begins counting after it. The last tier takes all who remain, whatever its share says.
pub fn assign_tiers(
    spend: &RankedSpend,
    orders: &[u32],
    value: &[i64],
    shares: &[f64; 4],
) -> Tiers {
    let reports = reports(spend, shares);
    let [vip, big, normal, _] = reports.map(|report| report.border);
    let reaches = |value, border: Option<i64>| border.is_some_and(|border| value >= border);
    let tier = orders.iter().zip(value).map(|(orders, value)| {
        // Borders fall from tier to tier, and an empty tier is followed by empty ones only.
        (*orders > 0).then(|| match *value {
            value if reaches(value, vip) => Tier::Vip,
            value if reaches(value, big) => Tier::Big,
            value if reaches(value, normal) => Tier::Normal,
            _ => Tier::Small,
        })
    });
    Tiers { tier: tier.collect(), reports }
}

fn reports(spend: &RankedSpend, shares: &[f64; 4]) -> [TierReport; 4] {
    let mut begin = 0;
    Tier::ALL.map(|tier| {
        let remaining = spend.len() - begin;
        if remaining == 0 {
            return TierReport::default();
        }
        let size = match tier {
            Tier::Small => remaining,
            _ => {
                ((spend.len() as f64 * shares[tier as usize]).round() as usize).clamp(1, remaining)
            }
        };
        let border = spend.descending()[begin + size - 1];
        let end = spend.at_least(border);
        let report = TierReport {
            customers: (end - begin) as u32,
            value: spend.sum_of_best(end).saturating_sub(spend.sum_of_best(begin)),
            border: Some(border),
        };
        begin = end;
        report
    })
}
