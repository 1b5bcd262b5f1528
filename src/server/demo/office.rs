//! What the work of the sample belongs to.

use crate::{
    domain::{
        AccountId, Budget, Catalog, ClientChoice, Instant, Level, Money, ProjectDraft, ProjectId,
        ProjectRevision, RateDraft, Role, Rounding, Seconds, Title,
        rounding::{Mode, Per, Step},
    },
    error::AppError,
    server::{
        amounts::EVER,
        secret::Secret,
        store::{Accepted, Invitee, Narrowing, NewInvitation, Store, Wanted},
    },
};
use chrono::{Days, TimeDelta};

/// Client, project, and whether somebody pays.
const PROJECTS: [(Option<&str>, &str, bool); 5] = [
    (Some("Northwind"), "Website", true),
    (Some("Northwind"), "Shop", true),
    (Some("Blue Harbour"), "Booking app", true),
    (Some("Blue Harbour"), "Launch page", true),
    (None, "Own office", false),
];

/// What stays one click away.
const PINNED: [&str; 3] = ["Stand-up", "Weekly call", "E-mail"];

/// Makes the projects.
pub async fn open(store: &Store, account: AccountId, begin: Instant) -> Result<(), AppError> {
    for (client, name, billable) in PROJECTS {
        let client = client.map(Title::new).transpose()?;
        let draft = ProjectDraft {
            name: Title::new(name)?,
            client: client.map(ClientChoice::Named),
            colour: None,
            billable,
        };
        store.make_project(account, draft, begin).await?;
    }
    Ok(())
}

/// A rate for all work, another from the summer on, and a higher one for a client.
pub async fn price(store: &Store, account: AccountId, begin: Instant) -> Result<(), AppError> {
    let catalog = store.catalog(account).await?;
    let website = catalog
        .projects
        .iter()
        .find(|it| it.name.as_str() == "Website");
    let client = website.and_then(|website| website.client.as_ref());
    let (first, later) = (begin.date_naive(), begin.date_naive() + Days::new(182));
    let mut rates = vec![
        (Level::Account(account), "75", first),
        (Level::Account(account), "82.50", later),
    ];
    rates.extend(client.map(|(client, _)| (Level::Client(*client), "95", first)));
    for (level, hourly, from) in rates {
        let hourly = Money::read(hourly, "EUR".parse()?)?;
        let draft = RateDraft {
            level,
            hourly,
            from,
        };
        store.make_rate(account, draft, begin).await?;
    }
    Ok(())
}

/// Somebody comes into the shop's team, with a rate of her own.
pub async fn share(
    store: &Store,
    owner: AccountId,
    member: AccountId,
    came: Instant,
) -> Result<(), AppError> {
    let shop = named(&*store.catalog(owner).await?, "Shop")?;
    let code = Secret::random().hash();
    let link = NewInvitation {
        invitee: Invitee::Link(code.clone()),
        role: Role::Member,
        expires_at: came + TimeDelta::days(1),
    };
    store.invite(owner, shop, &link, came).await?;
    let accepted = Accepted::Code(code);
    store.accept_invitation(member, accepted, came).await?;
    let draft = RateDraft {
        level: Level::Member(shop, member),
        hourly: Money::read("60", "EUR".parse()?)?,
        from: came.date_naive(),
    };
    store.make_rate(owner, draft, came).await.map(drop)
}

/// Budgets, a rounding rule, what is done, and what is pinned.
pub async fn settle(store: &Store, account: AccountId, now: Instant) -> Result<(), AppError> {
    let catalog = store.catalog(account).await?;
    let quarters = Rounding {
        mode: Mode::Up,
        per: Per::DayAndProject,
        step: Step::new(15)?,
    };
    let money = Money::read("60000", "EUR".parse()?)?;
    let time = Seconds(600 * 3600);
    let revision = ProjectRevision::default;
    let revisions = [
        (
            "Website",
            ProjectRevision {
                budget: Some(Some(Budget::Time(time))),
                ..revision()
            },
        ),
        (
            "Shop",
            ProjectRevision {
                budget: Some(Some(Budget::Money(money))),
                rounding: Some(quarters),
                ..revision()
            },
        ),
        (
            "Launch page",
            ProjectRevision {
                archived: Some(true),
                ..revision()
            },
        ),
    ];
    for (name, revision) in revisions {
        let project = named(&catalog, name)?;
        store
            .change_project(account, project, revision, now)
            .await?;
    }
    for name in PINNED {
        let wanted = Wanted {
            from: EVER.0,
            to: EVER.1,
            now,
            containing: Some(name),
            after: None,
            limit: 1,
        };
        let all = Narrowing::default();
        let (records, _) = store.records(account, &all, &wanted).await?;
        for record in records {
            store.pin(account, record.session.id, now).await?;
        }
    }
    Ok(())
}

fn named(catalog: &Catalog, name: &str) -> Result<ProjectId, AppError> {
    let mut projects = catalog.projects.iter();
    let found = projects.find(|project| project.name.as_str() == name);
    found.map(|project| project.id).ok_or(AppError::Internal)
}
