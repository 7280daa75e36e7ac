//! What is bought together, one after the other, and again.
//!
//! [`Baskets`] are the lines of orders as item codes; whoever passes categories instead of products
//! gets everything here by category. [`frequent_itemsets`] and [`rules`] look at single baskets,
//! [`next_basket_rules`] at what a customer buys later, [`Bought`] at what each customer has bought.

mod bought;
mod breadth;
mod columns;
mod itemsets;
mod ladder;
mod next_basket;
mod recommend;
mod replenish;
mod rules;

pub use bought::{Bought, bought, bought_without, first_items};
pub use breadth::{Breadth, breadth};
pub use columns::{Baskets, MalformedBaskets};
pub use itemsets::{ItemsetOptions, Itemsets, TooManyItemsets, frequent_itemsets};
pub use ladder::{Ladder, LadderStep, suggest_ladders};
pub use next_basket::{NextBasketOptions, next_basket_rules};
pub use recommend::{Reason, Recommendation, Recommender, Shelf};
pub use replenish::{Due, Replenishment, replenishment, replenishment_due};
pub use rules::{AffinityEdge, Consequents, Rule, RuleCounts, affinity_edges, attach_rates, rules};
