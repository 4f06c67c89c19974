-- Which optional columns of claims and sources hold anything?
select
    exists (select 1 from claims where quoting <> '') as quoting,
    exists (select 1 from claims where checked <> '') as checked,
    exists (select 1 from sources where author is not null) as author,
    exists (select 1 from sources where language is not null) as language,
    exists (select 1 from sources where retrieved is not null) as retrieved,
    exists (select 1 from sources where archived is not null) as archived
