create table older (name text primary key);
