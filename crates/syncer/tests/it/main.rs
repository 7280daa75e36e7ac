//! Devices of one shop over stores in memory.

mod devices;
mod erasing;
mod faults;
mod world;
