-- Tracked time, and every command that altered it.
create table session (
    account_id text not null references account (id) on delete cascade,
    id text not null,
    name text not null,
    started_at bigint not null check (started_at >= 0),
    -- Null while running.
    stopped_at bigint check (stopped_at >= started_at),
    time_zone text not null,
    overlap_kept_at bigint,
    version bigint not null check (version >= 1),
    created_at bigint not null,
    updated_at bigint not null,
    primary key (account_id, id)
);

create unique index one_running_session on session (account_id) where stopped_at is null;

-- Ranges and sums by day are answered from this index alone.
create index session_by_start on session (account_id, started_at, stopped_at);

-- What a person asked for. Sent again, the id gives the first answer.
create table command (
    account_id text not null references account (id) on delete cascade,
    id text not null,
    -- Order of execution within the account, from 1.
    seq bigint not null,
    -- When the person acted, and when the server carried it out.
    acted_at bigint not null,
    recorded_at bigint not null,
    -- JSON of the action.
    action text not null,
    -- 0 for a command, 1 for its undo, 2 for the redo, and so on.
    undo_depth bigint not null default 0,
    undoes text,
    primary key (account_id, id),
    unique (account_id, seq),
    unique (account_id, undoes)
);

-- Append-only: a session before and after a command, as JSON; null where there was or is none.
create table change (
    account_id text not null,
    command_id text not null,
    position bigint not null,
    session_id text not null,
    before text,
    after text,
    primary key (account_id, command_id, position),
    foreign key (account_id, command_id) references command (account_id, id) on delete cascade
);

create index change_of_session on change (account_id, session_id);
