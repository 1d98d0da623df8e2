#!/usr/bin/env bash
# Makes the two images that `Backing=container` needs on a machine that cannot pull any: small stand-ins for the official ones, built from
# Debian packages and tagged as the app model names them. They honour what the model sets on the official images, and nothing else; the servers
# in them are older (PostgreSQL 15, RabbitMQ 3.10), which the shop does not mind.
#
#     sudo tests/Containers/make-images.sh         needs debootstrap and a running docker; takes some minutes, most of them downloads
#     docker rmi msa-debian postgres:18.3 rabbitmq:4.3 rabbitmq:4.3-management     takes them away again
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
release=bookworm
limit=600

fail() {
  echo "make-images: $1" >&2
  exit 1
}

[ "$(id -u)" -eq 0 ] || fail "debootstrap needs root: run this with sudo."
command -v debootstrap > /dev/null || fail "debootstrap is missing: apt-get install debootstrap."
timeout 10 docker info > /dev/null 2>&1 || fail "no docker engine answers: start dockerd."

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT

if ! docker image inspect msa-debian > /dev/null 2>&1; then
  timeout "$limit" debootstrap --variant=minbase "$release" "$work/root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
  # Packages start their services on installation, which here would run beside the one the image is for.
  printf '#!/bin/sh\nexit 101\n' > "$work/root/usr/sbin/policy-rc.d"
  chmod 755 "$work/root/usr/sbin/policy-rc.d"
  tar -C "$work/root" -c . | timeout "$limit" docker import - msa-debian > /dev/null
fi

# The host's network: how it reaches the mirror works there for certain.
timeout "$limit" docker build --network host -t postgres:18.3 "$here/postgres"
timeout "$limit" docker build --network host -t rabbitmq:4.3-management -t rabbitmq:4.3 "$here/rabbitmq"
docker image ls --format '{{.Repository}}:{{.Tag}} {{.Size}}' | grep -E '^(postgres|rabbitmq):'
