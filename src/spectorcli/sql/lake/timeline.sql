-- What happened when, in all cases? By the first day that a date allows, so that cases stand side by side.
select *
from timeline
where (:operation is null or ("case", operation) in (select "case", id from meant where filter = 'operation'))
    and (:country is null or ("case", country) in (select "case", id from meant where filter = 'country'))
    and (:market is null or ("case", market) in (select "case", id from meant where filter = 'market'))
    and (
        :person is null
        or exists (
            select 1
            from meant
            where meant.filter = 'person' and meant."case" = timeline."case"
                and '; ' || timeline.person || ';' like '%; ' || meant.id || ';%'
        )
    )
    and (:kind is null or lower(kind) = lower(:kind))
    and (:from is null or (date is not null and coalesce(latest, '9999') >= :from))
    and (:to is null or (date is not null and coalesce(earliest, '0000') <= :to || '~'))
order by earliest is null, earliest, "case", cast(position as integer)
