-- For each whole with parts: what it is said to be and what they add up to, both in "base".
select whole, unit, base, stated, total, parts, rough
from parts
order by whole, unit
