-- The role and the database of DECNET Webhook on PostgreSQL 15 or later, run once as a superuser: psql -f postgresql.sql
-- The program makes and changes its tables itself, so the role owns the database and nothing else.
CREATE ROLE decnet LOGIN PASSWORD 'replace-me' NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
CREATE DATABASE decnet OWNER decnet TEMPLATE template0 ENCODING 'UTF8';
REVOKE ALL ON DATABASE decnet FROM PUBLIC;
-- The locks of a node that is cut off in the middle of a transaction must not outlive it.
ALTER ROLE decnet IN DATABASE decnet SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE decnet IN DATABASE decnet SET tcp_keepalives_idle = '30s';
-- Each node takes up to 32 connections: max_connections must leave room for all of them.
