"""Says what Ray makes of runtime environments: one JSON case a line in, one JSON answer a line out.

A case is {"mode": "command" or "http", "runtime_env": {...}}, the environment as it leaves KubeRay. The code that runs is
Ray's own, up to where it would need a network:

    command   JobSubmissionClient.submit_job in the submitter, then what the head does with the body that it posted
    http      the head alone: JobManager, the actor's options, the runtime environment's agent

An answer is {"accepted": true} or {"accepted": false, "error": "..."}.
"""

import asyncio
import contextlib
import io
import json
import logging
import os
import sys
import tempfile
import warnings

logging.disable(logging.CRITICAL)

from pip._internal.network.session import PipSession  # noqa: E402
from pip._internal.req.constructors import install_req_from_parsed_requirement  # noqa: E402
from pip._internal.req.req_file import parse_requirements  # noqa: E402
from ray._private import utils  # noqa: E402
from ray._private.runtime_env import dependency_utils, packaging  # noqa: E402
from ray._private.runtime_env.py_modules import PyModulesPlugin  # noqa: E402
from ray._private.runtime_env.working_dir import WorkingDirPlugin  # noqa: E402
from ray.dashboard.modules.job.common import JobSubmitRequest  # noqa: E402
from ray.dashboard.modules.job.job_manager import JobManager  # noqa: E402
from ray.dashboard.modules.job.sdk import JobSubmissionClient  # noqa: E402
from ray.runtime_env import RuntimeEnv  # noqa: E402


SESSION = PipSession()


class Posted(Exception):
    """Carries the body that the client would send."""

    def __init__(self, body):
        self.body = body


class Response:
    status_code = 200


class Store:
    """The cluster's store, in which nobody has put a package."""

    def __getattr__(self, name):
        async def nothing(*_, **__):
            return None

        return nothing


class Client(JobSubmissionClient):
    """The client, with a server that takes every package and ends at the job."""

    def __init__(self):
        self._client_ray_version = "2.0"
        self._default_metadata = {}
        self.uploaded = []

    def _check_connection_and_version(self, *_, **__):
        pass

    def _package_exists(self, package_uri):
        self.uploaded.append(package_uri)
        return False

    def _do_request(self, method, endpoint, **arguments):
        if method == "POST":
            raise Posted(arguments["json_data"])
        return Response()


def submit(runtime_env):
    """What `ray job submit --runtime-env-json` posts, and the packages that it uploaded."""
    client = Client()
    try:
        client.submit_job(entrypoint="python main.py", submission_id="job", runtime_env=runtime_env)
    except Posted as posted:
        return json.loads(json.dumps(posted.body))["runtime_env"], client.uploaded
    raise AssertionError("the client posted nothing")


def start(runtime_env, uploaded, plugins):
    """What the head does before the first byte is downloaded, and how pip reads its lines."""
    request = JobSubmitRequest(entrypoint="python main.py", submission_id="job", runtime_env=runtime_env)
    supervisors = JobManager._get_supervisor_runtime_env(None, request.runtime_env, "job")
    # Its name until 2.46, and since.
    parse = getattr(utils, "parse_runtime_env", None) or utils.parse_runtime_env_for_task_or_actor
    parsed = parse(supervisors)
    utils.get_runtime_env_info(parsed, is_job_runtime_env=False, serialize=True)
    received = RuntimeEnv.deserialize(parsed.serialize())
    received.conda_uri(), received.pip_uri(), received.uv_uri()
    for name, plugin in plugins.items():
        if received.get(name) is None:
            continue
        uris = plugin.get_uris(received)
        for uri in uris or [None]:
            if uri is None or (parse_uri(uri)[0] == packaging.Protocol.GCS and uri not in uploaded):
                asyncio.run(plugin.create(uri, received, None))
    for name in ("pip", "uv"):
        packages = (received.get(name) or {}).get("packages")
        if not packages:
            continue
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "lines.txt")
            dependency_utils.gen_requirements_txt(file, packages)
            for line in parse_requirements(file, SESSION):
                install_req_from_parsed_requirement(line)


def parse_uri(uri):
    # Its name until 2.46, and since.
    return (getattr(packaging, "parse_uri", None) or packaging._parse_uri)(uri)


def answer(case, plugins):
    try:
        runtime_env, uploaded = case["runtime_env"], []
        # pip explains its options there.
        with contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if case["mode"] == "command":
                runtime_env, uploaded = submit(runtime_env)
            start(runtime_env, uploaded, plugins)
        return {"accepted": True}
    except (Exception, SystemExit) as error:  # whatever Ray raises is its answer
        return {"accepted": False, "error": f"{type(error).__name__}: {error}"}


def main():
    # Ray's answers alone belong on stdout.
    answers, sys.stdout = sys.stdout, io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        # What a submitter's or head's image may hold.
        os.makedirs("src/package")
        for name, text in [("src/package/main.py", ""), ("module.py", ""), ("requirements.txt", "six\n")]:
            with open(name, "w") as file:
                file.write(text)
        with open("environment.yaml", "w") as file:
            file.write("dependencies: [six]\n")
        plugins = {
            "working_dir": WorkingDirPlugin(os.path.join(folder, "resources"), Store()),
            "py_modules": PyModulesPlugin(os.path.join(folder, "resources"), Store()),
        }
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line), plugins)), file=answers, flush=True)


if __name__ == "__main__":
    main()
