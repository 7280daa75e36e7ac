//! Has page and engine compiled so that they can be taken apart, if `REGULARS_PARTS` is set.
//!
//! No feature of the package: the engine's features stand in `index.html`, for every kind of build.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=REGULARS_PARTS");
    println!("cargo::rustc-check-cfg=cfg(parts)");
    if std::env::var_os("REGULARS_PARTS").is_none() {
        return;
    }
    println!("cargo::rustc-cfg=parts");
    // A program is taken apart along what the linker knows of its functions and data.
    for (feature, program) in [("PAGE", "regulars"), ("ENGINE", "engine")] {
        if std::env::var_os(format!("CARGO_FEATURE_{feature}")).is_some() {
            println!("cargo::rustc-link-arg-bin={program}=--emit-relocs");
        }
    }
}
