-- A rule holds for a group or role; those from before hold for their whole virtual organisation.
create table account_rule_by_fqan (
    vo text not null,
    cloud text not null,
    fqan text not null,
    kind text not null,
    accounts text not null,
    idle_seconds bigint not null,
    push bigint not null,
    push_state text not null,
    push_reason text not null,
    push_looked bigint not null,
    changed bigint not null,
    generation bigint not null,
    primary key (vo, cloud, fqan)
);
insert into account_rule_by_fqan (vo, cloud, fqan, kind, accounts, idle_seconds, push, push_state, push_reason,
    push_looked, changed, generation)
select vo, cloud, '/' || vo, kind, accounts, idle_seconds, push, push_state, push_reason, push_looked, changed, generation
from account_rule;
drop table account_rule;
alter table account_rule_by_fqan rename to account_rule;

-- The rule by which somebody got an account. One person may have several at a cloud, one by each rule.
alter table account_mapping add column fqan text not null default '';
update account_mapping set fqan = '/' || vo;
drop index account_mapping_person;
create unique index account_mapping_person on account_mapping (caller, vo, cloud, fqan) where ended is null;
