-- User names, passwords and second factors; devices of two kinds; tokens; codes; who is held back.
-- Secrets are stored as SHA-256, passwords as Argon2id.
alter table account add column username text;
-- Lower case: two user names never differ in their case alone.
alter table account add column username_key text;
alter table account add column password_hash text;
-- What the authenticator app and the server share, base64. In force once it was confirmed.
alter table account add column totp_secret text;
alter table account add column totp_since bigint;
-- The time step of the last code that was used; no code of it or before is taken again.
alter table account add column totp_step bigint not null default 0;

create unique index account_by_username on account (username_key);

-- A browser presents the secret itself. An API client's refresh token holds two: `secret_hash`
-- names the device, `refresh_hash` changes with each use.
alter table device add column kind text not null default 'browser' check (kind in ('browser', 'api'));
alter table device add column label text not null default '';
alter table device add column refresh_hash text;
-- When the person signed out here; what is left only says that this browser is known.
alter table device add column signed_out_at bigint;

-- Devices that were ended while access tokens of theirs may still be going round.
create table revocation (
    device_id text not null primary key,
    revoked_at bigint not null
);

create table token (
    id text not null primary key,
    account_id text not null references account (id) on delete cascade,
    name text not null,
    scope text not null check (scope in ('read', 'write')),
    secret_hash text not null unique,
    created_at bigint not null,
    expires_at bigint,
    used_at bigint
);

create index token_of_account on token (account_id, created_at);

create table recovery_code (
    account_id text not null references account (id) on delete cascade,
    code_hash text not null,
    primary key (account_id, code_hash)
);

-- At most one for an account.
create table link_code (
    account_id text not null primary key references account (id) on delete cascade,
    code_hash text not null unique,
    expires_at bigint not null
);

create table invitation (
    code_hash text not null primary key,
    expires_at bigint not null
);

-- How often something was tried in vain. The subject is a hash of a user name or an address.
create table throttle (
    subject text not null primary key,
    failures bigint not null,
    failed_at bigint not null
);

create index throttle_by_age on throttle (failed_at);
