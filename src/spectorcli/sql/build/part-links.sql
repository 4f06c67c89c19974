-- What the claims of a part link.
select subject, property, object, claimed, denied, grade, sources, "when"
from links
where claimed
order by subject, property, object
