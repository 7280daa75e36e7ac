//! Whom to win back first.

use crate::ChurnState;

/// A customer to win back, with the two factors of the priority side by side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WinBack {
    /// Position of the customer.
    pub customer: u32,
    /// Expected value of the next 12 months if the customer is still there, in minor units.
    pub value_if_alive: f64,
    /// Probability that the customer is lost.
    pub p_lost: f64,
}

impl WinBack {
    /// Expected value × probability of being lost, in minor units: what is at stake.
    pub fn priority(&self) -> f64 {
        self.value_if_alive * self.p_lost
    }
}

/// Customers at risk or churned, the greatest priority first; equal ones by position.
///
/// All columns have one entry a customer. Customers whose factors are no numbers are left out.
pub fn win_back_queue(
    states: &[Option<ChurnState>],
    value_if_alive: &[f64],
    p_lost: &[f64],
) -> Vec<WinBack> {
    let columns = states.iter().zip(value_if_alive).zip(p_lost).enumerate();
    let mut queue: Vec<WinBack> = columns
        .filter(|(_, ((state, value), p))| {
            matches!(state, Some(ChurnState::AtRisk | ChurnState::Churned))
                && value.is_finite()
                && p.is_finite()
        })
        .map(|(customer, ((_, value), p))| WinBack {
            customer: customer as u32,
            value_if_alive: *value,
            p_lost: p.clamp(0.0, 1.0),
        })
        .collect();
    tiny_sort::stable::sort_by(&mut queue, |a, b| b.priority().total_cmp(&a.priority()));
    queue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_is_ordered_by_the_product_of_its_columns() {
        use ChurnState::{Active, AtRisk, Churned};
        let states = [Some(AtRisk), Some(Active), Some(Churned), None, Some(Churned), Some(AtRisk)];
        let value = [100.0, 900.0, 80.0, 900.0, f64::NAN, 100.0];
        let p_lost = [0.5, 0.9, 0.9, 0.9, 0.9, 0.5];
        let queue = win_back_queue(&states, &value, &p_lost);
        let rows: Vec<(u32, f64)> = queue.iter().map(|it| (it.customer, it.priority())).collect();
        assert_eq!(rows, [(2, 72.0), (0, 50.0), (5, 50.0)]);
    }
}
