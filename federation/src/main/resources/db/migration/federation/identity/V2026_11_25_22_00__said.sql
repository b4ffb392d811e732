-- What the credentials of others said last of their owners. fqans: microseconds, a colon and the group or role, separated by spaces.
create table caller_said (
    caller text primary key,
    subject text not null,
    issuer text not null,
    name text not null,
    proof text not null,
    fqans text not null,
    seen bigint not null
);
