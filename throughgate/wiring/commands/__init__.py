"""One module for each command: `add_arguments(parser)` and `run(options) -> int`, imported when asked for."""
