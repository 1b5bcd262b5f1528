//! How the time of a period divides into projects and tags, for its page.

use crate::domain::{Catalog, Instant, PartSum, Session, Work, parts::Parts};

/// By project and by tag, as far as something belongs to one: what belongs to no project stands beside the others.
pub fn part_sums(
    sessions: &[Session],
    (from, to): (Instant, Instant),
    catalog: &Catalog,
    now: Instant,
) -> (Vec<PartSum>, Vec<PartSum>) {
    let timed = sessions.iter().map(|session| {
        let seconds = session.span.seconds_within(from, to, now);
        (&session.work, seconds)
    });
    let Parts { projects, tags } = Parts::of(timed, catalog);
    let is_now = (from..to).contains(&now);
    let running = sessions
        .iter()
        .find(|session| is_now && session.is_running());
    let runs = |is_on: &dyn Fn(&Work) -> bool| running.is_some_and(|session| is_on(&session.work));
    let has_any = projects.iter().any(|(project, _)| project.is_some());
    let projects = projects.into_iter().filter(|_| has_any);
    let by_project = projects.map(|(project, seconds)| {
        let id = project.map(|project| project.id);
        PartSum {
            name: project.map_or_else(|| "No project".to_owned(), |project| project.path()),
            seconds,
            runs: runs(&|work: &Work| catalog.project_of(work).map(|project| project.id) == id),
        }
    });
    let by_tag = tags.into_iter().map(|(tag, seconds)| PartSum {
        name: format!("#{}", tag.name),
        seconds,
        runs: runs(&|work: &Work| tag.is_on(work)),
    });
    (by_project.collect(), by_tag.collect())
}
