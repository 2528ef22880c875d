"""What a person reads, kept apart from the language it is read in.

Qt-free code says things as a `Message`: an English template with named values. `str(message)` is English; the
Qt edge renders the same message through the installed translation.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence or label: an English `template` in `str.format` syntax and its named `values`."""

    template: str
    values: tuple[tuple[str, object], ...] = ()

    def render(self, translate: Callable[[str], str]) -> str:
        """Return the text with template and nested messages passed through `translate` (source text → text)."""
        filled = {name: value.render(translate) if isinstance(value, Message) else value for name, value in self.values}
        return translate(self.template).format(**filled) if filled else translate(self.template)

    def __str__(self) -> str:
        return self.render(str)


def say(template: str, /, **values: object) -> Message:
    """Return the message `template` with `values`, which may be messages themselves."""
    return Message(template, tuple(values.items()))
