# Started by the AppHost beside its servers, and outlives it. It has two duties:
# - PostgreSQL takes SIGTERM, the only signal DCP sends, as "wait until every client has gone". The services, which are told to stop
#   at the same time, get a moment to go; then the rest is cut off (SIGINT), so that DCP never has to kill a server and no next
#   start has to recover.
# - When the AppHost is gone, even by SIGKILL, and its servers have ended, it removes the run's folder.
# Arguments: the AppHost's process id, the run's folder. A server puts the path of its pid file into <folder>/<server>/pidfile.
exec </dev/null >/dev/null 2>&1
trap '' HUP INT QUIT TERM
host=$1 run=$2 gone=0
cd /

# Sets pid and, for PostgreSQL, status from a pid file.
inspect() {
    pid= status= number=0
    [ -f "$1" ] || return
    while read -r line; do
        number=$((number + 1))
        case $number in 1) pid=$line ;; 8) status=$line ;; esac
    done <"$1"
    case $pid in '' | *[!0-9]*) pid= ;; esac
}

while [ -d "$run" ]; do
    running=
    for entry in "$run"/*/pidfile; do
        [ -f "$entry" ] && read -r file <"$entry" || continue
        inspect "$file"
        [ -n "$pid" ] && kill -0 "$pid" || continue
        running="$running $pid"
        if [ "$status" = stopping ]; then
            eval "polls=\$((\${polls_$pid:-0} + 1)); polls_$pid=$((polls))"
            [ "$polls" -eq 2 ] && kill -INT "$pid"
        fi
    done
    if [ -f "$run/ended" ] || ! kill -0 "$host"; then
        gone=$((gone + 1))
        # DCP, which stops the servers, takes up to 2 s to notice; a server that still runs after 10 s has nobody else to end it.
        [ "$gone" -gt 20 ] && [ -n "$running" ] && kill -KILL $running
        if [ "$gone" -gt 5 ] && [ -z "$running" ]; then
            rm -rf "$run"
        fi
        [ "$gone" -gt 60 ] && exit
    fi
    sleep 0.5
done
