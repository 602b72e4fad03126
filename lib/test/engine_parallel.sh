#!/bin/bash
# engine_parallel.sh: one audit shared out by GNU parallel over ssh to two hosts, here both this
# machine by two of its addresses. One worker is killed on its way; the job is resumed; the merged
# report has the same bytes as that of one run. Skipped (77) without parallel and sshd.
set -euo pipefail
for tool in parallel ssh ssh-keygen /usr/sbin/sshd; do
    command -v "$tool" >/dev/null || { echo "skipped: no $tool (parallel, openssh-server)"; exit 77; }
done
work=$(mktemp -d)
cd "$work"
mkdir shards exports
server=''
trap 'if [ -n "$server" ]; then kill "$server"; fi; rm -rf "$work"' EXIT

# ---- Two hosts ----
port=$((20000 + $$ % 20000))
ssh-keygen -q -t ed25519 -N '' -f host_key
ssh-keygen -q -t ed25519 -N '' -f key
mkdir -p /run/sshd 2>/dev/null || true # where it wants to be as root
cat >sshd_config <<END
Port $port
ListenAddress 127.0.0.1
ListenAddress 127.0.0.2
HostKey $work/host_key
AuthorizedKeysFile $work/key.pub
PidFile $work/sshd.pid
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
END
/usr/sbin/sshd -D -e -f "$work/sshd_config" 2>sshd.log &
server=$!
cat >ssh_config <<END
Host one
    HostName 127.0.0.1
Host two
    HostName 127.0.0.2
Host *
    Port $port
    IdentityFile $work/key
    StrictHostKeyChecking no
    UserKnownHostsFile $work/known
    LogLevel ERROR
END
export PARALLEL_SSH="ssh -F $work/ssh_config"
for _ in $(seq 50); do
    $PARALLEL_SSH one true 2>/dev/null && break
    sleep 0.1
done
if ! $PARALLEL_SSH two true; then
    cat sshd.log
    echo "skipped: no host answers on loopback"
    exit 77
fi

# ---- What is audited, and how ----
for i in $(seq 60); do
    mkdir -p "exports/$((i % 7))/$i"
    cp "$MLINT_SOURCE_ROOT/testdata/demo/thunderbird/prefs.js" "exports/$((i % 7))/$i/prefs.js"
done
cp "$MLINT_SOURCE_ROOT"/testdata/demo/*.* exports/
"$MLINT_COMMAND" --no-config --fail-on never -f json -o whole.json exports

# A worker that dies the first time that it is given the third share.
cat >worker <<END
#!/bin/sh
cd $work
if [ "\$1" = 3 ] && mkdir died 2>/dev/null; then
    kill -9 \$\$
fi
exec $MLINT_COMMAND --no-config --fail-on never -f ndjson --facts --shard "\$1/6" -o "shards/\$1.ndjson" exports
END
chmod +x worker

run() { parallel --will-cite -S 1/one,1/two --joblog jobs.log "$@" "$work/worker" ::: 1 2 3 4 5 6; }
if run; then
    echo 'the killed worker was not noticed'
    exit 1
fi
[ ! -e shards/3.ndjson ]
run --resume-failed
[ -e shards/3.ndjson ]

"$MLINT_COMMAND" merge --fail-on never -f json -o merged.json shards/*.ndjson
for report in whole merged; do
    sed -i 's/"milliseconds":[0-9]*//' "$report.json"
done
cmp whole.json merged.json
[ "$(cut -f2 jobs.log | sort -u | grep -cE 'one|two')" -eq 2 ] # both hosts worked
echo 'the merged report is the same'
