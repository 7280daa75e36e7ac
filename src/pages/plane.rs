//! A plane of two figures, cut into four.

use leptos::prelude::*;

/// Dots on a plane from 0 to 100 each way, with room for a dot all round; `cuts` are the lines across
/// and up. A dot's height on the plane is 104 less its own. The names are those of the quarters, row by
/// row from the top left. It says nothing to who cannot see it: a table beside it has the same.
pub(super) fn plane(dots: AnyView, cuts: [f64; 2], names: [String; 4]) -> AnyView {
    let [across, up] = cuts;
    let names = names.into_iter().map(|it| view! { <span>{it}</span> }).collect_view();
    view! {
        <figure class="plane">
            <svg class="plane__picture" viewBox="-3 -3 110 110" aria-hidden="true">
                <rect class="plane__ground" x="-3" y="-3" width="110" height="110" rx="2" />
                {dots}
                <line class="plane__cut" x1=across x2=across y1="-3" y2="107" />
                <line class="plane__cut" x1="-3" x2="107" y1=104.0 - up y2=104.0 - up />
            </svg>
            <figcaption class="plane__names" aria-hidden="true">{names}</figcaption>
        </figure>
    }
    .into_any()
}
