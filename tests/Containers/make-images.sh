#!/usr/bin/env bash
# Makes the images that the tests need on a machine that cannot pull any: small stand-ins for the official ones, tagged as those are. An image
# that is there already, stand-in or not, stays as it is.
#
#   postgres, rabbitmq      for `Backing=container` and Kubernetes, of Debian packages. They honour what the app model sets on the official
#                           images, run unprivileged and read-only as those do, and nothing else; the servers in them are older (PostgreSQL 15,
#                           RabbitMQ 3.10), which the shop does not mind
#   dotnet/aspnet, node     the bases of our own images, of this machine's .NET runtimes and of its node with npm
#
#     sudo tests/Containers/make-images.sh         needs debootstrap and a running docker; takes some minutes, most of them downloads
#     docker rmi msa-debian postgres:18.3 rabbitmq:4.3 rabbitmq:4.3-management mcr.microsoft.com/dotnet/aspnet:10.0 node:22-alpine
#                                                  takes them away again; to make one anew after a change here, take that one away
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
release=bookworm
dotnet=10.0
limit=600

fail() {
  echo "make-images: $1" >&2
  exit 1
}

missing() {
  ! docker image inspect "$1" > /dev/null 2>&1
}

# build FOLDER IMAGE...: one image of that many names. The host's network: how it reaches the mirror works there for certain.
build() {
  local folder=$1
  shift
  timeout "$limit" docker build --network host "${@/#/--tag=}" "$folder"
}

# The folder of a command's own files, wherever the link on PATH leads.
home_of() {
  dirname "$(readlink -f "$(command -v "$1")")"
}

[ "$(id -u)" -eq 0 ] || fail "debootstrap needs root: run this with sudo."
command -v debootstrap > /dev/null || fail "debootstrap is missing: apt-get install debootstrap."
timeout 10 docker info > /dev/null 2>&1 || fail "no docker engine answers: start dockerd."

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT

if missing msa-debian; then
  timeout "$limit" debootstrap --variant=minbase "$release" "$work/root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
  # Packages start their services on installation, which here would run beside the one the image is for.
  printf '#!/bin/sh\nexit 101\n' > "$work/root/usr/sbin/policy-rc.d"
  chmod 755 "$work/root/usr/sbin/policy-rc.d"
  # Nobody reads manuals in here: as in Debian's own slim images, they are left out, and out of all packages to come.
  printf 'path-exclude=/usr/share/%s/*\n' doc info locale man > "$work/root/etc/dpkg/dpkg.cfg.d/slim"
  echo 'path-include=/usr/share/doc/*/copyright' >> "$work/root/etc/dpkg/dpkg.cfg.d/slim"
  find "$work"/root/usr/share/{doc,info,locale,man} ! -type d ! -name copyright -delete
  rm -rf "$work"/root/var/lib/apt/lists/* "$work"/root/var/cache/apt/*
  tar -C "$work/root" -c . | timeout "$limit" docker import - msa-debian > /dev/null
fi

if missing postgres:18.3; then
  build "$here/postgres" postgres:18.3
fi
if missing rabbitmq:4.3-management; then
  build "$here/rabbitmq" rabbitmq:4.3-management rabbitmq:4.3
fi

if missing "mcr.microsoft.com/dotnet/aspnet:$dotnet"; then
  command -v dotnet > /dev/null || fail "dotnet is missing: the aspnet image is made of its runtimes."
  from=$(home_of dotnet)
  mkdir -p "$work/aspnet/dotnet"
  cp "$here/aspnet/Dockerfile" "$work/aspnet"
  (cd "$from" && cp -r --parents dotnet host/fxr/"$dotnet".* shared/Microsoft.{NETCore,AspNetCore}.App/"$dotnet".* "$work/aspnet/dotnet")
  build "$work/aspnet" "mcr.microsoft.com/dotnet/aspnet:$dotnet"
fi

if missing node:22-alpine; then
  command -v npm > /dev/null || fail "npm is missing: the node image is made of it and of node."
  mkdir "$work/node"
  cp "$here/node/Dockerfile" "$(home_of node)/node" /etc/ssl/certs/ca-certificates.crt "$work/node"
  cp -r "$(home_of npm)/.." "$work/node/npm"
  build "$work/node" node:22-alpine
fi

docker image ls --format '{{.Repository}}:{{.Tag}} {{.Size}}' | grep -E '^(postgres|rabbitmq|mcr.microsoft.com/dotnet/aspnet|node):'
