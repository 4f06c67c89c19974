-- The claims of a part that are needed to put a case together: the source of a statement, and those of which a load tells,
-- for their words or for their value.
select
    claims.id, subject, property, type, value, number, unit, base, base_unit, low, high, earliest, latest, "when",
    held_from, held_to, source, origin, at, stated, rank, note, quoting, checked, signed, grade, verdict, fact
from claims
join entities on entities.id = claims.subject
where (entities.kind = 'statements' and claims.id = claims.fact)
    or claims.id in (select claim from claim_slips)
    or (
        claims.type = 'term'
        and claims.property in (select property from vocabulary_terms)
        and not exists (
            select 1
            from vocabulary_terms as terms
            where terms.kind = entities.kind and terms.property = claims.property and terms.term = claims.value
        )
    )
order by claims.id
