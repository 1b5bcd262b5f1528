-- The last absence of half an hour or more from all browsers of an account, and from commands: when somebody
-- was last there before it, and when somebody came back.
alter table account add column left_at bigint;
alter table account add column back_at bigint;
alter table device drop column left_at;
