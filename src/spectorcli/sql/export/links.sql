-- Which thing points to which, from the files (no grade) and from accepted claims.
select subject, property, object, claimed, denied, grade, sources
from links
order by rowid
