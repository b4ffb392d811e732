-- The right of each machine to run. since: of the state. due: when a revoked one is carried out, 0 = not revoked.
-- carried_out: 1 = the machine was suspended or stopped for it.
create table running_right (
    machine text primary key,
    owner text not null,
    vo text not null,
    state text not null,
    rule text not null,
    why text not null,
    since bigint not null,
    due bigint not null,
    carried_out int not null
);
create index running_right_state on running_right (state, machine);
