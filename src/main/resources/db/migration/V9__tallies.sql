-- What happened, minute by minute, as each run of a node has counted it: summed when somebody looks, gone after a day.
CREATE TABLE tally_minute (
    at             timestamp(6) with time zone NOT NULL,
    writer         uuid NOT NULL, -- one run of one node; nobody else writes its rows
    events         bigint NOT NULL,
    delivered      bigint NOT NULL,
    retried        bigint NOT NULL,
    failed         bigint NOT NULL,
    held           bigint NOT NULL,
    attempt_times  varchar(1000) NOT NULL, -- how many took no longer than each of the fixed bounds, with commas
    delivery_times varchar(1000) NOT NULL,
    PRIMARY KEY (at, writer)
);

-- The same of each subscription that had any, hour by hour; all nodes add to one row.
CREATE TABLE tally_hour (
    subscription_id uuid NOT NULL,
    at              timestamp(6) with time zone NOT NULL,
    delivered       bigint NOT NULL,
    retried         bigint NOT NULL,
    failed          bigint NOT NULL,
    held            bigint NOT NULL,
    PRIMARY KEY (subscription_id, at)
);

-- Long work an operator asked for: who watches it may leave and come back, on any node.
CREATE TABLE errand (
    id         uuid PRIMARY KEY,
    kind       varchar(16) NOT NULL, -- 'pause' | 'resume' | 'delete' | 'replay'
    subject    varchar(255) NOT NULL,
    who        varchar(128) NOT NULL,
    node       varchar(255) NOT NULL,
    started_at timestamp(6) with time zone NOT NULL,
    heard_at   timestamp(6) with time zone NOT NULL,
    ended_at   timestamp(6) with time zone,
    size       integer, -- unknown before the end for some
    done       integer NOT NULL,
    refused    integer NOT NULL,
    last_error varchar(512)
);
