-- Where do all of some words stand: in names of things, in what is said of them?
with texts as (
    select "case", kind, id, label, '' as property, label as text
    from things
    union all
    select claims."case", 'claims', claims.subject, things.label, claims.property, claims.value || ' ' || claims.stated
    from claims
    join things on things."case" = claims."case" and things.id = claims.subject
)
select *
from texts
where not exists (select 1 from sought where instr(lower(texts.text), sought.word) = 0)
order by "case", kind, id, property, text
