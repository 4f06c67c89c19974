-- What was decided, in the order of the rows?
select "case", id, same_as_case, same_as_id, same
from decided
