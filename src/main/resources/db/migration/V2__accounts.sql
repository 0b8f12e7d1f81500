CREATE TABLE account (
    name       varchar(64) PRIMARY KEY,
    password   varchar(512) NOT NULL, -- a hash
    role       varchar(8) NOT NULL, -- 'admin' | 'viewer'
    created_at timestamp(6) with time zone NOT NULL,
    updated_at timestamp(6) with time zone NOT NULL,
    version    bigint NOT NULL
);

-- One row, sealed with the key this database belongs to: a node with another key must not start.
CREATE TABLE key_check (
    id     smallint PRIMARY KEY,
    sealed bytea NOT NULL
);
