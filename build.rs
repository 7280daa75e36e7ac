//! Tells the linker what a page in parts needs.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The page is taken apart along what the linker knows of its functions and data.
    if std::env::var_os("CARGO_FEATURE_PARTS").is_some() {
        println!("cargo::rustc-link-arg-bin=regulars=--emit-relocs");
    }
}
