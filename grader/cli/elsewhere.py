"""``--scheduler ADDRESS``: the options, and the way from them to a run on a cluster."""

# ruff: noqa: PLC0415 - Dask is an extra, and takes a while to load
from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from grader.cli.options import Command, the_tier
from grader.engine.tiers import Tier

if TYPE_CHECKING:
    from grader.cluster.access import Access
    from grader.course import Course
    from grader.grading import Options, Running, Watch


class Elsewhere:
    """A cluster that is to grade; a context manager, as the zygote of this machine is."""

    def __init__(self, access: Access, most: int | None) -> None:
        self._access = access
        self._most = most

    def run(self, course: Course, options: Options, folder: Path, watch: Watch) -> Running:  # noqa: ARG002 - as on this machine
        """A run there."""
        from grader.cluster.run import ClusterRun

        return ClusterRun(self._access, course, options, watch, _tell, self._most)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        """Nothing of it is held here."""


def cluster_options(command: Command) -> Command:
    """``--scheduler ADDRESS`` and the files for TLS"""
    for name, what in (
        ("key", "Our key for tls://."),
        ("cert", "Our certificate for tls://."),
        ("ca", "Who must have signed the scheduler's certificate, for tls://. Default: Dask's own configuration."),
    ):
        command = click.option(
            f"--tls-{name}",
            f"tls_{name}",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            envvar=f"GRADETAPE_TLS_{name.upper()}",
            metavar="FILE",
            help=what,
        )(command)
    return click.option(
        "--scheduler",
        metavar="ADDRESS",
        default=None,
        help='Grade on the Dask cluster of this scheduler, e.g. tls://host:8786. Needs: pip install "gradetape[cluster]".',
    )(command)


def elsewhere(
    scheduler: str, files: tuple[Path | None, Path | None, Path | None], jobs: int | None, profile: bool
) -> Elsewhere:
    """What the options name. A usage error where that cannot be."""
    if find_spec("distributed") is None:
        raise click.UsageError('--scheduler needs Dask: pip install "gradetape[cluster]"')
    if profile:
        raise click.UsageError("--profile tells where the time of this machine went; leave it out with --scheduler")
    from grader.cluster.access import Access

    access = Access(scheduler, *files)
    if not (access.encrypted or access.on_this_machine):
        _tell(
            f"warning: {access.url} is not encrypted; whoever reaches it can read the checks, change grades and run programs "
            "on all its machines. Use tls://, or a network that nobody else is in"
        )
    return Elsewhere(access, jobs)


def tier_of_cluster(demanded: str | None, lang: str) -> Tier:
    """What each worker must give: the tier demanded, or the best of this machine. A usage error where it confines nothing."""
    tier = Tier(demanded) if demanded else the_tier(None, lang)
    if tier is Tier.PROCESS:
        raise click.UsageError(
            "in the tier “process” any submission could take over every machine of the cluster; demand more with "
            "--isolation landlock or strict"
        )
    return tier


def _tell(words: str) -> None:
    click.echo(words, err=True)
