-- verifier: algorithm, iterations, salt and hash, in one text. Instants: microseconds since 1970.
create table local_user (
    name text primary key,
    verifier text not null,
    operator int not null,
    created bigint not null
);

-- verifier: SHA-256 of a random secret of 256 bits. expires: 0 = never.
create table api_token (
    id text primary key,
    subject text not null,
    label text not null,
    verifier text not null,
    operator int not null,
    created bigint not null,
    expires bigint not null
);
create index api_token_subject on api_token (subject);
