-- A token stands for a caller of any issuer, may be good for less than its owner, and may be bound to one virtual
-- organisation. issuer: '' = local. fqans: separated by spaces, the primary one first. vo: '' = none.
alter table api_token add column issuer text not null default '';
alter table api_token add column name text not null default '';
alter table api_token add column fqans text not null default '';
alter table api_token add column vo text not null default '';
alter table api_token add column scope text not null default '*';
