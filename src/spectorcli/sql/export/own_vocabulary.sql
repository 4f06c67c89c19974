-- With which rows does a case declare kinds and properties, or add to those that every case has?
select kind, property, type, many, unit, claimed, description, denies, terms, ftm, stix
from own_vocabulary
order by rowid
