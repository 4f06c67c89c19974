-- Which properties of things need weighing? Those with several claims, and lists that are not one plain value. In the
-- order of their first claims, so that what is read and written together lies together.
insert into contested
select min(id), subject, property from claims group by subject, property having count(*) > 1 or max(verdict = '')
