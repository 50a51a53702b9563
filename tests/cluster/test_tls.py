"""A scheduler behind TLS: reached with the right files, and not with others; and what is no scheduler."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import subprocess
import sys
import time

import pytest

from grader.cluster import access
from grader.cluster.access import Access, connected
from grader.errors import ClusterFault

pytestmark = pytest.mark.slow


def certificate(folder, name):
    """One that vouches for itself, and its key."""
    cert, key = folder / f"{name}.pem", folder / f"{name}.key"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    subprocess.run(["openssl", *words, "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


def test_a_port_that_takes_connections_and_says_nothing_is_no_scheduler(monkeypatch):
    monkeypatch.setattr(access, "CONNECT_S", 1)

    async def reach(port):
        async with connected(Access(f"tcp://127.0.0.1:{port}")):
            raise AssertionError("nobody is there")

    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(ClusterFault, match="no scheduler answers"):
        asyncio.run(reach(server.getsockname()[1]))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="certificates are made with openssl")
def test_a_scheduler_behind_tls_answers_whoever_has_its_authority_and_nobody_else(tmp_path):
    cert, key = certificate(tmp_path, "ours")
    stranger = certificate(tmp_path, "strangers")
    log = tmp_path / "log"
    files = ["--tls-ca-file", cert, "--tls-cert", cert, "--tls-key", key]
    words = ["scheduler", "--host", "tls://127.0.0.1", "--port", "0", "--no-dashboard", *files]
    with log.open("w") as file:
        scheduler = subprocess.Popen([sys.executable, "-m", "dask", *map(str, words)], stdout=file, stderr=file)
    try:
        deadline = time.monotonic() + 60
        while not (found := re.search(r"Scheduler at: +(tls://\S+)", log.read_text())):
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)

        async def threads(access):
            async with connected(access) as client:
                return await client.nthreads()

        assert asyncio.run(threads(Access(found[1], cert, cert, key))) == {}
        with pytest.raises(ClusterFault, match="no scheduler answers"):
            asyncio.run(threads(Access(found[1], stranger[0], *stranger)))
    finally:
        scheduler.kill()
        scheduler.wait()
