#!/bin/sh
# Makes the database of the application, and its user, which has no right past row security.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$DELTOID_PASSWORD" --username "${POSTGRES_USER:-postgres}" <<'SQL'
CREATE ROLE deltoid LOGIN PASSWORD :'password' NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE DATABASE deltoid OWNER deltoid;
SQL
