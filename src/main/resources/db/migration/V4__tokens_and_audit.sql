CREATE TABLE api_token (
    id           uuid PRIMARY KEY,
    name         varchar(64) NOT NULL UNIQUE,
    hash         varchar(64) NOT NULL UNIQUE, -- SHA-256 in hex; the token itself is nowhere
    role         varchar(8) NOT NULL, -- 'admin' | 'viewer'
    created_by   varchar(128) NOT NULL,
    created_at   timestamp(6) with time zone NOT NULL,
    expires_at   timestamp(6) with time zone NOT NULL,
    last_used_at timestamp(6) with time zone
);

CREATE TABLE audit_entry (
    id            uuid PRIMARY KEY, -- version 7: newest first is the order of the key, backwards
    at            timestamp(6) with time zone NOT NULL,
    who           varchar(128) NOT NULL,
    address       varchar(64) NOT NULL,
    forwarded_for varchar(255),
    what          varchar(32) NOT NULL,
    subject       varchar(255) NOT NULL,
    name          varchar(255) NOT NULL,
    before_change varchar(100000) NOT NULL, -- JSON objects of texts
    after_change  varchar(100000) NOT NULL
);
CREATE INDEX audit_entry_by_who ON audit_entry (who, id);
CREATE INDEX audit_entry_by_what ON audit_entry (what, id);
