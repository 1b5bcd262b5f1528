//! That no call is forgotten where people share something, and whose rates are listed.

use super::{
    cast::{ACTORS, Cast},
    table::TABLE,
    team::table,
};
use std::collections::BTreeSet;

/// Calls about one thing that nobody shares: they are in the table of what is one's own.
const PERSONAL: [&str; 5] = [
    "GET /devices/*",
    "GET /tokens/*",
    "DELETE /devices/*",
    "DELETE /tokens/*",
    "DELETE /favourites/*",
];

/// Whatever call names one thing says who of a team may do it.
#[test]
fn every_call_about_one_thing_has_a_row() {
    let plain = |call: &str, is_name: fn(&str) -> bool| {
        let parts = call
            .split('/')
            .map(|part| if is_name(part) { "*" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let calls = TABLE
        .iter()
        .map(|row| plain(row.0, |part| part.starts_with('{')));
    let is_word = |part: &str| part.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    let rows = table();
    let listed: Vec<_> = rows.iter().map(|row| plain(row.0, is_word)).collect();
    let without: BTreeSet<_> = calls
        .filter(|call| call.contains('*') && !listed.contains(call))
        .collect();
    assert_eq!(without, PERSONAL.map(str::to_owned).into());
}

/// Rates are listed for whom they are for, each of them.
#[tokio::test]
async fn rates_are_listed_for_whom_they_concern() {
    let cast = Cast::new().await;
    for (rate, shown) in [
        ("PROJECT_RATE", [true, true, false, false, false, false]),
        ("MEMBER_RATE", [true, true, true, false, false, false]),
        ("CLIENT_RATE", [true, false, false, false, false, false]),
    ] {
        for (place, shown) in shown.into_iter().enumerate() {
            let list = cast.actors[place].get("/rates").await.ok().to_string();
            let what = format!("{rate} of {}: {list}", ACTORS[place]);
            assert_eq!(list.contains(&cast.fill(rate)), shown, "{what}");
        }
    }
}
