-- An amount in two currencies at a rate that the best values exclude, however each figure was rounded. A pair is what
-- one source says in both, or what it says in one and the source from which it takes its facts in the other.
with amounts as (
    select claims.*, facts.subject || ' ' || facts.property || ' ' || facts."when" as amount, facts.claim as best
    from claims
    join facts on facts.id = claims.fact
    where claims.unit glob '[A-Z][A-Z][A-Z]'
        and claims.unit not in ('BTC', 'XMR')  -- their rates differ from day to day
        and claims.rank <> 'deprecated'
        and claims.low > 0
),
pairs as (
    select distinct
        one.subject,
        one.property,
        one.source,
        one.value || ' ' || one.unit as said,
        other.value || ' ' || other.unit || case other.source when one.source then '' else ' by ' || other.source end
            as against,
        one.unit || ' for 1 ' || other.unit as rate,
        one.low / other.high as low,
        one.high / other.low as high,
        best.low / best_other.high as best_low,
        best.high / best_other.low as best_high
    from amounts as one
    join amounts as other
        on other.amount = one.amount
        and other.source in (one.source, one.origin)
        and (other.unit < one.unit or (other.unit > one.unit and other.source <> one.source))
    join amounts as best on best.id = one.best
    join amounts as best_other on best_other.id = other.best
    where other.source = one.source
        or not exists (  -- who states both is a pair alone
            select 1
            from amounts as own
            where own.amount = one.amount and own.source = one.source and own.unit = other.unit
        )
    order by one.source
)
select
    'note' as severity,
    subject as id,
    property,
    format(
        '%s by %s, against %s, makes %.4g to %.4g %s; the best values make %.4g to %.4g',
        said, group_concat(source, ', '), against, low, high, rate, best_low, best_high
    ) as sentence
from pairs
where low > best_high or high < best_low
group by subject, property, said, against
