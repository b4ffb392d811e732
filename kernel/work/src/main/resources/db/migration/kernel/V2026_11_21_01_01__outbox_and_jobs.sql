create table schema_digest (
    one int primary key,
    digest text not null
);

-- Events that were written with the change they tell of and have not reached the bus yet.
create table outbox (
    seq ${identity},
    id text not null,
    type text not null,
    subject text not null,
    time bigint not null,
    data text not null
);

-- Rights that one node holds for a while; instants are milliseconds since 1970.
create table lease (
    name text primary key,
    owner text not null,
    until bigint not null
);

-- Events that a consumer in the process could not handle yet; each consumer goes on with them later, in this order.
create table bus_backlog (
    seq ${identity},
    consumer text not null,
    id text not null,
    type text not null,
    subject text not null,
    time bigint not null,
    data text not null
);
create index bus_backlog_consumer on bus_backlog (consumer, subject, seq);

-- look: when the job wants attention, its due time while it waits, the end of its lease while it runs.
-- due: when it runs next; while it runs, when it was asked to run again, and the greatest bigint when it was not.
-- run: counts the runs, so that a node which lost its lease cannot end a later run.
create table job (
    kind text not null,
    subject text not null,
    look bigint not null,
    due bigint not null,
    run bigint not null,
    attempt int not null,
    owner text not null,
    since bigint not null,
    reason text not null,
    primary key (kind, subject)
) ${clustered};
create index job_look on job (kind, look);
