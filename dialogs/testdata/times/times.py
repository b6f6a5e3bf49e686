"""Works out when plans are due, by a way of its own, and writes times.txt.

    python3 times.py > times.txt

Nothing here knows the program. Days come from walking the calendar with
Python's datetime; the instant of a wall-clock time is found by looking at
every minute of the days around it through zoneinfo, and taking the first one at
which the clocks there show that time or a later one.
"""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
MINUTE = timedelta(minutes=1)


def instant(wall, zone):
    """The first minute at which clocks in the zone show wall or later."""
    t = (wall - timedelta(hours=27)).replace(tzinfo=timezone.utc)
    tz = ZoneInfo(zone)
    # Hours first, then minutes: the clocks are always behind wall before.
    while True:
        step = t + timedelta(hours=1)
        if any((t + i * MINUTE).astimezone(tz).replace(tzinfo=None) >= wall for i in (0, 30, 60)):
            break
        t = step
    t -= timedelta(hours=1)
    while t.astimezone(tz).replace(tzinfo=None) < wall:
        t += MINUTE
    return t


def parts(rule):
    return dict(p.split("=") for p in rule.split(";"))


def last_day(d):
    return ((d.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day


def fits(rule, d):
    p = parts(rule)
    if p["FREQ"] == "WEEKLY":
        return CODES[d.weekday()] in p["BYDAY"].split(",")
    if "BYMONTHDAY" in p:
        n = int(p["BYMONTHDAY"])
        return d.day == (last_day(d) if n < 0 else min(n, last_day(d)))
    n, code = int(p["BYDAY"][:-2]), p["BYDAY"][-2:]
    if CODES[d.weekday()] != code:
        return False
    same = [x for x in range(1, last_day(d) + 1) if d.replace(day=x).weekday() == d.weekday()]
    return d.day == (same[-1] if n < 0 else same[n - 1])


def days(rule, at, since, zone):
    """The days of a rule agreed at the instant since, from its first one on."""
    p = parts(rule)
    n = int(p.get("INTERVAL", 1))
    d = since.astimezone(ZoneInfo(zone)).date()
    while not (fits(rule, d) and instant(datetime.combine(d, at), zone) > since):
        d += timedelta(days=1)
    first = d
    monday = first - timedelta(days=first.weekday())
    for _ in range(1500):
        if "UNTIL" in p and d.strftime("%Y%m%d") > p["UNTIL"]:
            return
        if p["FREQ"] == "WEEKLY":
            turn = (d - timedelta(days=d.weekday()) - monday).days // 7 % n == 0
        else:
            turn = (d.year * 12 + d.month - first.year * 12 - first.month) % n == 0
        if turn and fits(rule, d):
            yield d
        d += timedelta(days=1)


def local(text, zone):
    wall = datetime.fromisoformat(text)
    tz = ZoneInfo(zone)
    return wall.replace(tzinfo=tz).astimezone(timezone.utc)


def show(t, zone):
    return t.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def nexts(rule, at, since, now, zone, count):
    at = datetime.strptime(at, "%H:%M").time()
    out = []
    for d in days(rule, at, local(since, zone), zone):
        t = instant(datetime.combine(d, at), zone)
        if t > local(now, zone):
            out.append(show(t, zone))
        if len(out) == count:
            break
    return out


def line(zone, rule, at, since, now, count=2):
    if rule.startswith("ON="):
        t = instant(datetime.combine(date.fromisoformat(rule[3:]), datetime.strptime(at, "%H:%M").time()), zone)
        out = [show(t, zone)] if t > local(now, zone) and t > local(since, zone) else []
        count = 1
    else:
        out = nexts(rule, at, since, now, zone, count)
    if len(out) < count:
        out.append("none")
    print(f"{zone:20} | {rule:38} | {at} | {since} | {now} | {'  '.join(out)}")


def move(old, new, rule, at, since, now):
    """Somebody moves at the instant now (by the old clocks): the rule's first
    day that has not come by the old clocks, at its time by the new ones."""
    clock = datetime.strptime(at, "%H:%M").time()
    last = None
    todo = []
    for d in days(rule, clock, local(since, old), old):
        if instant(datetime.combine(d, clock), old) <= local(now, old):
            last = d
        else:
            todo.append(d)
            if len(todo) == 2:
                break
    out = [show(instant(datetime.combine(d, clock), new), new) for d in todo]
    print(f"{old} > {new} | {rule} | {at} | {since} | {now} | {'  '.join(out)}")


def head(text):
    print(f"\n# {text}")


print("""# When plans are due: one case a line.
#
# zone | rule (RFC 5545) | local time | agreed | now | the next instants
#
# "agreed" and "now" are wall-clock times of the zone; "none" says that nothing
# follows. In a line of "zone > zone" somebody moves at that moment, and the
# instants are those of the new clocks. The expected instants were worked out by
# times.py beside this file, which knows nothing of the program: it walks the
# calendar day by day and looks for the minute through Python's zoneinfo.""")

ZONES = ["Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"]
SPRING = {"Europe/London": ["2026-03-29"], "America/New_York": ["2026-03-08"], "Australia/Lord_Howe": ["2026-10-04"],
          "Africa/Casablanca": ["2026-03-22", "2027-03-14"], "Pacific/Apia": ["2020-09-27"]}
AUTUMN = {"Europe/London": ["2026-10-25"], "America/New_York": ["2026-11-01"], "Australia/Lord_Howe": ["2026-04-05"],
          "Africa/Casablanca": ["2026-02-15", "2027-02-07"], "Pacific/Apia": ["2021-04-04"]}


def around(edges, what, times):
    for zone, list_ in edges.items():
        for edge in list_:
            day = date.fromisoformat(edge)
            head(f"{what} in {zone} on {edge}")
            since = (day - timedelta(days=20)).isoformat() + "T12:00"
            before = (day - timedelta(days=1)).isoformat() + "T12:00"
            for at in times[zone]:
                line(zone, f"FREQ=WEEKLY;BYDAY={CODES[day.weekday()]}", at, since, before)
            line(zone, f"FREQ=WEEKLY;BYDAY={CODES[(day.weekday() + 1) % 7]}", "10:00", since, before)
            line(zone, f"FREQ=WEEKLY;BYDAY={CODES[(day.weekday() - 1) % 7]}", "10:00", since, (day - timedelta(days=2)).isoformat() + "T12:00")
            line(zone, f"ON={edge}", times[zone][1], since, before)


around(SPRING, "The clocks go forward", {
    "Europe/London": ["00:59", "01:00", "01:30", "02:00", "09:00"],
    "America/New_York": ["01:59", "02:00", "02:30", "03:00", "09:00"],
    "Australia/Lord_Howe": ["01:59", "02:00", "02:15", "02:30", "09:00"],
    "Africa/Casablanca": ["01:59", "02:00", "02:30", "03:00", "09:00"],
    "Pacific/Apia": ["02:59", "03:00", "03:30", "04:00", "09:00"]})
around(AUTUMN, "The clocks go back", {
    "Europe/London": ["00:59", "01:00", "01:30", "02:00", "09:00"],
    "America/New_York": ["00:59", "01:00", "01:30", "02:00", "09:00"],
    "Australia/Lord_Howe": ["01:29", "01:30", "01:45", "02:00", "09:00"],
    "Africa/Casablanca": ["01:59", "02:00", "02:30", "03:00", "09:00"],
    "Pacific/Apia": ["02:59", "03:00", "03:30", "04:00", "09:00"]})

head("The doubled hour: asked between its two rounds, it is over")
line("Europe/London", "FREQ=WEEKLY;BYDAY=SU", "01:30", "2026-10-01T12:00", "2026-10-25T02:10")
line("America/New_York", "FREQ=WEEKLY;BYDAY=SU", "01:30", "2026-10-01T12:00", "2026-11-01T02:10")
line("Australia/Lord_Howe", "FREQ=WEEKLY;BYDAY=SU", "01:45", "2026-03-01T12:00", "2026-04-05T02:10")

head("Samoa leaves out Friday 30 December 2011: that day's start is at the first instant after it")
for at in ["00:00", "10:00", "23:59"]:
    line("Pacific/Apia", "FREQ=WEEKLY;BYDAY=FR", at, "2011-12-01T12:00", "2011-12-28T12:00")
line("Pacific/Apia", "FREQ=WEEKLY;BYDAY=SA", "10:00", "2011-12-01T12:00", "2011-12-28T12:00")
line("Pacific/Apia", "FREQ=WEEKLY;BYDAY=TH,FR,SA", "10:00", "2011-12-01T12:00", "2011-12-28T12:00", 4)
line("Pacific/Apia", "FREQ=MONTHLY;BYMONTHDAY=30", "10:00", "2011-11-01T12:00", "2011-12-28T12:00")
line("Pacific/Apia", "ON=2011-12-30", "10:00", "2011-12-01T12:00", "2011-12-28T12:00")

for zone in ZONES:
    head(f"A plain week, month and year in {zone}")
    line(zone, "FREQ=WEEKLY;BYDAY=WE", "10:00", "2026-01-05T12:00", "2026-05-06T09:59")
    line(zone, "FREQ=WEEKLY;BYDAY=WE", "10:00", "2026-01-05T12:00", "2026-05-06T10:00")
    line(zone, "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "14:00", "2026-01-01T12:00", "2026-06-20T12:00")
    line(zone, "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH", "17:30", "2026-01-06T12:00", "2026-07-01T12:00", 3)
    line(zone, "FREQ=WEEKLY;INTERVAL=4;BYDAY=SU", "09:00", "2026-02-02T12:00", "2026-11-02T12:00")
    line(zone, "FREQ=MONTHLY;BYDAY=2TU", "10:00", "2026-01-20T12:00", "2026-06-09T10:00")
    line(zone, "FREQ=MONTHLY;BYDAY=-1FR", "16:00", "2026-01-20T12:00", "2026-05-29T15:59")
    line(zone, "FREQ=MONTHLY;BYMONTHDAY=15", "11:00", "2026-01-20T12:00", "2026-08-15T12:00")
    line(zone, "FREQ=MONTHLY;BYMONTHDAY=31", "10:00", "2026-01-02T12:00", "2026-01-31T12:00", 3)
    line(zone, "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1", "10:00", "2026-01-02T12:00", "2026-02-01T12:00", 3)
    head(f"The leap day in {zone}")
    line(zone, "ON=2028-02-29", "10:00", "2028-01-01T12:00", "2028-02-01T12:00")
    line(zone, "FREQ=WEEKLY;BYDAY=TU", "10:00", "2028-01-01T12:00", "2028-02-23T12:00")
    line(zone, "FREQ=MONTHLY;BYMONTHDAY=29", "10:00", "2027-01-01T12:00", "2027-02-01T12:00")
    line(zone, "FREQ=MONTHLY;BYMONTHDAY=-1", "10:00", "2028-01-01T12:00", "2028-02-01T12:00")
    head(f"The year's end in {zone}")
    line(zone, "FREQ=WEEKLY;BYDAY=TH", "23:59", "2026-12-01T12:00", "2026-12-31T12:00")
    line(zone, "FREQ=WEEKLY;BYDAY=FR", "00:00", "2026-12-01T12:00", "2026-12-31T12:00")
    line(zone, "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "10:00", "2026-12-01T12:00", "2026-12-31T12:00")
    line(zone, "FREQ=MONTHLY;BYDAY=1FR", "10:00", "2026-12-01T12:00", "2026-12-31T12:00")
    line(zone, "FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20270104", "10:00", "2026-12-01T12:00", "2026-12-31T12:00", 3)
    head(f"What is over in {zone}")
    line(zone, "ON=2026-02-28", "10:00", "2026-02-01T12:00", "2026-03-01T00:00")
    line(zone, "FREQ=WEEKLY;BYDAY=WE;UNTIL=20260401", "10:00", "2026-03-01T12:00", "2026-04-01T10:00")

head("Agreed on the day itself: before its time it starts today, after it in a week")
line("Europe/London", "FREQ=WEEKLY;BYDAY=MO", "10:00", "2026-03-02T09:59", "2026-03-02T09:59")
line("Europe/London", "FREQ=WEEKLY;BYDAY=MO", "10:00", "2026-03-02T10:00", "2026-03-02T10:00")
line("Europe/London", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "10:00", "2026-03-02T10:00", "2026-03-02T10:00")

head("A change of zone in mid-plan")
for rule, at in [("FREQ=WEEKLY;BYDAY=WE", "10:00"), ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "10:00"), ("FREQ=MONTHLY;BYDAY=2WE", "18:00")]:
    for old, new in [("Europe/London", "America/New_York"), ("America/New_York", "Europe/London"), ("Europe/London", "Pacific/Apia"),
                     ("Pacific/Apia", "Europe/London"), ("Asia/Kathmandu", "Africa/Casablanca"), ("Australia/Lord_Howe", "America/New_York")]:
        for now in ["2026-03-11T09:00", "2026-03-11T19:00"]:
            move(old, new, rule, at, "2026-02-02T12:00", now)
head("A move on the day the clocks change")
move("America/New_York", "Europe/London", "FREQ=WEEKLY;BYDAY=SU", "10:00", "2026-02-02T12:00", "2026-03-08T12:00")
move("Europe/London", "Australia/Lord_Howe", "FREQ=WEEKLY;BYDAY=SU", "10:00", "2026-09-02T12:00", "2026-10-03T18:00")
move("Africa/Casablanca", "Europe/London", "FREQ=WEEKLY;BYDAY=SU", "02:30", "2026-02-02T12:00", "2026-03-21T12:00")
