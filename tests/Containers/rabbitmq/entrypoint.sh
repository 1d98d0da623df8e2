#!/bin/sh
# The server itself honours RABBITMQ_DEFAULT_USER, RABBITMQ_DEFAULT_PASS and RABBITMQ_NODENAME.
set -eu

chown rabbitmq:rabbitmq /var/lib/rabbitmq
# An engine may allow a million open files, and Erlang reserves memory for each of them.
ulimit -n 65536 2> /dev/null || true
# Makes the server's script become the Erlang machine, which shuts down on SIGTERM, instead of staying its parent.
export RUNNING_UNDER_SYSTEMD=true
exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups rabbitmq-server "$@"
