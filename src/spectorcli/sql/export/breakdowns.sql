-- Parts of wholes that are broken down twice, and by what.
select part, whole, by
from breakdowns
