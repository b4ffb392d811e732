-- Under which accounts of a cloud the members of a virtual organisation work there. Lists are texts with spaces between;
-- instants are microseconds since 1970, 0 = never.
create table account_rule (
    vo text not null,
    cloud text not null,
    kind text not null,
    accounts text not null,
    idle_seconds bigint not null,
    push bigint not null,
    push_state text not null,
    push_reason text not null,
    push_looked bigint not null,
    changed bigint not null,
    generation bigint not null,
    primary key (vo, cloud)
);

-- Who had which account from when until when. Kept for accounting: rows are ended and never deleted.
create table account_mapping (
    id text primary key,
    caller text not null,
    vo text not null,
    cloud text not null,
    account text not null,
    shared bigint not null,
    suspended bigint not null,
    since bigint not null,
    used bigint not null,
    ended bigint
);
create unique index account_mapping_person on account_mapping (caller, vo, cloud) where ended is null;
create unique index account_mapping_account on account_mapping (cloud, account) where ended is null and shared = 0;
create index account_mapping_vo on account_mapping (vo, id);
