#!/bin/sh
# What the official image does with an empty data folder: POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_HOST_AUTH_METHOD, POSTGRES_INITDB_ARGS, and
# the SQL in /docker-entrypoint-initdb.d.
set -eu

mkdir -p "$PGDATA"
# Kubernetes may let a pod's group write to all of its volume, and the server refuses such a folder.
chmod 700 "$PGDATA"

if [ "$(id -u)" = 0 ]; then
  mkdir -p /run/postgresql
  chown -R postgres:postgres "$PGDATA" /run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  : "${POSTGRES_PASSWORD:?must be set}"
  user=${POSTGRES_USER:-postgres}
  # The options are unquoted: these are several arguments.
  printf '%s\n' "$POSTGRES_PASSWORD" | initdb --username="$user" --pwfile=/dev/stdin ${POSTGRES_INITDB_ARGS:-}
  echo "host all all all ${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"

  if [ -d /docker-entrypoint-initdb.d ]; then
    # Not on TCP: nobody may take it for ready.
    pg_ctl start --wait --options="-c listen_addresses= -c unix_socket_directories=/run/postgresql"
    for script in /docker-entrypoint-initdb.d/*.sql; do
      PGPASSWORD=$POSTGRES_PASSWORD psql --username="$user" --dbname=postgres --no-psqlrc --set=ON_ERROR_STOP=1 --file="$script"
    done
    pg_ctl stop --wait --mode=fast
  fi
fi

exec postgres -c listen_addresses=* -c unix_socket_directories=/run/postgresql "$@"
