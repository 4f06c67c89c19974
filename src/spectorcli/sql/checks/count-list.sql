-- Stated counts against listed things: 33 countries, nine listed. A source is compared with its own list, else with what
-- sources at least as reliable list. A list that nobody calls complete may be short.
-- columns: severity term, id id, property term, form hidden, sources ref, how_many count, value number, unit unit value,
--     listed count
with pairs as (
    select count.kind, count.property, list.property as list
    from vocabulary as count
    join vocabulary as list
        on list.kind = count.kind and list.many = 'yes'
        and (list.type = 'ref:' || count.property or (list.type like 'ref:%' and list.property || 's' = count.property))
    where count.type = 'number'
),
counts as (
    select distinct
        claims.subject, claims.property, pairs.list, claims.value, claims.unit, claims.low, claims.high, claims.source,
        sources.reliability, claims.low is best.low and claims.high is best.high as best
    from pairs
    join entities on entities.kind = pairs.kind
    join claims on claims.subject = entities.id and claims.property = pairs.property
    join sources on sources.id = claims.source
    join facts on facts.id = claims.fact and facts.headline
    join claims as best on best.id = facts.claim
    where claims.rank in ('', 'preferred')
),
own as (
    select
        claims.subject, claims.property, claims.source,
        count(distinct listed.value) as listed,
        max(listed.complete) as complete
    from claims
    join claim_members as listed on listed.claim = claims.id
    where claims.rank in ('', 'preferred')
    group by claims.subject, claims.property, claims.source
),
compared as (
    select
        counts.*,
        own.listed is not null as itself,
        coalesce(
            own.listed,
            (
                select count(*)
                from facts
                join fact_members as members on members.fact = facts.id
                where facts.subject = counts.subject and facts.property = counts.list
                    and substr(members.grade, 1, 1) <= counts.reliability
            )
        ) as listed,
        coalesce(
            own.complete,
            exists (
                select 1
                from claims as complete
                join claim_members as listed on listed.claim = complete.id and listed.complete
                join verdicts on verdicts.verdict = complete.verdict and verdicts.accepted
                where complete.subject = counts.subject and complete.property = counts.list
            )
        ) as complete
    from counts
    left join own
        on own.subject = counts.subject and own.property = counts.list and own.source = counts.source
    order by counts.source
)
select
    case
        when not complete and listed < low then 'note'
        when best then 'error'
        else 'warning'
    end as severity,
    subject as id,
    property,
    iif(itself, 'itself', null) as form,
    group_concat(source, '; ') as sources,
    count(*) as how_many,
    value,
    unit,
    listed
from compared
where listed > 0 and listed not between coalesce(low, listed) and coalesce(high, listed)
group by subject, property, list, itself, listed, value
