-- Which two things does each tie of ours name, in which role, and who says so where?
select subject.value as subject, role.value as role, object.value, object.dataset, object.at, object.stated
from links as object
join links as subject on subject.entity = object.entity and subject.place = 'subject' and subject.dataset = object.dataset
join links as role on role.entity = object.entity and role.place = 'role' and role.dataset = object.dataset
where object.place = 'object'
order by object.rowid
