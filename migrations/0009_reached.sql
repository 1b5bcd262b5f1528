-- When the span of a session last came to reach further than before: overlaps that were kept before are asked about anew.
alter table session add column reached_at bigint;
