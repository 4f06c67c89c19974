-- Outcomes that were due by now and that no source tells, the longest due first; and arrests of more than a year ago that
-- no charge followed. Of a person with a case before a court it is told there.
-- columns: id id, property term, form hidden, place hidden, step term, when date, due date
with own as (
    select links.object as person, links.subject as id
    from links
    join proceedings on proceedings.id = links.subject
    where links.property = 'person'
),
steps as (
    select expected.person, coalesce(own.id, expected.person) as id, null as form, expected.latest as place, expected.date as due
    from expected
    left join own on own.person = expected.person
    where expected.latest < coalesce(:today, date('now'))
    union all
    select people.id, people.id, 'uncharged', status.held_to, null
    from people
    join facts as status on status.subject = people.id and status.property = 'status' and status.headline
    where status.value in ('arrested', 'detained')
        and status.held_to < date(coalesce(:today, date('now')), '-1 year')
        and not exists (
            select 1
            from facts
            where facts.subject = people.id and facts.property = 'status'
                and facts.value not in ('suspected', 'wanted', 'arrested', 'detained', 'remanded', 'extradited')
        )
        and not exists (select 1 from own where own.person = people.id)
        and people.id not in (select person from expected)  -- as "not exists" all is looked up for each person
        and not exists (
            select 1
            from links
            join events on events.id = links.subject and events.kind in ('charge', 'plea', 'sentence')
            where links.object = people.id and links.property = 'person'
        )
)
select
    steps.id,
    'status' as property,
    steps.form,
    min(steps.place) as place,
    status.value as step,
    status."when",
    steps.due
from steps
left join facts as status on status.subject = steps.id and status.property = 'status' and status.headline
where not exists (
    select 1
    from vocabulary_terms as terms
    where terms.property = 'status' and terms.term = status.value and terms.ends
)
group by steps.id  -- a case of several persons comes once
