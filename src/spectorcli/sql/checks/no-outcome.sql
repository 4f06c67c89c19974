-- Cases that were opened and whose outcome is not in the case file.
select
    'note' as severity,
    facts.subject as id,
    facts.property,
    format(
        '%s%s; no outcome as of %s',
        facts.value,
        case facts."when" when '' then '' else ' ' || facts."when" end,
        (select max(published) from sources)
    ) as sentence
from facts
where facts.property = 'status'
    and facts.main
    and facts.value in ('arrested', 'charged', 'indicted', 'extradited', 'pleaded-guilty')
    and not exists (
        select 1 from facts as outcome where outcome.subject = facts.subject and outcome.property = 'sentence'
    )
    and not exists (select 1 from proceedings where proceedings.person = facts.subject)
