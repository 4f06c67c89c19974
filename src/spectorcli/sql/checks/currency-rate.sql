-- An amount in two currencies at a rate that the best values exclude, however each figure was rounded. A pair is what
-- one source says in both, or what it says in one and the source from which it takes its facts in the other.
-- columns: severity term, id id, property term, sources ref, value number, unit unit value, against number,
--     other_unit unit against, against_source ref, low number, high number, best_low number, best_high number
with amounts as (
    select claims.*, facts.subject || ' ' || facts.property || ' ' || facts."when" as amount, facts.claim as best
    from claims
    join facts on facts.id = claims.fact
    join units on units.unit = claims.unit and units.measure = 'money'  -- rates of crypto differ from day to day
    where claims.rank <> 'deprecated'
        and claims.low > 0
        and claims.high is not null
),
pairs as (
    select distinct
        one.subject,
        one.property,
        one.source,
        one.value,
        one.unit,
        other.value as against,
        other.unit as other_unit,
        nullif(other.source, one.source) as against_source,
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
    group_concat(source, '; ') as sources,
    value,
    unit,
    against,
    other_unit,
    against_source,
    format('%.4g', low) as low,
    format('%.4g', high) as high,
    format('%.4g', best_low) as best_low,
    format('%.4g', best_high) as best_high
from pairs
where low > best_high or high < best_low
group by subject, property, value, unit, against, other_unit, against_source
