-- Which cases before a court are in the cases? Of several persons, each is enough.
select *
from proceedings
where (
        :person is null
        or exists (
            select 1
            from meant
            where meant.filter = 'person' and meant."case" = proceedings."case"
                and '; ' || proceedings.person || ';' like '%; ' || meant.id || ';%'
        )
    )
order by "case", cast(position as integer)
