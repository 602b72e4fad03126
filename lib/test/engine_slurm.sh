#!/bin/bash
# engine_slurm.sh: one audit as a Slurm job array, with a merge that waits for it, on a cluster of
# one node that lives as long as this test. One task is killed on its way and requeued by Slurm;
# the merged report has the same bytes as that of one run. Skipped (77) without Slurm, or if its
# daemons cannot run here.
set -euo pipefail
for tool in slurmctld slurmd sbatch scontrol squeue; do
    command -v "$tool" >/dev/null || { echo "skipped: no $tool (slurm-wlm)"; exit 77; }
done
[ "$(id -u)" -eq 0 ] || { echo 'skipped: slurmd needs root'; exit 77; }
work=$(mktemp -d)
chmod 755 "$work"
cd "$work"
mkdir state spool exports shards
daemons=()
trap 'kill "${daemons[@]}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT

# ---- A cluster ----
node=$(hostname -s)
port=$((20000 + $$ % 20000))
cat >slurm.conf <<END
ClusterName=maillint
SlurmctldHost=$node(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/none
CredType=cred/none
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,batch_sched_delay=0
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
ReturnToService=2
JobRequeue=1
NodeName=$node NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=audit Nodes=$node Default=YES OverSubscribe=FORCE:4 State=UP
END
export SLURM_CONF=$work/slurm.conf
slurmctld -D >ctld.log 2>&1 &
daemons+=($!)
slurmd -D -N "$node" >slurmd.log 2>&1 &
daemons+=($!)
for _ in $(seq 100); do
    sinfo -h -o %t 2>/dev/null | grep -q idle && break
    sleep 0.2
done
if ! sinfo -h -o %t 2>/dev/null | grep -q idle; then
    tail -n 3 ctld.log slurmd.log
    echo 'skipped: the daemons do not run here'
    exit 77
fi

# ---- What is audited, and how ----
for i in $(seq 60); do
    mkdir -p "exports/$((i % 7))/$i"
    cp "$MLINT_SOURCE_ROOT/testdata/demo/thunderbird/prefs.js" "exports/$((i % 7))/$i/prefs.js"
done
cp "$MLINT_SOURCE_ROOT"/testdata/demo/*.* exports/
"$MLINT_COMMAND" --no-config --fail-on never -f json -o whole.json exports

# The third task dies the first time; Slurm puts it into the queue again.
cat >audit.sh <<END
#!/bin/sh
cd $work
if [ "\$SLURM_ARRAY_TASK_ID" = 3 ] && mkdir died 2>/dev/null; then
    scontrol requeue "\$SLURM_JOB_ID"
    sleep 60
fi
exec $MLINT_COMMAND --no-config --fail-on never -f ndjson --facts \
    --shard "\$SLURM_ARRAY_TASK_ID/4" -o "shards/\$SLURM_ARRAY_TASK_ID.ndjson" exports
END
cat >merge.sh <<END
#!/bin/sh
cd $work
exec $MLINT_COMMAND merge --fail-on never -f json -o merged.json shards/*.ndjson
END
audit=$(sbatch --parsable --requeue --array=1-4 -o "$work/audit-%a.log" audit.sh)
sbatch --parsable --dependency="afterok:$audit" -o "$work/merge.log" merge.sh
# Slurm lets a requeued task wait for two minutes; this test does not. But a task that comes back
# while the node still remembers its killing would be refused and fail for good.
hurry() {
    squeue -h -r -t PENDING -o '%i %r' | grep -q "^${audit}_3 BeginTime" || return 0
    hurried=yes
    scontrol update "JobId=${audit}_3" StartTime=now+5
}
hurried=''
for _ in $(seq 300); do
    [ -e merged.json ] && break
    [ -n "$hurried" ] || hurry
    sleep 0.3
done
if [ ! -e merged.json ]; then
    squeue
    tail -n 5 audit-*.log ctld.log slurmd.log
    if grep -q 'Killing non-startable' ctld.log; then
        echo 'skipped: Slurm itself refused the requeued task'
        exit 77
    fi
    exit 1
fi
[ -d died ]
for report in whole merged; do
    sed -i 's/"milliseconds":[0-9]*//' "$report.json"
done
cmp whole.json merged.json
echo 'the merged report is the same'
