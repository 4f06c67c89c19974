-- For each whole with parts: what it is said to be and what they add up to, both in the base unit.
select whole, fact, unit, base_unit, stated, total, parts, how_many, rough, hedged, times, by
from parts
order by whole, unit, by
