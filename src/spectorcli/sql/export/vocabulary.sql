-- Every kind and property; own: declared by the case itself.
select kind, property, type, many, unit, claimed, description, denies, terms, ftm, stix, own
from vocabulary
order by rowid
