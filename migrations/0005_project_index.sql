-- What a project's page asks for, however many sessions the project has.
drop index session_of_project;
drop index running_of_project;

-- Sums of a project's time by member, day and tag are answered from this index alone.
create index session_of_project on session (project_id, started_at, stopped_at, account_id, billable, id)
    where project_id is not null;
-- Who works on it now: those few, and nobody else.
create index running_of_project on session (project_id, started_at, id)
    where project_id is not null and stopped_at is null;
