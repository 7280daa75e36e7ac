//! Mounts the page.

fn main() {
    regulars::app::mount();
}
