import sys

import pytest

from explorer.app import system_libraries
from explorer.app.system_libraries import INSTALL, LIBRARIES, PACKAGES, missing_libraries
from explorer.errors import ExplorerError

WINDOW = {"DISPLAY": ":0"}


def lacking(*sonames: str):
    return lambda soname: soname not in sonames


def test_without_a_display_the_libraries_of_a_window_are_not_missed() -> None:
    present = lacking("libxcb-cursor.so.0", "libwayland-client.so.0")
    assert missing_libraries({}, system="linux", present=present) == ()
    assert missing_libraries({**WINDOW, "QT_QPA_PLATFORM": "offscreen"}, system="linux", present=present) == ()


def test_a_window_needs_the_libraries_of_its_platform() -> None:
    present = lacking("libxcb-cursor.so.0", "libEGL.so.1")
    missing = ("libEGL.so.1", "libxcb-cursor.so.0")
    assert missing_libraries(WINDOW, system="linux", present=present) == missing
    assert missing_libraries({"QT_QPA_PLATFORM": "xcb:x=1"}, system="linux", present=present) == missing
    assert missing_libraries({"QT_QPA_PLATFORM": "wayland"}, system="linux", present=present) == missing[:1]


def test_one_working_display_of_two_is_enough() -> None:
    both = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert missing_libraries(both, system="linux", present=lacking("libxcb-cursor.so.0")) == ()
    assert missing_libraries(both, system="linux", present=lacking("libwayland-client.so.0")) == ()
    neither = lacking("libwayland-client.so.0", "libxcb-cursor.so.0", "libxcb-icccm.so.4")
    assert missing_libraries(both, system="linux", present=neither) == ("libwayland-client.so.0",)


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_elsewhere_qt_brings_all_it_needs(system: str) -> None:
    assert missing_libraries(WINDOW, system=system, present=lambda soname: False) == ()


def test_the_message_names_every_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "missing_libraries", lambda environ: ("libEGL.so.1", "libGL.so.1"))
    with pytest.raises(ExplorerError) as caught:
        system_libraries.require_system_libraries(WINDOW)
    assert str(caught.value) == (
        "Qt needs system libraries that are missing (libEGL.so.1, libGL.so.1). On Debian or Ubuntu: " + INSTALL
    )


def test_the_packages_cover_every_library_of_a_window() -> None:
    assert {library.package for library in LIBRARIES if library.platform != "wayland"} == set(PACKAGES)
    assert {"libegl1", "libxkbcommon0", "libxcb-cursor0"} <= set(PACKAGES)


@pytest.mark.skipif(sys.platform != "linux", reason="loads Linux libraries")
def test_only_what_the_loader_cannot_find_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = system_libraries.Library("libnowhere-at-all.so.9", "libnowhere")
    libc = system_libraries.Library("libc.so.6", "libc6")
    monkeypatch.setattr(system_libraries, "LIBRARIES", (nowhere, libc))
    assert missing_libraries({}) == ("libnowhere-at-all.so.9",)


def test_run_as_a_program_it_lists_packages_or_explains(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert system_libraries.main(["--packages"]) == 0
    assert capsys.readouterr().out.split() == list(PACKAGES)
    monkeypatch.setattr(system_libraries, "missing_libraries", lambda environ: ("libEGL.so.1",))
    assert system_libraries.main([]) == 1
    assert "libEGL.so.1" in capsys.readouterr().err
