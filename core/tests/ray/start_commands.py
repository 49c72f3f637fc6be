"""Says what becomes of command lines: one JSON case a line in, one JSON answer a line out.

A case is {"line": "ulimit …; ray start …"}. Bash reads the line, with `ray` a function that notes its arguments; these go
to Ray's own command `start`. Its body runs up to where a node's processes would be started, with the checks that Ray makes
on the way there. An answer is {"starts": true} or {"starts": false, "error": "..."}.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile

logging.disable(logging.CRITICAL)

import ray._private.node  # noqa: E402
import ray._private.services as services  # noqa: E402
import ray._private.utils as utils  # noqa: E402
from ray._private.utils import validate_socket_filepath  # noqa: E402
from ray.scripts.scripts import start  # noqa: E402

try:
    from ray._private.resource_and_label_spec import ResourceAndLabelSpec as Spec
except ImportError:
    from ray._private.resource_spec import ResourceSpec as Spec

EMPTY = tempfile.mkdtemp()
# Only the shell itself: a line that puts `ray` into the background leaves nothing in the container.
FUNCTION = """ray() { if [ "$BASHPID" = "$$" ]; then printf '%s\\0' "$@" >&3; fi; exit 0; }
"""
GIBIBYTE = 1 << 30


class Started(Exception):
    """All checks are passed."""


class Node:
    """Stands where Ray's own class starts processes, and makes the checks that it makes before (Ray 2.38 to 2.60)."""

    def __init__(self, ray_params, head, **_):
        if ray_params._system_config and not head:
            raise ValueError("System config parameters can only be set on the head node.")
        if head and ray_params.external_addresses:
            raise ConnectionError("No Redis answers there.")
        ray_params.update_if_absent(include_log_monitor=True, resources={})
        if head:
            temp_dir = ray_params.temp_dir or "/tmp/ray"
            session = "session_2026-01-01_00-00-00_000000_1"
            validate_socket_filepath(os.path.join(temp_dir, session, "sockets", "plasma_store"))
        ray_params.update_pre_selected_port()
        wanted = [ray_params.num_cpus, ray_params.num_gpus, ray_params.memory, ray_params.object_store_memory]
        extra = [ray_params.labels] if Spec.__name__ == "ResourceAndLabelSpec" else []
        spec = Spec(*wanted, ray_params.resources, *extra).resolve(is_head=head, node_ip_address="127.0.0.1")
        spec.to_resource_dict()
        services.determine_plasma_store_config(
            spec.object_store_memory,
            EMPTY,
            plasma_directory=ray_params.plasma_directory,
            fallback_directory=None,
            huge_pages=False,
        )
        raise Started


def isolate():
    """Keeps the machine and its network out of the answers."""
    ray._private.node.Node = Node
    services.get_node_ip_address = lambda *_, **__: "127.0.0.1"
    services.find_gcs_addresses = lambda *_, **__: set()
    services.find_bootstrap_address = lambda *_, **__: None
    utils.get_shared_memory_bytes = lambda: 64 * GIBIBYTE
    for module in ("ray._common.utils", "ray._private.utils"):
        if hasattr(sys.modules.get(module), "get_system_memory"):
            sys.modules[module].get_system_memory = lambda *_: 128 * GIBIBYTE
    for name in [name for name in os.environ if name.startswith("RAY_")]:
        del os.environ[name]
    os.environ.update({"REDIS_PASSWORD": "example", "RAY_USAGE_STATS_ENABLED": "0"})


def arguments(line):
    """What Bash hands to `ray`; none when it never calls it, or not in the foreground."""
    read, write = os.pipe()
    bash = subprocess.Popen(
        ["/bin/bash", "-c", "--", f"exec 3>&{write}\n{FUNCTION}{line}"],
        cwd=EMPTY, pass_fds=[write], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with open(read, "rb") as pipe:
        words = pipe.read().split(b"\0")[:-1]
    bash.wait()
    return [word.decode() for word in words]


def answer(line):
    words = arguments(line)
    if words[:1] != ["start"]:
        return {"starts": False, "error": "Bash does not come to `ray start`, or leaves it in the background"}
    try:
        start.main(args=words[1:], prog_name="ray start", standalone_mode=False)
    except Started:
        return {"starts": True}
    except BaseException as error:  # noqa: BLE001
        return {"starts": False, "error": f"{type(error).__name__}: {getattr(error, 'message', error)}"[:200]}
    return {"starts": False, "error": "`ray start` ends without a node"}


def main():
    isolate()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    for case in sys.stdin:
        # However a line ends, this process does.
        signal.alarm(120)
        print(json.dumps(answer(json.loads(case)["line"])), file=answers, flush=True)


main()
