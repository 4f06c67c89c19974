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
    denies text not null,            -- the relation that this one denies
    terms text not null,             -- the words that it may have, with what follows from them
    ftm text not null,               -- what FollowTheMoney calls such a thing
    stix text not null,              -- what STIX calls it
    own integer not null,            -- 1: declared by the case itself
    primary key (kind, property)
) strict;

-- The rows with which a case declares kinds and properties, or adds units and words to those that every case has.
create table own_vocabulary (
    kind text not null,
    property text not null,
    type text not null,
    many text not null,
    unit text not null,
    claimed text not null,
    description text not null,
    denies text not null,
    terms text not null,
    ftm text not null,
    stix text not null
) strict;

-- The words that a property may have, and what follows from each; a property without any may have every word.
create table vocabulary_terms (
    kind text not null,
    property text not null,
    term text not null,
    accused integer not null,        -- 1: of an event, it is a step of a case against the person
    convicted integer not null,      -- 1: the person is convicted
    ends integer not null,           -- 1: the case has its outcome
    due integer not null,            -- 1: of an event, the outcome is expected then
    authority integer not null,      -- 1: of a source, it is an authority's own text
    primary key (kind, property, term)
) strict;

-- Every thing of every kind, with a name for people.
create table entities (
    id text primary key,
    kind text not null,
    label text not null
) strict;

-- What a thing may be called: id, label, aliases; "key" folded, as it is looked up.
create table names (
    entity text not null references entities (id),
    name text not null,
    key text not null,
    strength integer not null        -- how surely it means the thing: 0 for a name or an alias, 1 for an id or a title,
                                     -- 2 for what a country is called elsewhere, 3 for what sounds like a name
) strict;

-- The row of a thing in the file of its kind, cell by cell.
create table cells (
    entity text not null references entities (id),
    property text not null,
    value text not null
) strict;

-- What stands in columns that no vocabulary knows: it is carried along, and nothing else.
create table unread (
    file text not null,              -- claims, or a kind
    owner any not null,              -- the id of a claim or a thing
    column text not null,
    value text not null,
    primary key (file, owner, column)
) strict;

-- Which thing points to which: columns of the kinds' files, and accepted claims.
create table links (
    subject text not null references entities (id),
    property text not null,
    object text not null references entities (id),
    claimed integer not null,
    denied integer not null,         -- 1: said not to be so
    grade text,                      -- of the best claim that says so
    sources integer,                 -- how many say so
    "when" text not null             -- the times at which it held, if it is one that changes
) strict;

-- One source saying one thing, and how it was weighed.
create table claims (
    id integer primary key,          -- its line in claims.csv, counted on over further files
    subject text not null references entities (id),
    property text not null,
    type text not null,              -- of the property, as in the vocabulary
    value text not null,             -- as it is stated
    number any,                      -- the figure of a plain number
    unit text not null,
    base real,                       -- the figure in the base unit, without its qualifier; of a date its first day
    base_unit text not null,         -- kg for a mass; figures that differ in it are not compared
    low real,                        -- the interval that a number covers, in the base unit
    high real,                       -- null where "more than" leaves it open, as "low" where "fewer than" does
    earliest text,                   -- the same for a date
    latest text,
    "when" text not null,            -- the time at which the value held
    held_from text,                  -- the days that this covers
    held_to text,
    source text not null references sources (id),
    origin text not null,            -- the sources at the root of what it quotes, or of "source"
    at text not null,
    stated text not null,
    rank text not null,
    note text not null,
    quoting text not null,           -- the sources from which it has its value, where not from those of "source"
    checked text not null,           -- who compared it with the source, and when
    signed text not null,            -- holds, changed (since then), unread (no signature); empty: nobody
    grade text not null,
    verdict text not null,
    fact integer references facts (id),   -- with which claims it was weighed; null if all are deprecated
    -- the note as it is shown: what another program left there as JSON, to go back there, says nothing to a person
    remark text not null generated always as (iif(note glob '{*}', '', note))
) strict;

-- How a claim can stand against the best one.
create table verdicts (
    verdict text primary key,
    standing integer not null,       -- claims are shown by it: the best first
    says integer not null,           -- 1: such a claim says what the best one says
    follows integer not null,        -- 1: it is true if the best one is
    accepted integer not null        -- 1: it can be true beside the best one
) strict;

-- A claim whose value does not follow from the words that it states, and what these say.
create table claim_slips (
    claim integer primary key references claims (id),
    seen text not null
) strict;

-- The answer for each property that has claims: the best value, its support, and what else is said.
create table facts (
    id integer primary key,          -- that of its best claim
    subject text not null references entities (id),
    property text not null,
    type text not null,
    value text not null,
    number any,
    unit text not null,
    base real,
    base_unit text not null,
    low real,
    high real,
    earliest text,
    latest text,
    "when" text not null,
    held_from text,
    held_to text,
    claim integer not null references claims (id),
    grade text not null,
    sources integer not null,        -- how many agree with the best
    origins integer not null,        -- how many known origins these go back to; 1 where none is known
    also text not null,
    dispute text not null,           -- empty, settled or open
    decided_by text not null,        -- the step of the rule that put the best before what differs
    headline integer not null,       -- 1: the one in the table of its kind
    main integer generated always as (headline)    -- its name in queries that were written for earlier versions
) strict;

-- The values of the answers that are lists, the best first, each with its own grade and support.
create table fact_members (
    fact integer not null references facts (id),
    value text not null,
    claim integer not null references claims (id),
    grade text not null,
    sources integer not null,
    origins integer not null
) strict;

-- The values that each claim of a list names.
create table claim_members (
    claim integer not null references claims (id),
    value text not null,
    complete integer not null        -- 1: its source says that there are no others
) strict;

-- The answer to every question: a row for each fact, its value a number where it is a plain one.
create view answers as
select
    id as fact, subject, property, base_unit as dimension, "when", coalesce(number, value) as value, type, unit, base,
    base_unit, low, high, earliest, latest, held_from, held_to, claim, dispute, grade, sources, origins, also, headline
from facts;

-- What each unit of the case measures.
create table units (
    unit text primary key,
    measure text not null,           -- mass, volume, time, share, money, crypto, count or none
    base text not null
) strict;

-- Parts of a whole that is broken down twice, and by what. Made by breakdowns.sql.
create table breakdowns (
    part text not null references entities (id),
    whole text not null references entities (id),
    by text not null,                -- country, or the property by which the others differ
    primary key (part, whole)
) strict;

-- Do the parts add up to the whole? One row for each whole that has parts, in each dimension of unit and in each of its
-- breakdowns. Made by parts.sql.
create table parts (
    whole text not null references entities (id),
    kind text not null,
    property text not null,
    unit text not null,
    stated text not null,            -- the value of the whole
    total real not null,             -- this and all further figures are in the base unit
    low real,
    high real,
    parts real not null,             -- the sum
    how_many integer not null,
    rough integer not null,          -- 1: a part is stated with a qualifier
    hedged integer not null,         -- 1: the whole is
    base_unit text not null,
    least real,                      -- what the parts cover, as they are rounded
    most real,
    headline integer not null,
    fact integer not null references facts (id),   -- the answer that is compared with the sum
    times integer not null,          -- more than 1: not all of these are figures of one time
    by text not null                 -- the breakdown; empty where there is only one
) strict;

-- By which words is a thing found? Not by addresses, whose words would count as if it spoke of them.
create view thing_texts as
select
    rowid as place,
    id as entity,
    label,
    id || coalesce((
        select group_concat(' · ' || value, '')
        from cells
        where entity = entities.id and property <> 'url'
    ), '') as body
from entities
where kind <> 'rejected';  -- nobody looks for a figure there

-- By which words is a claim found? The places of claims are behind those of things.
create view claim_texts as
select
    id + (select max(rowid) from entities) as place,
    id as claim,
    subject as entity,
    property as label,
    value
        || coalesce(' ' || nullif(unit, ''), '')
        || coalesce(' · ' || nullif(stated, ''), '')
        || coalesce(' · ' || nullif(remark, ''), '') as body
from claims;

-- Which words stand at which place of these texts, which it does not hold itself. Made by search.sql.
create virtual table search using fts5 (
    label, body, spellings, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- Every word of the index, to find those that are nearly what was asked for.
create virtual table words using fts5vocab (search, col);

-- When the outcome of a case against a person is due that has none: the last day on which one was expected.
create view expected as
with due as (
    select events.id
    from events
    where events.kind in (select term from vocabulary_terms where kind = 'events' and property = 'kind' and due)
),
waiting as materialized (  -- of all people a few
    select distinct whose.object as person
    from due
    cross join links as whose on whose.subject = due.id and whose.property = 'person'
),
told as (
    select person, person as id from waiting
    union all
    select waiting.person, links.subject
    from waiting
    cross join links on links.object = waiting.person and links.property = 'person'
),
ended as (
    select told.person
    from told
    cross join events on events.id = told.id
    where events.kind in (select term from vocabulary_terms where kind = 'events' and property = 'kind' and ends)
    union
    select told.person
    from told
    cross join facts on facts.subject = told.id and facts.property = 'status'
    where facts.value in (select term from vocabulary_terms where property = 'status' and ends)
)
select whose.object as person, fact.value as date, max(fact.latest) as latest
from due
cross join links as whose on whose.subject = due.id and whose.property = 'person'
cross join answers as fact on fact.subject = due.id and fact.property = 'date' and fact.headline
where whose.object not in (select person from ended)
group by whose.object;

-- When the results of each operation were announced; the operations of a series come in this order.
create view announcements as
select events.operation, fact.value as date, min(fact.earliest) as earliest
from events
join answers as fact on fact.subject = events.id and fact.property = 'date' and fact.headline
where events.kind = 'announcement' and events.person is null
group by events.operation;
