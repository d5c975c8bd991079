"""The top floor: settings, commands and what starts and stops; knows everyone, known by no one."""
