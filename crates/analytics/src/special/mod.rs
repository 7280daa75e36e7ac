//! Special functions of the customer-base models, in double precision.
//!
//! All transcendental functions come from `libm`, so that a browser and a native program give the
//! same digits.

mod gamma;
mod hypergeometric;
mod tricomi;

pub use gamma::{digamma, ln_beta, ln_gamma, ln_rising, trigamma};
pub use hypergeometric::{SignedLn, ln_hyp2f1};
pub use tricomi::tricomi_diagonal;

pub(crate) use gamma::Rising;
pub(crate) use hypergeometric::{GaussFraction, ln_gauss};
