"""What is to be put right before somebody can be invited, or a program added."""

from throughgate.pages.wording import words as _


def no_address() -> str:
    return _("Write their e-mail address at work, such as bea@example.org.")


def no_name() -> str:
    return _("Say who it is for, as colleagues call them.")


def no_role() -> str:
    return _("Choose what they will do.")


def no_team() -> str:
    return _("Say which team they will work in.")


def no_program_name() -> str:
    return _("Say which program it is, as your colleagues call it.")


def no_program_role() -> str:
    return _("Choose as what it asks: which role's part of a record it needs.")


def no_team_of_yours() -> str:
    return _("Choose the team whose people it fetches.")


def no_end() -> str:
    return _("Give the last day on which it may ask: from today up to a year away.")
