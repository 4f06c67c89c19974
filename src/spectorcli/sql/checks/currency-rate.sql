-- Amounts whose implied rate of exchange is out of line with the best values of the same amount.
select
    'note' as severity,
    claims.subject as id,
    claims.property,
    format(
        '%s %s by %s implies %.3f %s for 1 %s; the best values imply %.3f',
        claims.value, claims.unit, claims.source, (claims.low + claims.high) / 2 / other.number, claims.unit,
        other.unit, fact.number / other.number
    ) as sentence
from claims
join facts as fact on fact.id = claims.fact
join facts as other
    on other.subject = fact.subject and other.property = fact.property and other.unit <> fact.unit and other.number > 0
where claims.verdict = 'differs'
    and length(fact.unit) = 3 and fact.unit not in ('BTC', 'XMR')
    and abs((claims.low + claims.high) / 2 / fact.number - 1) > 0.02
    and other.id = (
        select strongest.id
        from facts as strongest
        where strongest.subject = fact.subject and strongest.property = fact.property and strongest.unit <> fact.unit
            and length(strongest.unit) = 3 and strongest.unit not in ('BTC', 'XMR')
        order by strongest.grade, strongest.sources desc
        limit 1
    )
