-- Figures without the qualifier that the text has from which they are taken: 32 of a retelling, >32 of what it retells. As
-- a plain figure it comes before its own origin; only then it is more than a note.
-- columns: severity term, id id, property term, value number, unit unit value, source ref, other ref,
--     otherwise number, other_unit unit otherwise
select
    iif(claims.verdict = 'best', 'warning', 'note') as severity,
    claims.subject as id,
    claims.property,
    claims.value,
    claims.unit,
    claims.source,
    origin.source as other,
    origin.value as otherwise,
    origin.unit as other_unit
from claims as origin
cross join claims
    on claims.fact = origin.fact and claims.value = ltrim(origin.value, '<>=~') and claims.unit = origin.unit
join sources on sources.id = claims.source
where origin.type = 'number'
    and origin.value glob '[<>~]*'
    and origin.rank in ('', 'preferred')
    and claims.rank in ('', 'preferred')
    and claims.source <> origin.source
    and instr(
        ';' || replace(claims.origin || ';' || coalesce(nullif(claims.quoting, ''), sources.derived_from), ' ', '') || ';',
        ';' || origin.source || ';'
    )
    and not exists (  -- its origin states it without one as well
        select 1
        from claims as plain
        where plain.fact = origin.fact and plain.value = claims.value and plain.unit = claims.unit
            and plain.source = origin.source
    )
group by claims.id
