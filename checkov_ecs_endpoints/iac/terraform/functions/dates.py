"""Functions of dates and times.

Terraform documentation: Functions, "Date and Time Functions". What depends on the time of
the run is not known.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from fractions import Fraction

from checkov_ecs_endpoints.iac.terraform.faults import Invalid
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import STRING
from checkov_ecs_endpoints.iac.terraform.numeric import Whole
from checkov_ecs_endpoints.iac.terraform.scope import Inner

_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|([+-])(\d\d):(\d\d))", re.ASCII
)
_DURATION = re.compile(r"[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|[+-]?0", re.ASCII)
_PIECE = re.compile(r"(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)", re.ASCII)
_MICROSECONDS = {
    "ns": Fraction(1, 1000),
    "us": Fraction(1),
    "µs": Fraction(1),
    "μs": Fraction(1),
    "ms": Fraction(1000),
    "s": Fraction(10**6),
    "m": Fraction(60 * 10**6),
    "h": Fraction(3600 * 10**6),
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_TOKEN = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'")


def _moment(stamp: str) -> datetime:
    """The time that a timestamp of RFC 3339 says."""
    found = _STAMP.fullmatch(stamp)
    if found is None:
        raise Invalid(f'"{stamp}" is no timestamp of RFC 3339')
    zone = timezone.utc
    if found[9]:
        offset = timedelta(hours=int(found[10]), minutes=int(found[11]))
        if int(found[10]) > 23 or int(found[11]) > 59:
            raise Invalid(f'"{stamp}" is no timestamp of RFC 3339')
        zone = timezone(-offset if found[9] == "-" else offset)
    fraction = int((found[7] or "").ljust(6, "0")[:6])
    try:
        year, month, day, hour, minute, second = (int(found[at]) for at in range(1, 7))
        return datetime(year, month, day, hour, minute, second, fraction, zone)
    except ValueError:
        raise Invalid(f'"{stamp}" is no timestamp of RFC 3339') from None


@function("timeadd", STRING, STRING)
def timeadd(stamp: str, duration: str) -> Inner:
    """A timestamp that is a duration later."""
    if _DURATION.fullmatch(duration) is None:
        raise Invalid(f'"{duration}" is no duration')
    amount = sum(
        (Fraction(number) * _MICROSECONDS[unit] for number, unit in _PIECE.findall(duration)), Fraction()
    )
    try:
        later = _moment(stamp) + timedelta(microseconds=int(-amount if duration[0] == "-" else amount))
    except OverflowError:
        raise Invalid(f'"{duration}" is too long') from None
    return later.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + _offset(later, ":", "Z")


@function("timecmp", STRING, STRING)
def timecmp(first: str, second: str) -> Inner:
    """-1, 0 or 1 by which timestamp is earlier."""
    ours, theirs = _moment(first), _moment(second)
    return Whole((ours > theirs) - (ours < theirs))


@function("formatdate", STRING, STRING)
def formatdate(pattern: str, stamp: str) -> Inner:
    """A timestamp in another form."""
    moment = _moment(stamp)
    made: list[str] = []
    for found in _TOKEN.finditer(pattern):
        token = found[0]
        if token == "'":
            raise Invalid("a literal of formatdate is not closed")
        if token[0] == "'":
            made.append(token[1:-1].replace("''", "'"))
        elif found[1]:
            made.append(_written(token, moment))
        else:
            made.append(token)
    return "".join(made)


def _written(token: str, moment: datetime) -> str:
    hour = moment.hour % 12 or 12
    forms = {
        "YYYY": f"{moment.year:04d}",
        "YY": f"{moment.year % 100:02d}",
        "MMMM": _MONTHS[moment.month - 1],
        "MMM": _MONTHS[moment.month - 1][:3],
        "MM": f"{moment.month:02d}",
        "M": str(moment.month),
        "DD": f"{moment.day:02d}",
        "D": str(moment.day),
        "EEEE": _DAYS[moment.weekday()],
        "EEE": _DAYS[moment.weekday()][:3],
        "hh": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "HH": f"{hour:02d}",
        "H": str(hour),
        "AA": "AM" if moment.hour < 12 else "PM",
        "aa": "am" if moment.hour < 12 else "pm",
        "mm": f"{moment.minute:02d}",
        "m": str(moment.minute),
        "ss": f"{moment.second:02d}",
        "s": str(moment.second),
        "Z": _offset(moment, ":", "Z"),
        "ZZZ": _offset(moment, "", "UTC"),
        "ZZZZ": _offset(moment, "", None),
        "ZZZZZ": _offset(moment, ":", None),
    }
    if token not in forms:
        raise Invalid(f'"{token}" is no verb of formatdate')
    return forms[token]


def _offset(moment: datetime, separator: str, utc: str | None) -> str:
    """The distance from UTC."""
    offset = moment.utcoffset() or timedelta()
    if not offset and utc is not None:
        return utc
    minutes = abs(int(offset.total_seconds())) // 60
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02d}{separator}{minutes % 60:02d}"
