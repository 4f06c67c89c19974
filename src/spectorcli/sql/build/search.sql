-- Where does each word stand?
insert into search (rowid, label, body, spellings)
select place, label, body, spellings(body)
from thing_texts
union all
select place, label, body, spellings(body)
from claim_texts
