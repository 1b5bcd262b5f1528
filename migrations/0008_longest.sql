-- Sessions of more than a day are few. When the longest is no more, the one that then is the longest is found here.
create index long_session on session (account_id, (stopped_at - started_at))
    where stopped_at - started_at > 86400;

-- Until now the bound never went down, not even when the session that it came from was corrected.
update account set longest_seconds = coalesce(
    (select max(stopped_at - started_at) from session where session.account_id = account.id), 0);
