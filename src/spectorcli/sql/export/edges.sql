-- Which thing points to which, and behind it the claims that say so, each [id, source]; none for what
-- stands in the files. A claim may hold a list, "only BTC; XMR"; ids have no blanks, so those can go.
with members as (
    select
        id,
        subject,
        property,
        source,
        ';' || replace(iif(substr(value, 1, 5) = 'only ', substr(value, 6), value), ' ', '') || ';' as ids
    from claims
    where verdict <> 'differs'
)
select
    links.subject,
    links.property,
    links.object,
    links.claimed,
    links.denied,
    links.grade,
    links.sources,
    (
        select json_group_array(json_array(members.id, members.source))
        from members
        where links.claimed
            and members.subject = links.subject
            and members.property = links.property
            and instr(members.ids, ';' || links.object || ';')
    ) as behind
from links
order by links.rowid
