-- The claims of a part whose values do not follow from their words.
select claim, seen
from claim_slips
order by claim
