"""KPIs of real complaints, requests and incidents come to the published figures."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from servicekit.kpi import (
    Better,
    Column,
    Count,
    Elapsed,
    Kpi,
    Mean,
    Method,
    Percentile,
    Period,
    Ratio,
    Share,
    Total,
    Within,
    measure,
)

NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NEAREST = Method.NEAREST_RANK


def kpis(**measures):
    """Make KPIs of measures by key."""
    return [Kpi(key, key, what, unit="-", better=Better.NEITHER) for key, what in measures.items()]


def percentiles(of):
    """Ask for the percentiles that the expected figures have, by both methods."""
    linear = {f"p{p}_linear": Percentile(of, p / 100) for p in (50, 80, 90, 95)}
    nearest = {
        f"p{p}_nearest_rank": Percentile(of, p / 100, method=NEAREST) for p in (50, 80, 90, 95)
    }
    return linear | nearest | {"min": Percentile(of, 0), "max": Percentile(of, 1), "mean": Mean(of)}


def values(found):
    """Give the values of measurements by key."""
    return {key: one.value for key, one in found.items()}


def agree(expected, found):
    """Compare every figure that both have, to 1e-9; there are some."""
    both = {key: float(one) for key, one in values(found).items() if key in expected}
    assert len(both) == len(found)
    assert pytest.approx({key: expected[key] for key in both}, rel=1e-9, abs=1e-9) == both


def by_group(found, key):
    """Give one KPI's value in every group."""
    return {group: float(one[key].value) for group, one in found.items()}


def counts(rows, by, as_of):
    """Count rows by group."""
    return by_group(measure(kpis(n=Count()), rows, as_of=as_of, by=by), "n")


@pytest.fixture(scope="module")
def complaints(data_folder):
    """Read the complaints, an empty text as unknown."""
    with (data_folder / "cfpb" / "complaints_slim.csv").open(encoding="utf-8") as file:
        rows = [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]
    for row in rows:
        row["received"] = date.fromisoformat(row["Date received"])
        row["sent"] = date.fromisoformat(row["Date sent to company"])
    return rows


@pytest.fixture(scope="module")
def expected_of_complaints(data_folder):
    """Read the expected figures."""
    return json.loads((data_folder / "cfpb" / "expected.json").read_text("utf-8"))["computed"]


@pytest.fixture(scope="module")
def requests(data_folder):
    """Read the requests and attach the zone to their clock readings."""
    with (data_folder / "nyc311" / "requests.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for key in ("created", "closed"):
            at = datetime.fromisoformat(row[key]) if row[key] else None
            row[key] = at and at.replace(tzinfo=NEW_YORK)
            row[f"{key} on the clock"] = at and at.replace(tzinfo=UTC)
    return rows


@pytest.fixture(scope="module")
def expected_of_requests(data_folder):
    """Read the expected figures."""
    return json.loads((data_folder / "nyc311" / "expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def incidents(data_folder):
    """Read the incidents, their clock readings as those of UTC."""
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = parquet.read_table(data_folder / "incident_log" / "incidents.parquet").to_pylist()
    for row in rows:
        for key in ("opened_at", "resolved_at", "closed_at"):
            row[key] = row[key] and row[key].replace(tzinfo=UTC)
    return rows


@pytest.fixture(scope="module")
def expected_of_incidents(data_folder):
    """Read the expected figures."""
    path = data_folder / "incident_log" / "expected.json"
    return json.loads(path.read_text("utf-8"))["computed"]


class TestComplaints:
    """6,623 complaints to the US Consumer Financial Protection Bureau."""

    NOW = datetime(2020, 7, 1, tzinfo=UTC)

    def test_timely(self, complaints, expected_of_complaints):
        """The share of timely responses, all together and by year."""
        asked = kpis(timely=Share(Column("Timely response?").equals("Yes")))
        m = measure(asked, complaints, as_of=self.NOW)["timely"]
        assert pytest.approx(expected_of_complaints["timely_rate_of_given"], rel=1e-9) == float(
            m.value
        )
        given = expected_of_complaints["timely_counts"]
        assert (given["Yes"], given["Yes"] + given["No"]) == (m.numerator, m.denominator)
        assert expected_of_complaints["n"] == m.n + m.unknown
        yearly = measure(asked, complaints, as_of=self.NOW, by=Period("received", "year"))
        assert pytest.approx(expected_of_complaints["by_year_timely_rate"]) == by_group(
            yearly, "timely"
        )

    def test_days_until_sent(self, complaints, expected_of_complaints):
        """The days from receiving a complaint to sending it to the company."""
        days = Elapsed("received", "sent", unit=DAY)
        found = measure(
            kpis(n=Count(days.known()), **percentiles(days)), complaints, as_of=self.NOW
        )
        assert expected_of_complaints["n"] == found["n"].value
        agree(expected_of_complaints["days_received_to_sent"], found)
        negative = measure(kpis(n=Count(days < 0)), complaints, as_of=self.NOW)["n"]
        assert expected_of_complaints["negative_lags"] == negative.value

    def test_counts(self, complaints, expected_of_complaints):
        """Complaints by channel, product, response and month."""
        columns = {
            "by_channel": "Submitted via",
            "by_product": "Product",
            "by_company_response": "Company response to consumer",
            "by_month": Period("received", "month"),
        }
        for key, by in columns.items():
            assert expected_of_complaints[key] == counts(complaints, by, self.NOW)


class TestRequests:
    """4,969 requests to the City of New York, across the start of summer time."""

    NOW = datetime(2025, 6, 1, tzinfo=UTC)

    @pytest.mark.parametrize("clock", ["", " on the clock"])
    def test_hours_to_close(self, requests, expected_of_requests, clock):
        """Hours by real time and by the clock, and both shares closed within 24 hours."""
        real = next(key for key in expected_of_requests if key.startswith("real_elapsed"))
        figures = dict(
            expected_of_requests[real]
            if not clock
            else expected_of_requests["computed"]["hours_to_close"]
        )
        start, end = f"created{clock}", f"closed{clock}"
        hours = Elapsed(start, end, unit=HOUR)
        found = measure(
            kpis(n=Count(hours.known()), **percentiles(hours)), requests, as_of=self.NOW
        )
        agree(figures, {key: one for key, one in found.items() if key in figures})
        in_a_day = kpis(
            within_24h_of_closed=Share(hours <= 24),
            within_24h_of_all=Share(Within(start, end, DAY)),
        )
        shares = measure(in_a_day, requests, as_of=self.NOW)
        prefix = "closed_" if clock else ""
        source = expected_of_requests["computed"] if clock else expected_of_requests[real]
        agree({key: source[prefix + key] for key in shares}, shares)
        assert expected_of_requests["computed"]["n"] == shares["within_24h_of_all"].n
        assert expected_of_requests["computed"]["closed"] == shares["within_24h_of_closed"].n

    def test_the_clock_change(self, requests, expected_of_requests):
        """So many requests are an hour off by the clock."""
        real = next(key for key in expected_of_requests if key.startswith("real_elapsed"))
        asked = kpis(
            real=Total(Elapsed("created", "closed", unit=HOUR)),
            clock=Total(Elapsed("created on the clock", "closed on the clock", unit=HOUR)),
        )
        found = values(measure(asked, requests, as_of=self.NOW))
        assert (
            expected_of_requests[real]["rows_that_differ_from_wall_clock"]
            == found["clock"] - found["real"]
        )

    def test_counts(self, requests, expected_of_requests):
        """Requests by borough, type, status and day, and what is odd about their durations."""
        figures = expected_of_requests["computed"]
        for key, by in {
            "by_borough": "borough",
            "by_type": "type",
            "status": "status",
            "by_day": Period("created", "day", NEW_YORK),
        }.items():
            assert figures[key] == counts(requests, by, self.NOW)
        seconds = Elapsed("created on the clock", "closed on the clock")
        status = Column("status").equals("Closed")
        odd = kpis(
            negative_durations=Count(seconds < 0),
            zero_durations=Count((seconds >= 0) & (seconds <= 0)),
            closed_status_without_date=Count(status & ~Column("closed").known()),
        )
        agree(figures, measure(odd, requests, as_of=self.NOW))

    def test_medians_by_borough(self, requests, expected_of_requests):
        """The median hours of every borough."""
        asked = kpis(p50=Percentile(Elapsed("created", "closed", unit=HOUR), 0.5))
        found = measure(asked, requests, as_of=self.NOW, by="borough")
        assert pytest.approx(
            expected_of_requests["computed"]["median_hours_by_borough"]
        ) == by_group(found, "p50")

    def test_as_of_the_last_day(self, requests):
        """As of an instant inside the data, young requests are open and late ends unknown."""
        now = datetime(2025, 3, 1, tzinfo=NEW_YORK)
        known = [row for row in requests if row["created"] <= now]
        m = measure(kpis(k=Share(Within("created", "closed", DAY))), known, as_of=now)["k"]
        young = sum(row["created"] > now - DAY for row in known)
        assert (young, len(known) - young) == (m.still_open, m.n)
        assert young > 0


class TestIncidents:
    """24,918 incidents of an IT company (UCI 498)."""

    NOW = datetime(2018, 1, 1, tzinfo=UTC)

    @pytest.mark.parametrize("end", ["resolved_at", "closed_at"])
    def test_hours(self, incidents, expected_of_incidents, end):
        """Hours to resolve and to close."""
        hours = Elapsed("opened_at", end, unit=HOUR)
        figures = expected_of_incidents[
            "hours_to_resolve" if end == "resolved_at" else "hours_to_close"
        ]
        found = measure(
            kpis(n=Count(hours.known()), **percentiles(hours)), incidents, as_of=self.NOW
        )
        agree(figures, found)

    def test_rates(self, incidents, expected_of_incidents):
        """Incidents, how many were reopened or passed on, and how often."""
        again, passed = Column("reopen_count"), Column("reassignment_count")
        hours = Elapsed("opened_at", "resolved_at", unit=HOUR)
        asked = kpis(
            incidents=Count(),
            reopened_rate=Share(again > 0),
            reassigned_rate=Share(passed > 0),
            mean_reassignments=Mean(passed),
            missing_resolved_at=Count(~Column("resolved_at").known()),
            negative_hours_to_resolve=Count(hours < 0),
        )
        found = measure(asked, incidents, as_of=self.NOW)
        agree(expected_of_incidents, found)
        rate = measure(kpis(k=Ratio(Total(passed), Count())), incidents, as_of=self.NOW)["k"]
        assert found["mean_reassignments"].value == rate.value

    def test_groups(self, incidents, expected_of_incidents):
        """Incidents by channel, priority, state and month, and medians by priority."""
        for key, by in {
            "by_contact_type": "contact_type",
            "by_priority": "priority",
            "final_state": "incident_state",
            "opened_by_month": Period("opened_at", "month", UTC),
        }.items():
            found = counts(incidents, by, self.NOW)
            assert expected_of_incidents[key] == {str(group): n for group, n in found.items()}
        asked = kpis(p50=Percentile(Elapsed("opened_at", "resolved_at", unit=HOUR), 0.5))
        found = by_group(measure(asked, incidents, as_of=self.NOW, by="priority"), "p50")
        assert pytest.approx(expected_of_incidents["median_hours_to_resolve_by_priority"]) == found
