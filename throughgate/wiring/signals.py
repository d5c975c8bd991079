"""Being stopped: the first Ctrl-C or polite kill leaves time to stop everything that was started."""

import signal
from types import FrameType

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop_once() -> None:
    """The first raises KeyboardInterrupt; the rest are ignored while things are being stopped."""
    for each in STOPPING:
        if signal.getsignal(each) is not signal.SIG_IGN:  # nohup
            signal.signal(each, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt
