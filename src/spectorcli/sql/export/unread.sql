-- The columns that no vocabulary knows, file by file, in the order in which they are first filled.
select file, column
from unread
group by file, column
order by min(rowid)
