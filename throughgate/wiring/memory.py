"""How often Python looks for rubbish."""

import gc

ONCE_IN = 50_000  # objects made; at the usual 700 a chunk of an import is looked through some hundred times


def keep_what_is_loaded() -> None:
    """Once in a process, when all is loaded: that stays for good, so nobody need look through it again.

    Processes made from this one then share its memory for longer, too.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(ONCE_IN)
