"""What does not fit together in what a source said, in words: for a record and for a run."""

from functools import cache

from throughgate.pages import wording
from throughgate.pages.wording import words as _


def words(key: str) -> str:
    """A sentence that says what is odd and what to do; of a key without one, at least the key, readable."""
    known = _sentences(wording.current().language)
    return known.get(key) or f"{key.replace('_', ' ').capitalize()}. {_('Check it with the source.')}"


@cache
def _sentences(_language: str | None) -> dict[str, str]:
    return {**_custody(), **_treatment(), **_unread(), **_cells()}


def _custody() -> dict[str, str]:
    return {
        "told_another_day": _(
            "A worker was told another day to leave on than is on record. Ask the prison which it is."
        ),
        "dead_and_held": _("The source says they have died and are inside. Ask the prison today."),
        "released_and_inside": _("The last movement is a release, and they are said to be inside. Check."),
        "confirmed_past_and_held": _("The confirmed release date is past, and they are still held."),
        "release_past_and_held": _("The release date is past, and they are still held."),
        "confirmed_before_reception": _("The confirmed release date is before this custody began."),
        "release_before_reception": _("The release date is before this custody began."),
        "confirmed_not_release": _("The source gives two release dates. See every date on record."),
        "licence_ends_before_release": _("The licence ends before the release date."),
        "sentence_ends_before_release": _("The sentence ends before the release date."),
        "received_before_birth": _("They are said to have been received before they were born."),
        "received_as_a_child": _("They would have been a young child when received. Check the birth date."),
        "born_in_future": _("The birth date is still to come. Check it."),
        "received_in_future": _("The day they were received is still to come. Check it."),
        "moved_in_future": _("The last movement is dated in the future. Check it."),
        "moved_before_reception": _("The last movement is dated before this custody began."),
        "in_and_out": _("The source says both in and out. Check where they are."),
        "recall_told_two_ways": _("The source says two things about a recall. Ask the prison."),
        "conviction_told_two_ways": _("The source says two things about a conviction. Ask the prison."),
        "prison_not_told": _("The source says they are inside, and not where."),
        "ghost_prison": _("The prison's code stands for a record kept on paper; nobody is held there."),
        "too_far_off": _("A date is too far off to be right. Check it."),
        "release_without_reason": _(
            "They are said to have left, and not why: check by hand. The weeks after release count for now."
        ),
        "out_of_order": _("Movements are told in an order that cannot be. Check their dates."),
        "told_before_it_happened": _("A movement is dated after the day it was told. Check the date."),
        "in_two_prisons": _("Two sources have them in two prisons on one day. See the timeline."),
        "ended_by_another_source": _("One source says this custody ended, another that it goes on."),
        "in_custody_after_death": _("They are said to be in custody after the day they died."),
    }


def _treatment() -> dict[str, str]:
    return {
        "not_given": _("Nothing is given where something is needed."),
        "under_18": _("They were under 18 when referred, and this is for adults."),
        "born_too_early": _("The birth date is too long ago to be right."),
        "referred_before_birth": _("They were referred before they were born. Check the dates."),
        "assessed_before_referral": _("They were assessed before they were referred. Check the dates."),
        "authority_out_of_england": _("A local authority is given with an area outside England."),
        "started_before_assessment": _("Treatment began before it was assessed for. Check the dates."),
        "ended_before_start": _("It ended before it began. Check the dates."),
        "left_before_intervention_ended": _("They left before a part of their treatment ended."),
        "left_without_reason": _("They left, and no reason is given."),
        "left_before_referral": _("They left before they were referred. Check the dates."),
        "left_before_start": _("They left before they started. Check the dates."),
        "referred_in_future": _("The day they were referred is still to come. Check it."),
        "started_in_future": _("The day they started is still to come. Check it."),
        "drug_twice": _("The same substance is named twice."),
        "dose_not_a_number": _("The dose cannot be read as a number. Ask the provider."),
        "dose_without_unit": _("The dose has no unit. Ask the provider."),
        "dose_of_nothing": _("The dose is nothing. Ask the provider."),
        "cover_ends_before_start": _("The prescription ends before it begins. Check the dates."),
        "stopped_before_start": _("The prescription was stopped before it began. Check the dates."),
        "dose_after_stop": _("A dose was taken after the prescription was stopped. Ask the provider."),
        "dose_in_future": _("The last dose is dated in the future. Check it."),
        "outcome_before_the_day": _("The outcome of an appointment is told before its day."),
    }


def _unread() -> dict[str, str]:
    return {
        "event_not_used": _("This kind of event is not used here. Nothing of it was kept."),
        "event_tells_no_more": _("It says that something changed, and not what. The next extract tells."),
        "event_by_hand": _("It moves or removes what is on record, and nobody has: look who is who."),
        "not_text": _("This is not text. It is kept as written."),
        "too_long": _("This is too long. The beginning of it is kept."),
        "not_yes_or_no": _("This is neither yes nor no. It is kept as written."),
        "unfilled_template": _("A template of the source was never filled in. It is kept as written."),
        "not_a_day": _("This cannot be read as a day. It is kept as written."),
        "not_a_list": _("A list was expected here. It is kept as written."),
        "not_an_object": _("An item of a list cannot be read. It is kept as written."),
        "birth_date_unreadable": _("The birth date cannot be read. It is kept as written."),
        "birth_date_future": _("The birth date is still to come. It is kept as written."),
        "birth_date_too_long_ago": _("The birth date is too long ago to be right. It is kept as written."),
        "identifier_shape": _("The number does not have the shape of its kind. It joins nothing."),
        "identifier_check_character": _("The number's own check fails: a slip of the pen. It joins nothing."),
        "identifier_repeated_digit": _("The number is one digit repeated, so nobody's. It joins nothing."),
        "identifier_two_readings": _("The number can be read in two ways. It is kept, and joins nothing."),
    }


def _cells() -> dict[str, str]:
    """Of the cells of a treatment file."""
    return {
        "two_digit_year": _("The year has two digits. It is kept as written."),
        "month_first": _("The month stands before the day. It is kept as written."),
        "two_readings": _(
            "The file also writes the month first, so this day could be two. It is kept as written."
        ),
        "birth_date_placeholder": _(
            "This day often stands for none. If it is right, say so; it is kept as written."
        ),
        "not_a_time": _("The time of day cannot be read. The day is taken, the rest kept as written."),
        "no_such_hour": _("The clocks went forward, and this hour never was. The day is taken."),
        "hour_happened_twice": _("The clocks went back, and this hour came twice. The first is taken."),
        "midnight": _("Midnight often means that no time was kept. Check it."),
        "not_a_number": _("This is not a plain number. It is shown as written, and compared with nothing."),
        "not_a_whole_number": _("This is not a whole number. It is kept as written."),
        "not_an_initial": _("This is more than one letter. It is kept as written."),
        "unknown_code": _("This code is not in our table. Check it by hand."),
        "odd_characters": _(
            "There are characters in it that cannot be seen or read. They are shown as codes."
        ),
        "changed_by_spreadsheet": _("A spreadsheet has changed this reference. It is kept as written."),
        "said_otherwise": _(
            "Another row of the same file said something else, which stands. Check which is right."
        ),
        "unknown_column": _("We do not know this column. What stands in it is kept as text."),
        "beyond_header": _("There are more cells than columns. They are kept as text."),
        "not_placed": _("What this belongs to cannot be told. It is kept as text."),
    }
