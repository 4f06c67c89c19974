-- Which words can --kind be for a question?
select kind from events where :question = 'timeline'
union
select kind from seizures where :question = 'seizures'
union
select kind from sources where :question = 'sources'
union
select kind from vocabulary where :question = 'fields'
order by kind
