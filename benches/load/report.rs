//! The table that is printed, line by line as it is found.

use crate::client::Load;
use std::time::Duration;

/// A heading and the names of the columns.
pub fn section(title: &str) {
    println!(
        "\n{title:<54} {:>10} {:>10} {:>10} {:>10}",
        "median ms", "p99 ms", "per s", "bytes"
    );
}

/// How a load went.
pub fn load(what: &str, load: &Load) {
    let (median, p99) = (milliseconds(load.median), milliseconds(load.p99));
    println!(
        "  {what:<52} {median:>10.3} {p99:>10.3} {:>10.0} {:>10}",
        load.per_second, load.bytes
    );
}

/// How long something took, once.
pub fn time(what: &str, time: Duration) {
    println!("  {what:<52} {:>10.3}", milliseconds(time));
}

/// The size of something.
pub fn bytes(what: &str, bytes: usize) {
    println!("  {what:<85} {bytes:>10}");
}

/// A number that has none.
pub fn figure(what: &str, found: f64) {
    println!("  {what:<52} {found:>10.2}");
}

/// A number that has a goal.
pub fn goal(what: &str, found: f64, unit: &str, goal: &str, good: bool) {
    let mark = if good { "ok" } else { "MISSED" };
    println!("  {what:<52} {found:>10.2} {unit:<3} (goal {goal}) {mark}");
}

/// How many of the bare program's requests a second ours does.
pub fn ratio(ours: &Load, theirs: &Load, least: f64) {
    let ratio = ours.per_second / theirs.per_second;
    let what = "requests a second, of the bare program's";
    goal(what, ratio, "", &format!(">= {least}"), ratio >= least);
}

/// As it is printed.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
