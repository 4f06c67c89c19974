-- On what does the case rest? Sources with most claims first.
-- columns: id id, kind term, reliability term, published date, publisher text, title text, claims count,
--     derived_from ref, url term
select
    sources.id,
    sources.kind,
    sources.reliability,
    sources.published,
    sources.publisher,
    sources.title,
    count(claims.id) as claims,
    sources.derived_from,
    sources.url
from sources
left join claims on claims.source = sources.id
where coalesce(:kind, '') in ('', sources.kind)
    and coalesce(:reliability, '') in ('', sources.reliability)
group by sources.id
order by claims desc, sources.id
