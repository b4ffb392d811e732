-- Of a machine that was deleted: its own id and what the cloud called it, so that it is known again in the cloud's books. Null where
-- it was deleted before they were kept, or never seen at the cloud.
alter table tombstone add column resource text;
alter table tombstone add column remote text;
create index tombstone_cloud on tombstone (cloud, kind);
