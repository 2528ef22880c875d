"""Messages keep template and values apart; errors say what happened, where, and what to do."""

import pytest

from explorer.errors import ExplorerError
from explorer.words import Message, say

GERMAN = {
    "{n} rows in {what}": "{what}: {n} Zeilen",
    "the file {name}": "die Datei {name}",
    "{what} {remedy}": "{what} {remedy}",
    "{where}: {what} {remedy}": "{where}: {what} {remedy}",
    "{file}, line {line}": "{file}, Zeile {line}",
    "It is empty.": "Sie ist leer.",
    "Get it again.": "Neu holen.",
}


def test_a_message_is_english_by_itself() -> None:
    assert str(say("{n} rows in {what}", n=7, what=say("the file {name}", name="a.csv"))) == "7 rows in the file a.csv"
    assert str(say("nothing to fill in")) == "nothing to fill in"
    assert str(say("{share:.1f} of {n:,}", share=0.25, n=12345)) == "0.2 of 12,345"


def test_a_message_is_translated_with_the_messages_in_it_and_not_with_its_values() -> None:
    message = say("{n} rows in {what}", n=7, what=say("the file {name}", name="It is empty."))
    assert message.render(GERMAN.__getitem__) == "die Datei It is empty.: 7 Zeilen"


def test_braces_are_only_braces_in_values_and_in_what_has_nothing_to_fill_in() -> None:
    assert str(say("{name} is not JSON", name='{"a": {0}}')) == '{"a": {0}} is not JSON'
    assert str(say("{what}!", what=say("{name}", name="{x}"))) == "{x}!"
    assert str(say("{}")) == "{}"


def test_any_name_may_be_a_value() -> None:
    assert str(say("{template} {self}", template="a", self="b")) == "a b"


def test_messages_are_equal_by_what_they_say() -> None:
    assert say("a {x}", x=1) == say("a {x}", x=1)
    assert say("a {x}", x=1) != say("a {x}", x=2)
    assert len({say("a {x}", x=1), Message("a {x}", (("x", 1),)), say("a {x}", x=say("1"))}) == 2


@pytest.mark.parametrize(
    ("file", "line", "english", "german"),
    [
        (None, None, "It is empty. Get it again.", "Sie ist leer. Neu holen."),
        ("a.csv", None, "a.csv: It is empty. Get it again.", "a.csv: Sie ist leer. Neu holen."),
        ("a.csv", 3, "a.csv, line 3: It is empty. Get it again.", "a.csv, Zeile 3: Sie ist leer. Neu holen."),
        ("{n}.csv", 0, "{n}.csv, line 0: It is empty. Get it again.", "{n}.csv, Zeile 0: Sie ist leer. Neu holen."),
    ],
)
def test_an_error_is_one_sentence_in_either_language(
    file: str | None, line: int | None, english: str, german: str
) -> None:
    error = ExplorerError(say("It is empty."), remedy=say("Get it again."), file=file, line=line)
    assert str(error) == english
    assert error.sentence.render(lambda text: GERMAN.get(text, text)) == german
    assert (error.where is None) == (file is None)


def test_an_error_keeps_its_parts_for_whoever_shows_them() -> None:
    with pytest.raises(ExplorerError) as caught:
        raise ExplorerError(say("{n} rows", n=2), remedy=say("Mend it."), file="a.csv", line=4)
    assert (caught.value.what, caught.value.remedy) == (say("{n} rows", n=2), say("Mend it."))
    assert (caught.value.file, caught.value.line, str(caught.value.where)) == ("a.csv", 4, "a.csv, line 4")
