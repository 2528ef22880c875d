"""`tokenshare growth`: what each way of asking prints, and what is refused."""

import pytest
from click.testing import CliRunner, Result

from explorer.cli import main


def growth(*args: str) -> Result:
    return CliRunner().invoke(main, ["growth", *args])


def lines(*args: str) -> list[str]:
    done = growth(*args)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout.replace("\u2009", " ").splitlines()


def test_two_values_without_a_time() -> None:
    assert lines("--from", "2.27", "--to", "5.16") == [
        "From 2.27 to 5.16 is 2.273 times as much, a change of +127.3 %."
    ]


def test_two_values_over_three_weeks() -> None:
    first, week, year, doubling = lines("--from", "2.27T", "--to", "5.16T", "--over", "3w")
    assert first == "From 2.27T to 5.16T in 3 weeks is 2.273 times as much, a change of +127.3 %."
    assert week.startswith("At that pace it changes by +31.5 % a week")
    assert " a year" in year
    assert doubling == "At that pace it doubles every 2.53 weeks."


def test_units_of_values_count() -> None:
    (line,) = lines("--from", "798B", "--to", "1.7T")
    assert "is 2.13 times as much" in line


def test_a_multiple_as_a_rate_a_year() -> None:
    found = lines("--multiple", "370", "--over", "5y")
    assert "At that pace it changes by +226.3 % a year, to 3.263 times as much each year." in found
    assert "At that pace it doubles every 7.03 months." in found


@pytest.mark.parametrize("rate", ["330%", "330 %", "330", "+330%"])
def test_a_rate_a_year_as_a_multiple_and_its_misreading(rate: str) -> None:
    first, *_, last = lines("--per-year", rate, "--over", "5 years")
    assert first.startswith("1 470 times as much in 5 years")
    assert last == (
        "+330 % a year is 4.3 times as much each year; 3.3 times would be only +230 %, "
        "and 391.4 times as much after 5 years, not 1 470 times."
    )


def test_a_fall_and_a_doubling_time_speak_of_a_year_where_no_time_is_given() -> None:
    assert lines("--per-year", "-20%")[0] == "0.8 times as much in 1 year is a change of −20 %."
    assert lines("--doubling", "6m")[0] == "4 times as much in 1 year is a change of +300 %."
    assert lines("--multiple", "1,470x", "--over", "60m")[2].startswith("At that pace it changes by +330 % a year")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "Growth takes two values, or one of"),
        (("--from", "2"), "Growth takes two values, or one of"),
        (("--to", "2"), "Growth takes two values, or one of"),
        (("--multiple", "3", "--per-year", "4%"), "Growth takes two values, or one of"),
        (("--multiple", "3", "--to", "4"), "Growth takes two values, or one of"),
        (("--from", "two", "--to", "3"), "“two” is not understood. Write it like 2.27 or 5.16T."),
        (("--from", "", "--to", "3"), "Growth takes two values"),
        (("--from", "-2", "--to", "3"), "Values and times are above zero, rates above −100%."),
        (("--from", "0", "--to", "3"), "Values and times are above zero"),
        (("--from", "1,5", "--to", "3"), "“1,5” is not understood."),
        (("--multiple", "x"), "“x” is not understood. Write it like 370 or 11.25x."),
        (("--multiple", "3", "--over", "5"), "“5” is not understood. Write it like 3w, 18m or 5y."),
        (("--multiple", "3", "--over", "5 aeons"), "“5 aeons” is no time."),
        (("--multiple", "3", "--over", "0d"), "“0d” is no time."),
        (("--multiple", "3", "--over", "-1d"), "“-1d” is no time."),
        (("--multiple", "3", "--over", "9" * 400 + "d"), "is no time."),
        (("--per-year", "-100%"), "rates above −100%."),
        (("--per-year", "9999999", "--over", "999y"), "That is no growth that can be counted."),
    ],
)
def test_what_cannot_be_meant_is_one_sentence_and_exit_code_2(args: tuple[str, ...], said: str) -> None:
    done = growth(*args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
