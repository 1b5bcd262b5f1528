//! Dumb views: data and signals in, markup out. Forms post to the server as they stand; pages
//! listen to them as they bubble, so nothing here knows how a command is carried out.

pub mod belonging;
mod day_scale;
pub mod day_strip;
pub mod drawing;
pub mod edit_form;
pub mod field;
pub mod flag;
pub mod help;
pub mod line;
pub mod message;
pub mod month_map;
pub mod navigation;
pub mod panel;
pub mod part_sums;
pub mod period_head;
pub mod rows;
pub mod selection;
pub mod shortcuts;
pub mod swatch;
pub mod toast;
pub mod week_bars;
pub mod worth;
