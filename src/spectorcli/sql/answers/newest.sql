-- When was the newest source published?
select max(published) as newest
from sources
