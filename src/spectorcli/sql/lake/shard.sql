-- The rows of a table of a shard: those that were loaded now, and those of cases that did not change.
select * from fresh
union all by name
select * from old where "case" in (select id from kept)
