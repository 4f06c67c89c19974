-- Which names may be meant by one that nothing has? Of those as long the first 2,000, which with their words is a second
-- of comparing, by how much of the beginning they share. A country is not meant by letters that are in the middle.
select names.key, names.name, names.entity
from names
join entities on entities.id = names.entity
where (:kind is null or entities.kind = :kind)
    and names.strength < 2
    and length(names.key) between length(:key) / 3 and length(:key) * 3
    and (entities.kind <> 'countries' or (substr(names.key, 1, 1) = substr(:key, 1, 1) and length(:key) > 3))
order by
    substr(names.key, 1, 4) = substr(:key, 1, 4) desc,
    substr(names.key, 1, 1) = substr(:key, 1, 1) desc,
    abs(length(names.key) - length(:key)),
    names.key
limit 2000
