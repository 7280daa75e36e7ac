//! The frame of some customers alone: whatever is asked of all can be asked of them.

use super::Frame;
use crate::exchange::Exchange;
use std::rc::Rc;

impl Frame {
    /// The customers of `members`, rising, numbered anew, with what is theirs. The imports are the
    /// same; what is nobody's is not there.
    pub fn limited(&self, members: &[u32], exchange: &Exchange) -> Frame {
        let orders = self.orders.limited(members);
        let mut ledger = self.ledger.limited(members);
        ledger.complete(&self.batches, &orders, exchange);
        let place = |order: u32| {
            let customer = self.orders.customer_of(order)?;
            let at = members.binary_search(&customer).ok()? as u32;
            let before = order - self.orders.of_customer(customer).start as u32;
            Some(orders.of_customer(at).start as u32 + before)
        };
        Frame {
            batches: Rc::clone(&self.batches),
            apart: Rc::clone(&self.apart),
            customers: self.customers.limited(members),
            summarised: self.summarised.limited(members),
            people: self.people.limited(members, place),
            orders,
            ledger,
        }
    }
}
