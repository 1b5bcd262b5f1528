-- Who owns sessions, and the browsers they use. Times are whole seconds since the epoch.
create table account (
    id text not null primary key,
    -- IANA name; null until the browser's zone is known.
    time_zone text,
    week_start text not null,
    hour_format text not null,
    theme text not null,
    duration_format text not null,
    day_start_hour bigint not null check (day_start_hour between 0 and 12),
    -- No finished session of the account was ever longer: a lower bound for range scans.
    longest_seconds bigint not null default 0 check (longest_seconds >= 0),
    created_at bigint not null
);

create table device (
    id text not null primary key,
    account_id text not null references account (id) on delete cascade,
    -- SHA-256 of the cookie's secret, base64.
    secret_hash text not null unique,
    created_at bigint not null,
    seen_at bigint not null,
    -- When the person was last seen before an absence of half an hour or more.
    left_at bigint
);

create index device_of_account on device (account_id);
