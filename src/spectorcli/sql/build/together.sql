-- Which properties of things need weighing? Those with several claims, and lists that are not one plain value.
insert into together
select subject, property from claims group by subject, property having count(*) > 1
union
select subject, property from claims where verdict = ''
