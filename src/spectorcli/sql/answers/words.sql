-- Which words of the index, of those from here to there, begin like this one, or are about as long?
select term
from words
where term >= :first and term < :last
    and col <> 'spellings'
    and (substr(term, 1, length(:word)) = :word or abs(length(term) - length(:word)) <= 2)
group by term
order by sum(doc) desc, term
