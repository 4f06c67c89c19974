-- Do the parts add up? For the things of one kind, in one operation or in all.
select parts.*
from parts
where parts.kind = :question
    and parts.headline
    and (
        :operation is null
        or exists (
            select 1
            from links
            where links.subject = parts.whole and links.property = 'operation' and links.object = :operation
        )
    )
order by parts.whole, parts.by
