-- Jobs of one lane do not take the places of another's; empty for those that belong to none.
alter table job add column lane text not null default '';
create index job_lane on job (kind, lane, look);
