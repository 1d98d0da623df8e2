#!/bin/sh
# The server itself honours RABBITMQ_DEFAULT_USER, RABBITMQ_DEFAULT_PASS and RABBITMQ_NODENAME.
set -eu

if [ "$(id -u)" = 0 ]; then
  chown -R rabbitmq:rabbitmq /var/lib/rabbitmq
  exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups "$0" "$@"
fi

# An engine may allow a million open files, and Erlang reserves memory for each of them.
ulimit -n 65536 2> /dev/null || true
# Makes the server's script become the Erlang machine, which shuts down on SIGTERM, instead of staying its parent.
export RUNNING_UNDER_SYSTEMD=true
exec rabbitmq-server "$@"
