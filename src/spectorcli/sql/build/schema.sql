-- The fixed tables and views of a case. One table per kind is made from the vocabulary.

create table about (key text primary key, value text not null) strict;

create table vocabulary (
    kind text not null,
    property text not null,          -- empty: the row describes the kind itself
    type text not null,
    many text not null,
    unit text not null,
    claimed text not null,
    description text not null,
    own integer not null,            -- 1: declared by the case itself
    primary key (kind, property)
) strict;

-- Every thing of every kind, with a name for people.
create table entities (
    id text primary key,
    kind text not null,
    label text not null
) strict;

-- What a thing may be called: id, label, aliases; "key" in lower case, as users type it.
create table names (
    entity text not null references entities (id),
    name text not null,
    key text not null,
    proper integer not null          -- 1: a name or an alias, not an id or a title
) strict;

-- The row of a thing in the file of its kind, cell by cell.
create table cells (
    entity text not null references entities (id),
    property text not null,
    value text not null
) strict;

-- Which thing points to which: columns of the kinds' files, and accepted claims.
create table links (
    subject text not null references entities (id),
    property text not null,
    object text not null references entities (id),
    claimed integer not null,
    grade text,                      -- of the best claim that says so
    sources integer                  -- how many say so
) strict;

-- One source saying one thing, and how it was weighed.
create table claims (
    id integer primary key,          -- its line in claims.csv, counted on over further files
    subject text not null references entities (id),
    property text not null,
    value text not null,
    unit text not null,
    number real,                     -- the figure without its qualifier, mass in kilograms
    low real,                        -- the interval that the value covers
    high real,
    earliest text,                   -- the same for a date
    latest text,
    "when" text not null,            -- the time at which the value held
    source text not null references sources (id),
    origin text not null,            -- the sources at the root of "source"
    at text not null,
    stated text not null,
    rank text not null,
    note text not null,
    grade text not null,
    verdict text not null,
    fact integer references facts (id)    -- with which claims it was weighed; null if all are deprecated
) strict;

-- The answer for each property that has claims: the best value, its support, and what else is said.
create table facts (
    id integer primary key,          -- that of its best claim
    subject text not null references entities (id),
    property text not null,
    value any not null,              -- a number where the value is a plain one, else text
    unit text not null,
    number real,                     -- the figure without its qualifier, mass in kilograms
    low real,
    high real,
    earliest text,
    latest text,
    "when" text not null,
    claim integer not null references claims (id),
    grade text not null,
    sources integer not null,        -- how many agree with the best
    origins integer not null,        -- how many of them are independent
    also text not null,
    dispute text not null,           -- empty, settled or open
    decided text not null,           -- the step of the rule that put the best before what differs
    main integer not null            -- 1: the one in the table of its kind
) strict;

-- Do the parts add up to the whole? One row for each whole that has parts, in each dimension of unit. Made by parts.sql.
create table parts (
    whole text not null references entities (id),
    kind text not null,
    property text not null,
    unit text not null,
    stated any not null,
    total real not null,
    low real,
    high real,
    parts real not null,             -- the sum
    how_many integer not null,
    rough integer not null,          -- 1: a part is stated with a qualifier
    base text not null,              -- the unit of all figures here but "stated"
    least real,                      -- what the parts cover, as they are rounded
    most real,
    main integer not null
) strict;

create virtual table search using fts5 (
    entity unindexed, kind unindexed, label, body, tokenize = 'unicode61 remove_diacritics 2'
);

-- Every word of the index, to find those that are nearly what was asked for.
create virtual table words using fts5vocab (search, row);

-- When the results of each operation were announced; the operations of a series come in this order.
create view announcements as
select events.operation, fact.value as date, min(fact.earliest) as earliest
from events
join facts as fact on fact.subject = events.id and fact.property = 'date' and fact.main
where events.kind = 'announcement' and events.person is null
group by events.operation;
