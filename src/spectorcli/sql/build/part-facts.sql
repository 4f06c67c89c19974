-- The facts of a part.
select
    id, subject, property, type, value, number, unit, base, base_unit, low, high, earliest, latest, "when", held_from,
    held_to, claim, grade, sources, origins, also, dispute, decided_by, headline
from facts
order by id
