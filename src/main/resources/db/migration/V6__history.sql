-- What became of circuits, for people; the circuit itself is in its own row.
CREATE TABLE circuit_history (
    id              uuid PRIMARY KEY,
    subscription_id uuid NOT NULL,
    at              timestamp(6) with time zone NOT NULL,
    kind            varchar(9) NOT NULL, -- 'tripped' | 'recovered' | 'enabled' | 'paused'
    who             varchar(128), -- empty for a trip, which nobody wants
    failures        integer NOT NULL,
    last_error      varchar(512)
);
CREATE INDEX circuit_history_by_subscription ON circuit_history (subscription_id, id);

-- Somebody asks why an event was not delivered, and has its id but not its topic.
CREATE INDEX event_by_id ON event (event_id);
