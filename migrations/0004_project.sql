-- What tracked time belongs to: clients, projects and their members, tags.
-- Nothing here is ever removed while something may refer to it: `deleted_at` hides it.
create table client (
    id text not null primary key,
    account_id text not null references account (id) on delete cascade,
    name text not null,
    -- Lower case: two names never differ in their case alone.
    name_key text not null,
    created_at bigint not null,
    archived_at bigint,
    deleted_at bigint
);

create index client_of_account on client (account_id);
create unique index client_by_name on client (account_id, name_key) where deleted_at is null;

create table project (
    id text not null primary key,
    client_id text references client (id) on delete set null,
    name text not null,
    name_key text not null,
    -- #rrggbb, lower case.
    colour text not null,
    -- Whether its sessions are billable unless somebody says otherwise.
    billable bigint not null check (billable in (0, 1)),
    -- How amounts are rounded: none, up, down or nearest; per session or per day; to so many minutes.
    rounding text not null default 'none' check (rounding in ('none', 'up', 'down', 'nearest')),
    rounding_per text not null default 'session' check (rounding_per in ('session', 'day')),
    rounding_minutes bigint not null default 1 check (rounding_minutes between 1 and 60),
    -- At most one of the two: time, or money in minor units.
    budget_seconds bigint check (budget_seconds > 0),
    budget_minor bigint check (budget_minor > 0),
    budget_currency text,
    created_at bigint not null,
    archived_at bigint,
    deleted_at bigint
);

create index project_of_client on project (client_id);

create table member (
    project_id text not null references project (id) on delete cascade,
    account_id text not null references account (id) on delete cascade,
    role text not null check (role in ('owner', 'manager', 'member')),
    joined_at bigint not null,
    -- When the account left or was removed, and what the project was called then.
    left_at bigint,
    left_name text,
    primary key (project_id, account_id)
);

create index member_of_account on member (account_id);

create table project_invitation (
    id text not null primary key,
    project_id text not null references project (id) on delete cascade,
    -- Whom the inviter named, as written; null for a link, which whoever has it may use once.
    username text,
    username_key text,
    -- Who may answer; null for a link, and where nobody has the name, or no longer.
    account_id text references account (id) on delete set null,
    -- SHA-256 of the link's secret, base64.
    code_hash text unique,
    role text not null check (role in ('manager', 'member')),
    invited_by text references account (id) on delete set null,
    created_at bigint not null,
    expires_at bigint not null
);

create unique index invitation_once on project_invitation (project_id, account_id);
create unique index invitation_by_name on project_invitation (project_id, username_key);
create index invitation_of_inviter on project_invitation (invited_by);
create index invitation_of_account on project_invitation (account_id);

create table tag (
    id text not null primary key,
    account_id text not null references account (id) on delete cascade,
    name text not null,
    name_key text not null,
    -- The tag that took its place, and was not merged itself.
    merged_into text references tag (id) on delete cascade,
    created_at bigint not null,
    deleted_at bigint
);

create index tag_of_account on tag (account_id);
create unique index tag_by_name on tag (account_id, name_key)
    where deleted_at is null and merged_into is null;
create index tag_merged on tag (merged_into);

alter table session add column project_id text references project (id);
alter table session add column billable bigint not null default 0 check (billable in (0, 1));

-- Sums of a project's time are answered from this index alone.
create index session_of_project on session (project_id, started_at, stopped_at, account_id)
    where project_id is not null;
create index running_of_project on session (project_id)
    where project_id is not null and stopped_at is null;

create table session_tag (
    account_id text not null,
    session_id text not null,
    tag_id text not null references tag (id),
    primary key (account_id, session_id, tag_id),
    foreign key (account_id, session_id) references session (account_id, id)
        on delete cascade on update cascade
);

create index session_by_tag on session_tag (tag_id);

-- An hourly rate, of the level whose columns are set: account; account and client; project; project
-- and member. The account is that of whoever set the rate, or is paid by it.
create table rate (
    id text not null primary key,
    level text not null check (level in ('account', 'client', 'project', 'member')),
    account_id text references account (id) on delete cascade,
    client_id text references client (id) on delete cascade,
    project_id text references project (id) on delete cascade,
    -- Minor units of the currency, for an hour.
    hourly_minor bigint not null check (hourly_minor >= 0),
    currency text not null,
    -- The date from which it holds, 2026-11-20.
    holds_from text not null,
    created_at bigint not null
);

create unique index rate_once on rate
    (level, coalesce(account_id, ''), coalesce(client_id, ''), coalesce(project_id, ''), holds_from);
create index rate_of_project on rate (project_id);
create index rate_of_client on rate (client_id);
create index rate_of_account on rate (account_id);

-- Details of sessions that stay one click away.
create table favourite (
    id text not null primary key,
    account_id text not null references account (id) on delete cascade,
    name text not null,
    project_id text references project (id) on delete cascade,
    billable bigint not null check (billable in (0, 1)),
    -- Ids of tags, in order, with spaces between.
    tags text not null,
    created_at bigint not null
);

create unique index favourite_once on favourite
    (account_id, name, coalesce(project_id, ''), billable, tags);
