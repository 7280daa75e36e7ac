//! Sorted maps and sets of what comes one by one.

/// Collects into a sorted map or set entry by entry; of equal keys the last stays in a map.
///
/// `collect` brings a sorting algorithm of its own for each kind of entry into the program, some 5 KB
/// of wasm each. This is for programs whose size counts and collections that are small or come
/// sorted.
pub fn collected<T, C: Default + Extend<T>>(entries: impl IntoIterator<Item = T>) -> C {
    let mut collection = C::default();
    collection.extend(entries);
    collection
}
