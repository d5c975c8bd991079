"""What the machine did meanwhile: processor time of ours and of others, and how quiet it was."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import sleep

PROC = Path("/proc")
LOOK_SECONDS = 2


@dataclass(frozen=True)
class Spent:
    """Processor seconds of the whole machine since it started."""

    busy: float
    idle: float


def tells() -> bool:
    """Whether this system says what processes spend."""
    return (PROC / "stat").exists()


def spent() -> Spent:
    """So far, by everything that runs here."""
    fields = [int(field) / _ticks() for field in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return Spent(sum(fields) - idle, idle)


def idle_share() -> float | None:
    """How quiet it is, looked at for a moment; None where the system does not tell."""
    if not tells():
        return None
    before = spent()
    sleep(LOOK_SECONDS)
    after = spent()
    busy, idle = after.busy - before.busy, after.idle - before.idle
    return idle / (busy + idle) if busy + idle else 1.0


def own_seconds() -> float:
    """Spent by this process, and by its children that have ended."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def seconds_of(pids: Iterable[int]) -> float:
    """Spent by these processes, and by their children that have ended. One that is gone counts nothing."""
    return sum(sum(_stat(pid)[11:15]) / _ticks() for pid in pids)


def with_children(pid: int) -> list[int]:
    """The process and those it started; the process alone where the system does not tell."""
    found = [int(path.name) for path in PROC.glob("[0-9]*")] if tells() else []
    return [pid, *(other for other in found if _stat(other)[1] == pid)]


def description() -> dict[str, object]:
    """The machine without its name: enough to compare one report with another."""
    return {
        "processors": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _stat(pid: int) -> list[int]:
    """The numbers after the name: [1] is the parent, [11:15] user and system ticks, own and of children."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return [0] * 20
    return [0, *map(int, fields[1:20])]


def _ticks() -> int:
    return os.sysconf("SC_CLK_TCK")
