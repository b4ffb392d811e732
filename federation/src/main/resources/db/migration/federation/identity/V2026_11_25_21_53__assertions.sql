-- Public halves of the keys that nodes sign assertions with. Instants: microseconds since 1970.
create table signing_key (
    id text primary key,
    jwk text not null,
    ends bigint not null
);

-- Assertions that were used here. mark: SHA-256 of issuer and id.
create table used_assertion (
    mark text primary key,
    ends bigint not null
);
create index used_assertion_ends on used_assertion (ends);
