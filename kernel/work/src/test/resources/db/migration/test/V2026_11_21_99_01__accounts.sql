create table account (
    name text primary key,
    balance bigint not null
) ${clustered};
create table entry (
    seq ${identity},
    account text not null references account (name),
    content ${bytes}
);
