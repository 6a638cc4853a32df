#!/bin/sh
# Gives the portal's roles their passwords when the database's container starts for the first time.
set -eu
for role in migrator app sealer eraser auditor; do
  variable="PASSWORD_$(echo "$role" | tr '[:lower:]' '[:upper:]')"
  eval "password=\${$variable:?$variable must be set}"
  psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set role="portal_$role" --set password="$password" <<'SQL'
ALTER ROLE :"role" PASSWORD :'password';
SQL
done
