//! The app's own icons: strokes on a 16 by 16 grid.

use leptos::prelude::*;

/// An icon by what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named for the screen or the act it stands for")]
pub enum IconName {
    Today,
    Customers,
    Orders,
    Products,
    Rfm,
    Tiers,
    Lifecycle,
    Cohorts,
    Churn,
    Value,
    CrossSell,
    Satisfaction,
    Explore,
    Segments,
    Tasks,
    Import,
    Data,
    Settings,
    Search,
    More,
    Close,
    Undo,
    Download,
    Picture,
    Plus,
    Check,
    Warning,
    Info,
    Back,
    Calendar,
    Filter,
}

impl IconName {
    /// The strokes, in SVG's notation.
    fn path(self) -> &'static str {
        match self {
            IconName::Today => "M2.5 7.5 8 2.8l5.5 4.7M4 6.5v6.7h8V6.5M6.7 13.2V9.5h2.6v3.7",
            IconName::Customers => {
                "M6 7.2a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6ZM1.8 13.2c0-2.5 1.8-4 4.2-4s4.2 1.5 \
                 4.2 4M10.6 2.9a2.2 2.2 0 0 1 0 4.1M12 9.6c1.4.5 2.2 1.8 2.2 3.6"
            }
            IconName::Orders => {
                "M3.5 2.5h9v11l-1.8-1.2-1.4 1.2L8 12.3l-1.3 1.2-1.4-1.2-1.8 1.2ZM6 6h4M6 8.8h4"
            }
            IconName::Products => {
                "M8 2 13.5 4.8v6.4L8 14 2.5 11.2V4.8ZM2.5 4.8 8 7.6l5.5-2.8M8 7.6V14"
            }
            IconName::Rfm => "M2.5 2.5h11v11h-11ZM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11M9.8 2.5v11",
            IconName::Tiers => "M8 2.5 10 6h-4ZM4.7 8h6.6M3.4 10.7h9.2M2 13.4h12",
            IconName::Lifecycle => {
                "M13.2 6.6A5.4 5.4 0 0 0 3.6 5M2.8 9.4A5.4 5.4 0 0 0 12.4 11M3.4 2.2V5h2.8M12.6 13.8V11H9.8"
            }
            IconName::Cohorts => "M2.5 3.5h11M2.5 6.5h8M2.5 9.5h5M2.5 12.5h2.5",
            IconName::Churn => "M6.5 2.5h-4v11h4M9.5 5 12.8 8l-3.3 3M12.5 8H6",
            IconName::Value => {
                "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM9.9 6.2C9.6 5.4 8.9 5 8 5c-1 0-1.9.5-1.9 1.5 0 2 3.9.9 3.9 3 0 1-.9 1.5-2 1.5-1 0-1.8-.4-2.1-1.3M8 4v8"
            }
            IconName::CrossSell => {
                "M6.2 10.8a3.9 3.9 0 1 0 0-7.8 3.9 3.9 0 0 0 0 7.8ZM9.8 13a3.9 3.9 0 1 0 0-7.8 3.9 3.9 0 0 0 0 7.8Z"
            }
            IconName::Satisfaction => {
                "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM5.6 9.4c.5.9 1.3 1.4 2.4 1.4s1.9-.5 2.4-1.4M6 6.3v.4M10 6.3v.4"
            }
            IconName::Explore => "M2.5 2.5v11h11M5 10.5l2.5-3.2 2.2 1.9L13 4.5",
            IconName::Segments => "M8 2.2a5.8 5.8 0 1 0 5.8 5.8H8ZM10.4 2.7a5.6 5.6 0 0 1 3 3h-3Z",
            IconName::Tasks => "M2.5 4.2 3.6 5.3l2-2.2M2.5 11.2l1.1 1.1 2-2.2M8 4.5h5.5M8 11.5h5.5",
            IconName::Import => "M8 2v7.5M5 6.7l3 3 3-3M2.5 10.5v3h11v-3",
            IconName::Data => {
                "M2.8 4.2c0-1 2.3-1.8 5.2-1.8s5.2.8 5.2 1.8S10.9 6 8 6 2.8 5.2 2.8 4.2Zm0 0v7.6c0 1 2.3 1.8 5.2 1.8s5.2-.8 5.2-1.8V4.2M2.8 8c0 1 2.3 1.8 5.2 1.8s5.2-.8 5.2-1.8"
            }
            IconName::Settings => "M2.5 4.5h6M11.5 4.5h2M10 3v3M2.5 11.5h2M7.5 11.5h6M6 10v3",
            IconName::Search => "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3l3.4 3.4",
            IconName::More => "M3 8h.01M8 8h.01M13 8h.01",
            IconName::Close => "M4 4l8 8M12 4l-8 8",
            IconName::Undo => "M5.5 3 2.5 6l3 3M2.5 6h7a3.7 3.7 0 0 1 0 7.4H6",
            IconName::Picture => {
                "M2.5 3h11v10h-11ZM2.5 11l3.2-3.4 2.6 2.6 1.7-1.7 3.5 3.3M10.4 6.4h.01"
            }
            IconName::Download => "M8 2.5v8M5 7.5l3 3 3-3M3 13.5h10",
            IconName::Plus => "M8 3v10M3 8h10",
            IconName::Check => "M3 8.5l3.3 3.3L13 4.8",
            IconName::Warning => "M8 2.5 14 13H2ZM8 6.5v3M8 11.2v.1",
            IconName::Info => "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM8 7.4v3.6M8 5v.1",
            IconName::Back => "M9.5 3.5 5 8l4.5 4.5",
            IconName::Calendar => "M2.5 3.8h11v9.7h-11ZM2.5 6.8h11M5.5 2.2v3M10.5 2.2v3",
            IconName::Filter => "M2.5 4h11M4.5 8h7M6.5 12h3",
        }
    }

    /// Points, which only a thicker stroke shows.
    fn stroke_width(self) -> &'static str {
        if self == IconName::More { "2" } else { "1.4" }
    }
}

/// An icon in the colour of the text around it. It is never the only name of a thing.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            width="16"
            height="16"
            viewBox="0 0 16 16"
            fill="none"
            stroke="currentColor"
            stroke-width=name.stroke_width()
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
        >
            <path d=name.path() />
        </svg>
    }
}
