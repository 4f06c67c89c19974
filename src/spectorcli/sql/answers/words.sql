-- Which words of the index begin like this one, or are about as long?
select term
from words
where substr(term, 1, length(:word)) = :word
    or abs(length(term) - length(:word)) <= 2
order by doc desc, term
