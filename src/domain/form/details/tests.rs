use super::*;
use crate::domain::{
    Catalog, Colour, ProjectLabel, Role, TagLabel, Title, Work,
    entry::ProjectRef,
    fixture::*,
    form::intent::{ADD, EDIT},
    id::ProjectId,
};

fn title(text: &str) -> Title {
    Title::new(text).unwrap()
}

fn project(number: u32, client: Option<&str>, name: &str) -> ProjectLabel {
    ProjectLabel {
        id: project_id(number),
        name: title(name),
        colour: Colour::numbered(0),
        client: client.map(|client| {
            (
                command_id(number).to_string().parse().unwrap(),
                title(client),
            )
        }),
        billable: false,
        role: Some(Role::Owner),
        is_archived: false,
    }
}

/// Project 1 is archived, 2 was left, 4 and 5 are written the same, and 6 is billable by default; tag 1
/// has a comma, tag 2 a mark.
fn catalog() -> Catalog {
    let tag = |number, name| TagLabel {
        id: tag_id(number),
        name: title(name),
        merged: Vec::new(),
    };
    Catalog {
        projects: vec![
            ProjectLabel {
                is_archived: true,
                ..project(1, None, "old")
            },
            ProjectLabel {
                role: None,
                ..project(2, None, "theirs")
            },
            project(3, None, "UI / UX"),
            project(4, Some("acme"), "web"),
            project(5, Some("acme"), "web"),
            ProjectLabel {
                billable: true,
                ..project(6, None, "paid")
            },
        ],
        tags: vec![tag(1, "fast, cheap"), tag(2, "#1"), tag(3, "bug")],
    }
}

/// The edit form of a session, as it is filled in.
fn shown(work: &Work) -> CommandForm {
    let catalog = catalog();
    let project = catalog.project_of(work).map(ProjectLabel::path);
    let tags: Vec<_> = catalog
        .tags_of(work)
        .map(|tag| tag.name.to_string())
        .collect();
    let (project, tags) = (project.unwrap_or_default(), tags.join(", "));
    let billable = if work.billable { "1" } else { "" }.to_owned();
    CommandForm {
        intent: EDIT.into(),
        detailed: "1".into(),
        project_was: project.clone(),
        project,
        tags_was: tags.clone(),
        tags,
        billable_was: billable.clone(),
        billable,
        ..CommandForm::default()
    }
}

/// What a session belongs to once the form is saved; `None` where something is made first.
fn saved(work: &Work, form: &CommandForm) -> Option<Work> {
    let catalog = catalog();
    let revision = form.naming().unwrap().resolve(&catalog)?;
    Some(work.revised(&revision, &catalog.usable()).unwrap())
}

fn in_project(number: u32) -> Work {
    Work {
        project: Some(project_id(number)),
        ..Work::default()
    }
}

fn tagged(tags: &[u32]) -> Work {
    Work {
        tags: tags.iter().copied().map(tag_id).collect(),
        ..Work::default()
    }
}

#[test]
fn what_is_left_alone_stays() {
    let both = Work {
        billable: true,
        tags: tagged(&[1, 2]).tags,
        ..in_project(1)
    };
    // Of 9, nobody knows what it was.
    let works = (1..7).chain([9]).map(in_project);
    for work in works.chain([
        tagged(&[1]),
        tagged(&[2]),
        tagged(&[1, 3, 9]),
        both,
        Work::default(),
    ]) {
        let mut form = shown(&work);
        assert_eq!(form.naming(), Ok(Naming::default()), "{work:?}");
        "better".clone_into(&mut form.name);
        assert_eq!(saved(&work, &form), Some(work));
    }
}

#[test]
fn what_is_changed_is_read() {
    let of = |project: &str| CommandForm {
        project: project.into(),
        ..shown(&in_project(1))
    };
    let project = |form| saved(&in_project(1), &form).map(|work| work.project);
    assert_eq!(project(of("PAID")), Some(Some(project_id(6))));
    assert_eq!(project(of(" ")), Some(None));
    assert_eq!(project(of("brand new")), None);
    let named = CommandForm {
        name: "A @paid #bug".into(),
        ..shown(&in_project(1))
    };
    let work = saved(&in_project(1), &named).unwrap();
    assert_eq!(
        (work.project, work.tags),
        (Some(project_id(6)), vec![tag_id(3)])
    );
}

#[test]
fn what_begins_anew_has_all_that_stood_there() {
    let work = Work {
        tags: tagged(&[3]).tags,
        billable: true,
        ..in_project(6)
    };
    let mut form = shown(&work);
    form.session = session_id(1).to_string();
    form.begin_anew();
    assert_eq!(
        (form.intent.as_str(), form.session.as_str()),
        (ADD, ""),
        "another session"
    );
    assert_eq!(saved(&Work::default(), &form), Some(work));
}

#[test]
fn tags_behind_those_that_stood_there_are_added() {
    let check = |has: &[u32], typed: &str, expected: &[u32]| {
        let form = CommandForm {
            tags: typed.into(),
            ..shown(&tagged(has))
        };
        let work = saved(&tagged(has), &form);
        assert_eq!(work, Some(tagged(expected)), "{typed:?}");
    };
    check(&[1], "fast, cheap, bug", &[1, 3]);
    check(&[2], " #1 ,bug ", &[2, 3]);
    check(&[1, 9], "fast, cheap,", &[1, 9]);
    check(&[], "bug", &[3]);
    check(&[3], "", &[]);
    check(&[2, 3], "bug", &[3]);
    let with_line = CommandForm {
        name: "A #bug".into(),
        tags: "#1, fast".into(),
        ..shown(&tagged(&[2]))
    };
    let naming = with_line.naming().unwrap();
    assert_eq!(
        (naming.tags, naming.more_tags),
        (None, vec![title("fast"), title("bug")])
    );
    let longer = CommandForm {
        tags: "bugfix".into(),
        ..shown(&tagged(&[3]))
    };
    let naming = longer.naming().unwrap();
    assert_eq!(naming.tags, Some(vec![title("bugfix")]));
}

#[test]
fn a_project_is_found_by_all_that_is_written() {
    let check = |written: &str, expected: Option<u32>| {
        let form = CommandForm {
            project: written.into(),
            ..shown(&Work::default())
        };
        let found = saved(&Work::default(), &form).map(|work| work.project.unwrap());
        assert_eq!(found, expected.map(project_id), "{written}");
    };
    check("UI / UX", Some(3));
    check("ui/ux", Some(3));
    check("UI", None);
    check("UX", None);
    check("acme/web", Some(4));
    check("web", Some(4));
    check("old", None);
    check("theirs", None);
    // Where a slash divides a client from its project, that comes first.
    let mut catalog = catalog();
    catalog.projects.push(project(7, Some("UI"), "UX"));
    let written = ProjectRef {
        client: Some(title("ui")),
        name: title("ux"),
    };
    let find = |catalog: &Catalog| catalog.find_project(&written).map(|project| project.id);
    assert_eq!(find(&catalog), Some(project_id(7)));
    let alike: Vec<ProjectId> = catalog
        .written_like(&written)
        .map(|project| project.id)
        .collect();
    assert_eq!(alike, [project_id(3), project_id(7)]);
}

#[test]
fn a_box_left_alone_leaves_it_to_the_project() {
    let check = |work: Work, (intent, project, billable): (&str, &str, &str), expected: bool| {
        let form = CommandForm {
            intent: intent.into(),
            project: project.into(),
            billable: billable.into(),
            ..shown(&work)
        };
        let said = format!("{form:?}");
        assert_eq!(saved(&work, &form).unwrap().billable, expected, "{said}");
    };
    let (free, paid) = (
        in_project(4),
        Work {
            billable: true,
            ..in_project(6)
        },
    );
    check(Work::default(), (ADD, "paid", ""), true);
    check(Work::default(), (ADD, "paid", "1"), true);
    check(Work::default(), (ADD, "acme/web", ""), false);
    check(Work::default(), (ADD, "acme/web", "1"), true);
    check(Work::default(), (ADD, "", ""), false);
    check(free.clone(), (EDIT, "paid", ""), true);
    check(free.clone(), (EDIT, "acme/web", "1"), true);
    check(free, (EDIT, "acme/web", ""), false);
    check(paid.clone(), (EDIT, "paid", ""), false);
    check(paid.clone(), (EDIT, "acme/web", "1"), false);
    check(paid.clone(), (EDIT, "", "1"), true);
    check(paid, (EDIT, "paid", "1"), true);
}

#[test]
fn what_a_picked_line_names_comes_into_the_fields_for_it() {
    let check = |line: &str, expected: [&str; 3]| assert_eq!(picked(line), expected, "{line}");
    check("fix @Acme/Web #bug #b", ["fix", "Acme/Web", "bug, b"]);
    check("fix", ["fix", "", ""]);
    check("fix #bug ", ["fix ", "", "bug"]);
    check("@Web ", ["", "Web", ""]);
    check("fix ! @Web ", ["fix ! ", "Web", ""]);
    check(r"\@home fix @Web", [r"\@home fix", "Web", ""]);
    check("fix @Acme/", ["fix @Acme/", "", ""]);
    let comma = "fix #\"now, really\"";
    check(&format!("{comma} #bug"), [comma, "", "bug"]);
}
