-- What a token is for, in its owner's words; '' = none.
alter table api_token add column description text not null default '';
