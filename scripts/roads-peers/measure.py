"""What the peers' sides share: the questions, the clock, memory and how a child writes its answers."""
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

# A question to a peer is asked so often; ours, being shorter, more often.
TIMES = 5
# No peer may take the machine down.
MOST_BYTES = 6 * 2**30


def questions(folder):
    return json.loads((folder / "questions.json").read_text())


def bound_memory():
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))


def resident_bytes():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("no VmRSS in /proc/self/status")


def timed(work):
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def run(command, log):
    """A peer's own tool; its chatter goes to a log, shown when it fails."""
    with open(log, "a") as out:
        done = subprocess.run([str(it) for it in command], stdout=out, stderr=out)
    if done.returncode != 0:
        sys.stderr.write(Path(log).read_text()[-3000:])
        raise SystemExit(f"{Path(str(command[0])).name} failed with {done.returncode}")


def bytes_of(paths):
    return sum(os.path.getsize(path) for path in paths)


def write(folder, name, answers):
    (folder / name).write_text(json.dumps(answers))
