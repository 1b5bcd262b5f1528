-- What an account charged by itself when it left a project: what its work there comes to for others is told by
-- these, whatever it charges later. They are nobody's to see.
create table parting_rate (
    project_id text not null,
    account_id text not null,
    -- Minor units of the currency, for an hour.
    hourly_minor bigint not null check (hourly_minor >= 0),
    currency text not null,
    -- The date from which it holds, 2026-11-20.
    holds_from text not null,
    primary key (project_id, account_id, holds_from),
    foreign key (project_id, account_id) references member (project_id, account_id)
        on delete cascade on update cascade
);

insert into parting_rate (project_id, account_id, hourly_minor, currency, holds_from)
select m.project_id, m.account_id, r.hourly_minor, r.currency, r.holds_from
from member m join rate r on r.level = 'account' and r.account_id = m.account_id
where m.left_at is not null;
