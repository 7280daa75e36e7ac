//! Every screen's address. The build reads this file too, and writes a file for each, so that any
//! static host serves them and bookmarks hold.

/// In the order of the navigation.
pub const ROUTES: [&str; 28] = [
    "/",
    "/customers",
    "/customer",
    "/orders",
    "/order",
    "/products",
    "/product",
    "/tasks",
    "/rfm",
    "/tiers",
    "/lifecycle",
    "/cohorts",
    "/churn",
    "/value",
    "/cross-sell",
    "/satisfaction",
    "/explore",
    "/reports",
    "/traits",
    "/segments",
    "/segment",
    "/key-accounts",
    "/credit",
    "/duplicates",
    "/quality",
    "/import",
    "/data",
    "/settings",
];
