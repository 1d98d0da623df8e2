#!/usr/bin/env bash
# Makes the images that the tests need on a machine that cannot pull any. Their names say that they are not the official ones. An image that is
# there already stays as it is.
#
#   msaaspire-test/postgres, /rabbitmq   for `Backing=container`: the servers that run natively, which hosting/Processes fetches, in the versions of
#                                        its tools.lock.json. They honour what the app model sets on the official images, run unprivileged and
#                                        read-only as those do, and nothing else
#   msaaspire-test/aspnet, /node         the bases of our own images, of this machine's .NET runtimes and of its node with npm
#
#     sudo tests/Containers/make-images.sh         needs debootstrap and a running docker; takes some minutes, most of them downloads
#     docker rmi $(docker image ls --quiet --filter 'reference=msaaspire-test/*')
#                                                  takes them away again; to make one anew after a change here, take that one away
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
prefix=msaaspire-test
release=bookworm
base=$prefix/debian:$release
dotnet=10.0
limit=600

fail() {
  echo "make-images: $1" >&2
  exit 1
}

missing() {
  ! docker image inspect "$1" > /dev/null 2>&1
}

# build FOLDER IMAGE [OPTION...]. The host's network: how it reaches the mirror works there for certain.
build() {
  timeout "$limit" docker build --network host --tag "$2" "${@:3}" "$1"
}

# The version of a server in the lock file.
version_of() {
  sed -n "/^  \"$1\"/,/\"version\"/s/.*\"version\": \"\(.*\)\".*/\1/p" "$root/hosting/Processes/tools.lock.json"
}

# prepare SERVER: a folder to build the server's image in, with the programs that run natively.
prepare() {
  local programs
  programs=$(programs_of "$1") || {
    timeout "$limit" dotnet run --project "$root/tests/ServersAppHost" -- --once true
    programs=$(programs_of "$1") || fail "$1 $(version_of "$1") is not among the tools, though its AppHost was started."
  }
  mkdir "$work/$1"
  cp "$here/$1"/* "$work/$1"
  cp -r "$programs" "$work/$1/server"
}

# Where they are depends on who may reach the clone.
programs_of() {
  local tools
  for tools in "${MSAASPIRE_TOOLS:-$root/.tools}" /var/lib/msaaspire/tools; do
    ! compgen -G "$tools/$1-$(version_of "$1")-linux-*/.installed.json" | xargs --no-run-if-empty dirname | grep . || return 0
  done
  return 1
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

if missing "$base"; then
  timeout "$limit" debootstrap --variant=minbase "$release" "$work/root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
  # Packages start their services on installation, which here would run beside the one the image is for.
  printf '#!/bin/sh\nexit 101\n' > "$work/root/usr/sbin/policy-rc.d"
  chmod 755 "$work/root/usr/sbin/policy-rc.d"
  # Nobody reads manuals in here: as in Debian's own slim images, they are left out, and out of all packages to come.
  printf 'path-exclude=/usr/share/%s/*\n' doc info locale man > "$work/root/etc/dpkg/dpkg.cfg.d/slim"
  echo 'path-include=/usr/share/doc/*/copyright' >> "$work/root/etc/dpkg/dpkg.cfg.d/slim"
  find "$work"/root/usr/share/{doc,info,locale,man} ! -type d ! -name copyright -delete
  rm -rf "$work"/root/var/lib/apt/lists/* "$work"/root/var/cache/apt/*
  tar -C "$work/root" -c . | timeout "$limit" docker import - "$base" > /dev/null
fi

image=$prefix/postgres:$(version_of postgres)
if missing "$image"; then
  prepare postgres
  build "$work/postgres" "$image"
fi

image=$prefix/rabbitmq:$(version_of rabbitmq)
if missing "$image"; then
  prepare rabbitmq
  scripts=$(cd "$work/rabbitmq/server" && echo usr/lib/rabbitmq/lib/*/sbin) erlang=$(cd "$work/rabbitmq/server" && echo usr/lib/erlang/erts-*/bin)
  build "$work/rabbitmq" "$image" --build-arg "RABBITMQ=$scripts" --build-arg "ERLANG=$erlang"
fi

if missing "$prefix/aspnet:$dotnet"; then
  command -v dotnet > /dev/null || fail "dotnet is missing: the aspnet image is made of its runtimes."
  from=$(home_of dotnet)
  mkdir -p "$work/aspnet/dotnet"
  cp "$here/aspnet/Dockerfile" "$work/aspnet"
  (cd "$from" && cp -r --parents dotnet host/fxr/"$dotnet".* shared/Microsoft.{NETCore,AspNetCore}.App/"$dotnet".* "$work/aspnet/dotnet")
  build "$work/aspnet" "$prefix/aspnet:$dotnet"
fi

if missing "$prefix/node:22"; then
  command -v npm > /dev/null || fail "npm is missing: the node image is made of it and of node."
  mkdir "$work/node"
  cp "$here/node/Dockerfile" "$(home_of node)/node" /etc/ssl/certs/ca-certificates.crt "$work/node"
  cp -r "$(home_of npm)/.." "$work/node/npm"
  build "$work/node" "$prefix/node:22"
fi

docker image ls --format '{{.Repository}}:{{.Tag}} {{.Size}}' "$prefix/*"
