-- The virtual organisation in whose name something was made; null where there is none. The indexes leave those out, so that
-- they cost nothing where nobody uses virtual organisations.

alter table machine add column vo text;
create index machine_vo on machine (vo, id, generation) where vo is not null;

alter table volume add column vo text;
create index volume_vo on volume (vo, id, generation) where vo is not null;

alter table network add column vo text;
create index network_vo on network (vo, id, generation) where vo is not null;

alter table link add column vo text;
create index link_vo on link (vo, kind, id) where vo is not null;
