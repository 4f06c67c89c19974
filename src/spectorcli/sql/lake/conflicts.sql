-- Where do the sources of one case disagree?
select *
from conflicts
where (:id is null or ("case", id) in (select "case", id from meant where filter = 'id'))
order by "case", dispute, id, cast(position as integer)
