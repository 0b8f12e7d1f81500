-- One schema for H2 (MODE=PostgreSQL) and PostgreSQL. ${bytes} is the unbounded binary type: H2 cuts bytea at 1 MiB.

CREATE TABLE subscription_change (
    id  smallint PRIMARY KEY,
    seq bigint NOT NULL
);
INSERT INTO subscription_change (id, seq) VALUES (1, 0);

CREATE TABLE subscription (
    id                    uuid PRIMARY KEY,
    name                  varchar(64) UNIQUE, -- emptied by a delete, so that the name is free at once
    url                   varchar(2048) NOT NULL,
    secret                bytea NOT NULL,
    previous_secret       bytea,
    previous_secret_until timestamp(6) with time zone,
    patterns              varchar(20000) NOT NULL, -- JSON array of strings
    url_warnings          varchar(2000),
    circuit_threshold     integer,
    retry_schedule        varchar(512),
    concurrency           integer,
    request_timeout       varchar(16),
    description           varchar(500),
    created_at            timestamp(6) with time zone NOT NULL,
    updated_at            timestamp(6) with time zone NOT NULL,
    deleted_at            timestamp(6) with time zone,
    change_seq            bigint NOT NULL DEFAULT 0,
    version               bigint NOT NULL
);
CREATE INDEX subscription_by_change ON subscription (change_seq);
CREATE INDEX subscription_by_age ON subscription (created_at, id);

-- Its own row, and no foreign key points at it: outcomes move it all the time, settings seldom.
CREATE TABLE circuit (
    subscription_id      uuid PRIMARY KEY,
    state                varchar(8) NOT NULL,
    epoch                bigint NOT NULL,
    consecutive_failures integer NOT NULL,
    changed_at           timestamp(6) with time zone NOT NULL,
    auto_disabled_at     timestamp(6) with time zone,
    last_success_at      timestamp(6) with time zone,
    last_failure_at      timestamp(6) with time zone,
    last_error           varchar(512)
);

CREATE TABLE event (
    id          uuid PRIMARY KEY,
    topic       varchar(255) NOT NULL,
    event_id    varchar(255) NOT NULL,
    received_at timestamp(6) with time zone NOT NULL,
    traceparent varchar(255),
    body        ${bytes} NOT NULL, -- the exact bytes of every attempt
    CONSTRAINT event_once UNIQUE (topic, event_id)
);
CREATE INDEX event_by_age ON event (received_at);

-- stage: 0 new, 1 retry, 2 claimed, 10 delivered, 11 failed, 12 discarded
CREATE TABLE delivery (
    id              uuid PRIMARY KEY,
    event           uuid NOT NULL,
    subscription_id uuid NOT NULL,
    stage           smallint NOT NULL,
    attempts        integer NOT NULL,
    tries           integer NOT NULL, -- attempts since it was opened or last reopened
    created_at      timestamp(6) with time zone NOT NULL,
    wake_at         timestamp(6) with time zone NOT NULL,
    finished_at     timestamp(6) with time zone,
    last_status     integer,
    last_error      varchar(512),
    claimed_by      uuid,
    claim           bigint,
    CONSTRAINT delivery_once UNIQUE (event, subscription_id),
    CONSTRAINT delivery_event FOREIGN KEY (event) REFERENCES event (id),
    CONSTRAINT delivery_subscription FOREIGN KEY (subscription_id) REFERENCES subscription (id)
);
CREATE INDEX delivery_due ON delivery (subscription_id, stage, wake_at, id);
CREATE INDEX delivery_log ON delivery (subscription_id, id);

CREATE TABLE attempt (
    delivery_id      uuid NOT NULL,
    number           integer NOT NULL,
    at               timestamp(6) with time zone NOT NULL,
    duration_ms      bigint NOT NULL,
    status_code      integer,
    error            varchar(512),
    address          varchar(64),
    response_excerpt bytea,
    PRIMARY KEY (delivery_id, number),
    CONSTRAINT attempt_delivery FOREIGN KEY (delivery_id) REFERENCES delivery (id)
);

CREATE TABLE rejected_event (
    id          uuid PRIMARY KEY,
    received_at timestamp(6) with time zone NOT NULL,
    destination varchar(512) NOT NULL,
    message_id  varchar(255),
    reason      varchar(512) NOT NULL,
    body        bytea NOT NULL -- the first 64 KiB
);

CREATE TABLE node (
    id           uuid PRIMARY KEY, -- one life of one node
    name         varchar(255) NOT NULL,
    started_at   timestamp(6) with time zone NOT NULL,
    heartbeat_at timestamp(6) with time zone NOT NULL
);
