//! What stands between the page and the network.

/// Lets the program that syncs reach the server of this origin, and no other; `None`: none any more.
/// Returns whether it may reach it now.
#[allow(clippy::unused_async, reason = "waits only where a service worker has to be told")]
pub async fn allow_connection(_origin: Option<&str>) -> bool {
    true
}
