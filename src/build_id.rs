//! Which build this program is of. A file of both programs, not of a crate: crates that knew the id
//! would be compiled anew for every change of a screen.

/// Page and engine of one build have the same.
pub const BUILD: &str = match option_env!("REGULARS_BUILD_ID") {
    Some(build) => build,
    None => "dev",
};
