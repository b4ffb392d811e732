-- What the members of a group want of each other's hosts: TOGETHER, APART, or '' for nothing.
alter table machine_group add column hosts text not null default '';
