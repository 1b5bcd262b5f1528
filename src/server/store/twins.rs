//! Projects that an account finds written the same, since others named them, or a client went: whoever types one
//! means one.

use crate::domain::{ProjectLabel, Role, Title};
use std::collections::HashSet;

/// Gives all but one of those that take time and are written the same another name in this catalogue: `Web (2)`. The
/// name stays with the account's own, and of several with the oldest.
pub fn tell_apart(projects: &mut [ProjectLabel]) {
    let key = |label: &ProjectLabel| {
        let client = label.client.as_ref().map(|(_, name)| name.key());
        (client, label.name.key())
    };
    let mut places: Vec<usize> = (0..projects.len()).collect();
    places.retain(|place| projects[*place].is_usable());
    places.sort_by_key(|place| {
        let label = &projects[*place];
        (label.role != Some(Role::Owner), label.id)
    });
    let names: HashSet<_> = places.iter().map(|place| key(&projects[*place])).collect();
    if names.len() == places.len() {
        return;
    }
    let mut taken = HashSet::new();
    for place in places {
        let label = &projects[place];
        let (client, name) = key(label);
        if taken.insert((client.clone(), name)) {
            continue;
        }
        let mut others = (2..).map_while(|number| numbered(&label.name, number));
        let is_free = |name: &Title| {
            let key = (client.clone(), name.key());
            !names.contains(&key) && taken.insert(key)
        };
        if let Some(name) = others.find(is_free) {
            projects[place].name = name;
        }
    }
}

/// `Web (2)`, with as much of the name as there is room for.
fn numbered(name: &Title, number: usize) -> Option<Title> {
    let end = format!(" ({number})");
    let room = Title::LIMIT.checked_sub(end.len())?;
    let begin: String = name.as_str().chars().take(room).collect();
    Title::new(&(begin + &end)).ok()
}
