# Started by the AppHost beside its servers, and outlives it. It has two duties:
# - PostgreSQL takes SIGTERM, the only signal DCP sends, as "wait until every client has gone". The services, which are told to stop
#   at the same time, get a moment to go; then the rest is cut off (SIGINT), so that DCP never has to kill a server and no next
#   start has to recover.
# - When the AppHost is gone, even by SIGKILL, and its servers have ended, it removes the run's folder.
# Arguments: the AppHost's process id, its start, the run's folder. For each server that the AppHost has started it writes a file into
# <folder>/started: process id, start, boot id, path of the server's pid file (or nothing). A process is the one that was started only
# while its start is the same: the system gives the number of a process that has ended to another program. Nothing else is signalled.
exec </dev/null >/dev/null 2>&1
trap '' HUP INT QUIT TERM
host=$1 host_start=$2 run=$3 gone=0
cd /

# Succeeds while the process of number $1 is the one that started at $2. The words are those of ProcessIdentity.cs.
is_alive() {
    process=$1 expected=$2
    if [ -r /proc/self/stat ]; then
        IFS= read -r stat <"/proc/$process/stat" || return
        # What follows the program's name, which may hold anything: field 3 is the state, field 22 the start.
        set -- ${stat##*) }
        [ "$1" != Z ] && [ "${20}" = "$expected" ]
    else
        set -- $(LC_ALL=C ps -o lstart= -p "$process")
        [ "$*" = "$expected" ]
    fi
}

# Sets pid, start and pid_file from a file in <folder>/started.
registered() {
    pid= start= pid_file=
    { IFS= read -r pid && IFS= read -r start && IFS= read -r boot && IFS= read -r pid_file; } <"$1"
    case $pid in '' | *[!0-9]*) return 1 ;; esac
}

# Succeeds while PostgreSQL waits for its clients to go; its pid file says so in line 8, and in line 1 whose it is.
is_stopping() {
    number=0 status= owner=
    [ -f "$pid_file" ] || return
    while read -r line; do
        number=$((number + 1))
        case $number in 1) owner=$line ;; 8) status=$line ;; esac
    done <"$pid_file"
    [ "$owner" = "$pid" ] && [ "$status" = stopping ]
}

while [ -d "$run" ]; do
    gone_now=
    if [ -f "$run/ended" ] || ! is_alive "$host" "$host_start"; then
        gone=$((gone + 1)) gone_now=1
    fi
    running=
    for entry in "$run"/started/*; do
        [ -f "$entry" ] && registered "$entry" && is_alive "$pid" "$start" || continue
        running=1
        if is_stopping; then
            eval "polls=\$((\${polls_$pid:-0} + 1)); polls_$pid=\$polls"
            [ "$polls" -eq 3 ] && kill -INT "$pid"
        fi
        # DCP, which stops the servers, takes up to 2 s to notice; a server that still runs after 10 s has nobody else to end it.
        [ "$gone" -gt 20 ] && kill -KILL "$pid"
    done
    if [ -n "$gone_now" ]; then
        [ "$gone" -gt 5 ] && [ -z "$running" ] && rm -rf "$run"
        [ "$gone" -gt 60 ] && exit
    fi
    sleep 0.5
done
