-- Roll-ups of observations, kept in the transaction that keeps the rows, so that a tile of a year reads some
-- thousand sums and not a million rows. They are sums of what is known now, and nothing is shown that they round.

-- Only for a first response: from the ticket's creation, where the response itself is timed from a later hand-off.
alter table observations add column since_creation integer;
update observations as answer set since_creation = answer.at - created.at
from observations as created
where answer.measure = 'first_response' and created.measure = 'created'
  and created.ticket_id = answer.ticket_id and created.retracted_at is null;

-- Whole UTC days since 1970; also right before it.
create function utc_day(second bigint) returns integer language sql immutable parallel safe
  return ((second + 8640000000000) / 86400 - 100000000)::integer;

-- Fine buckets of seconds, each 15 % wide: a bucket tells where a rank lies, the rows in it give the exact one.
create function value_bucket(seconds integer) returns smallint language sql immutable parallel safe
  return width_bucket(seconds, '{
    1,2,3,4,5,6,7,8,9,10,12,14,16,18,21,24,28,32,37,43,49,56,64,74,85,98,113,130,150,173,199,229,263,302,347,
    399,459,528,607,698,803,923,1061,1220,1403,1613,1855,2133,2453,2821,3244,3731,4291,4935,5675,6526,7505,8631,
    9926,11415,13127,15096,17360,19964,22959,26403,30363,34917,40155,46178,53105,61071,70232,80767,92882,106814,
    122836,141261,162450,186818,214841,247067,284127,326746,375758,432122,496940,571481,657203,755783,869150,
    999522,1149450,1321868,1520148,1748170,2010395,2311954,2658747,3057559,3516193,4043622,4650165,5347690,
    6149843,7072319,8133167,9353142,10756113,12369530,14224959,16358703,18812508,21634384,24879542,28611473,
    32903194,37838673,43514474,50041645,57547892,66180076,76107087,87523150,100651622,115749365,133111770,
    153078536,176040316,202446363,232813317,267735315,307895612,354079954,407191947,468270739,538511350,
    619288053,712181261,819008450,941859717,1083138675,1245609476,1432450897,1647318532,1894416312
  }'::integer[])::smallint;

create function clocked_seconds(channel text, value integer, business_seconds integer) returns integer
  language sql immutable parallel safe
  return case when channel in ('phone', 'chat') then value else coalesce(business_seconds, value) end;

-- What a known row adds to which sum. A resolution in force is dated a second time by its ticket's creation: the
-- cohort of those that are solved by now.
create view observation_parts as
select id, measure, measure::text as series, at as second, since, coalesce(kind, '') as kind,
  coalesce(channel, '') as channel, coalesce(excluded_reason, '') as excluded_reason, until is null as lasts, value,
  coalesce(business_seconds, value) as business, clocked_seconds(channel, value, business_seconds) as clocked,
  since_creation as creation
from observations
where retracted_at is null and measure in ('created', 'solve', 'first_resolution', 'full_resolution', 'first_response',
  'any_response', 'claim', 'backlog_flow', 'sla_outcome')
union all
select id, measure, 'cohort', since, since, coalesce(kind, ''), coalesce(channel, ''), coalesce(excluded_reason, ''),
  true, 0, 0, 0, 0
from observations
where retracted_at is null and measure = 'full_resolution' and until is null;

-- The durations whose ranks are shown, each on the clocks on which they are.
create view observation_durations as
select id, measure, series, second, timed.clock, timed.seconds, value_bucket(timed.seconds) as value_bucket,
  case when measure = 'claim' then channel else '' end as channel
from observation_parts cross join lateral (values
  ('calendar', case when measure <> 'claim' then value end),
  ('business', case when measure in ('first_response', 'first_resolution', 'full_resolution') then business end),
  ('clocked', case when measure in ('first_response', 'claim') then clocked end),
  ('creation', case when measure = 'first_response' then creation end)) as timed (clock, seconds)
where excluded_reason = '' and timed.seconds is not null and series <> 'cohort'
  and (measure in ('first_response', 'any_response', 'first_resolution')
    or measure = 'full_resolution' and lasts or measure = 'claim' and channel <> '');

-- span 0 is a day, 1 are 8 days and 2 are 64, all counted from 1970: a year is some twenty buckets.
create table observation_sums (
  series text collate "C" not null,
  span smallint not null,
  bucket integer not null,
  kind text collate "C" not null,
  channel text collate "C" not null,
  excluded_reason text collate "C" not null,
  lasts boolean not null,
  n integer not null,
  value bigint not null,
  business bigint not null,
  clocked bigint not null,
  creation bigint not null,
  primary key (span, bucket, series, kind, channel, excluded_reason, lasts)
);

create table observation_ranks (
  series text collate "C" not null,
  clock text collate "C" not null,
  span smallint not null,
  bucket integer not null,
  channel text collate "C" not null,
  value_bucket smallint not null,
  n integer not null,
  primary key (span, bucket, series, clock, channel, value_bucket) include (n)
);

-- Resolutions of counted tickets by the day of the solve and the day of the creation.
create table observation_spans (
  day integer not null,
  since_day integer not null,
  n integer not null,
  primary key (day, since_day)
);

-- When anything of a day was first known and when it last changed, retracted rows included: what tells that a closed
-- period says what it said.
create table observation_days (
  measure measure not null,
  day integer not null,
  first_recorded timestamptz not null,
  last_changed timestamptz not null,
  primary key (measure, day)
);

insert into observation_sums
select series, span, utc_day(second) >> (3 * span), kind, channel, excluded_reason, lasts, count(*), sum(value),
  sum(business), sum(clocked), coalesce(sum(creation), 0)
from observation_parts cross join (values (0), (1), (2)) as spans (span)
group by 1, 2, 3, 4, 5, 6, 7;

insert into observation_ranks
select series, clock, span, utc_day(second) >> (3 * span), channel, value_bucket, count(*)
from observation_durations cross join (values (0), (1), (2)) as spans (span)
group by 1, 2, 3, 4, 5, 6;

insert into observation_spans
select utc_day(second), utc_day(since), count(*) from observation_parts
where measure = 'full_resolution' and series <> 'cohort' and excluded_reason = ''
group by 1, 2;

insert into observation_days
select measure, utc_day(at), min(recorded_at), max(greatest(recorded_at, retracted_at)) from observations group by 1, 2;

-- The rows of one value bucket in a period, by the clock on which they are ranked.
create index observations_by_calendar on observations (measure, value_bucket(value), at) include (value, until)
  where retracted_at is null and excluded_reason is null
    and measure in ('first_response', 'any_response', 'first_resolution', 'full_resolution');
create index observations_by_business on observations (measure, value_bucket(coalesce(business_seconds, value)), at)
  include (business_seconds, value, until)
  where retracted_at is null and excluded_reason is null
    and measure in ('first_response', 'first_resolution', 'full_resolution');
create index observations_by_clocked on observations
  (measure, value_bucket(clocked_seconds(channel, value, business_seconds)), at) include (channel, business_seconds, value)
  where retracted_at is null and excluded_reason is null and measure in ('first_response', 'claim');
create index observations_by_creation on observations (measure, value_bucket(since_creation), at)
  include (since_creation)
  where retracted_at is null and excluded_reason is null and measure = 'first_response';

-- Solves that were undone: only their tickets can have been solved twice. And resolutions by creation.
create index observations_undone on observations (at) include (ticket_id)
  where measure = 'solve' and until is not null and retracted_at is null;
create index observations_cohort on observations (since, at)
  where measure = 'full_resolution' and retracted_at is null;

-- States are counted from the index alone.
drop index observations_lasting;
create index observations_lasting on observations (measure, coalesce(until, 253402300799), at)
  include (until, since, retracted_at, kind, channel, excluded_reason, ticket_id)
  where measure in ('first_response_wait', 'claim_wait', 'unsolved_stay');

-- Tickets that changed their hours: their waits are aged one by one.
create index observed_tickets_changed_hours on observed_tickets (ticket_id) where jsonb_array_length(schedules) > 1;

-- What was known of a ticket once and is not any more: a recomputation reads it beside what is known.
create index observations_retracted on observations (ticket_id) where retracted_at is not null;
