//! Small drawings on a grid of 24, in the colour of the text around them.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Calendar,
    Check,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Clock,
    Copy,
    Cross,
    History,
    Moon,
    More,
    Offline,
    Pencil,
    Play,
    Plus,
    Question,
    Redo,
    Settings,
    Stop,
    Sun,
    Undo,
    Warning,
}

/// A drawing without a name of its own: the control that holds it says what it does.
#[component]
pub fn Icon(name: IconName) -> impl IntoView {
    let class = if name.is_solid() {
        "icon icon-solid"
    } else {
        "icon"
    };
    view! {
        <svg class=class viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=name.outline()></path>
        </svg>
    }
}

impl IconName {
    /// Whether the outline is filled; otherwise it is a line.
    fn is_solid(self) -> bool {
        matches!(self, Self::Play | Self::Stop)
    }

    fn outline(self) -> &'static str {
        match self {
            Self::Calendar => {
                "M5.5 6h13A1.5 1.5 0 0 1 20 7.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-11A1.5 1.5 0 0 1 5.5 6zM4 10.5h16M8.5 3.5v4M15.5 3.5v4"
            }
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::ChevronDown => "M6 9.5l6 6 6-6",
            Self::ChevronLeft => "M14.5 6l-6 6 6 6",
            Self::ChevronRight => "M9.5 6l6 6-6 6",
            Self::Clock => "M12 3.75a8.25 8.25 0 1 1 0 16.5 8.25 8.25 0 0 1 0-16.5zM12 7.5V12l3 2",
            Self::Copy => {
                "M10.5 9h7a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 9 17.5v-7A1.5 1.5 0 0 1 10.5 9zM15 9V6.5A1.5 1.5 0 0 0 13.5 5h-7A1.5 1.5 0 0 0 5 6.5v7A1.5 1.5 0 0 0 6.5 15H9"
            }
            Self::Cross => "M6.5 6.5l11 11M17.5 6.5l-11 11",
            Self::History => "M4.5 4.5v4.25h4.25M4.9 8.75A8 8 0 1 1 4 12.5M12 8v4.25l3 1.75",
            Self::Moon => "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
            Self::More => "M5.5 12v.01M12 12v.01M18.5 12v.01",
            Self::Offline => {
                "M7 8.2A5 5 0 0 0 7.5 18h9.3M10.2 6.3a5 5 0 0 1 7 4.1 3.9 3.9 0 0 1 2.4 6M4 4l16 16"
            }
            Self::Pencil => "M4.5 19.5l1-4L16 5l3 3L8.5 18.5zM14 7l3 3",
            Self::Play => "M8.5 6.5v11l9-5.5z",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Question => "M9 9.25a3 3 0 1 1 4.6 2.55c-1 .65-1.6 1.2-1.6 2.45M12 17.75v.01",
            Self::Redo => "M15.5 13.5l4-4-4-4M19.5 9.5h-9a5 5 0 0 0 0 10h4",
            Self::Settings => {
                "M4 8h8M18 8h2M4 16h2M12 16h8M15 5.75a2.25 2.25 0 1 1 0 4.5 2.25 2.25 0 0 1 0-4.5zM9 13.75a2.25 2.25 0 1 1 0 4.5 2.25 2.25 0 0 1 0-4.5z"
            }
            Self::Stop => "M7.5 7.5h9v9h-9z",
            Self::Sun => {
                "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1"
            }
            Self::Undo => "M8.5 13.5l-4-4 4-4M4.5 9.5h9a5 5 0 0 1 0 10h-4",
            Self::Warning => "M12 4.5l8.5 15h-17zM12 10v4.5M12 17v.01",
        }
    }
}
