-- The files of a case, piece by piece.
select name, piece
from files
where "case" = :id
order by name, cast(place as integer)
