"""The system libraries that Qt's wheels expect of a Linux machine, and what to say where they are missing.

Only the standard library is needed, so that `python -m explorer.app.system_libraries` answers before anything
is installed.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explorer.errors import ExplorerError
from explorer.words import say

XCB = "xcb"
WAYLAND = "wayland"
OFFSCREEN = "offscreen"


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library by `soname`, the Debian `package` that brings it (itself or as a dependency), and the
    Qt platform plugin that loads it; `platform` is None where every Qt program does.
    """

    soname: str
    package: str
    platform: str | None = None


LIBRARIES = (
    Library("libEGL.so.1", "libegl1"),
    Library("libGL.so.1", "libgl1"),
    Library("libX11.so.6", "libgl1"),
    Library("libxkbcommon.so.0", "libxkbcommon0"),
    Library("libfontconfig.so.1", "libfontconfig1"),
    Library("libfreetype.so.6", "libfontconfig1"),
    Library("libglib-2.0.so.0", "libglib2.0-0"),
    Library("libgthread-2.0.so.0", "libglib2.0-0"),
    Library("libdbus-1.so.3", "libdbus-1-3"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", XCB),
    Library("libxcb-image.so.0", "libxcb-cursor0", XCB),
    Library("libxcb-render.so.0", "libxcb-cursor0", XCB),
    Library("libxcb-render-util.so.0", "libxcb-cursor0", XCB),
    Library("libxcb-shm.so.0", "libxcb-cursor0", XCB),
    Library("libxcb-util.so.1", "libxcb-cursor0", XCB),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", XCB),
    Library("libxcb-xkb.so.1", "libxkbcommon-x11-0", XCB),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", XCB),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", XCB),
    Library("libxcb-randr.so.0", "libxcb-randr0", XCB),
    Library("libxcb-shape.so.0", "libxcb-shape0", XCB),
    Library("libxcb-sync.so.1", "libxcb-sync1", XCB),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", XCB),
    Library("libX11-xcb.so.1", "libx11-xcb1", XCB),
    Library("libwayland-client.so.0", "libwayland-client0", WAYLAND),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", WAYLAND),
)

PACKAGES = tuple(dict.fromkeys(library.package for library in LIBRARIES if library.platform != WAYLAND))
"""What a bare Debian or Ubuntu installs; a Wayland desktop brings its own libraries."""

INSTALL = "sudo apt-get install " + " ".join(PACKAGES)


def missing_libraries(
    environ: Mapping[str, str] = os.environ,
    *,
    system: str = sys.platform,
    present: Callable[[str], bool] | None = None,
) -> tuple[str, ...]:
    """Return the sonames that Qt would fail to load on this machine; empty where it can start, and off Linux.

    `environ` says whether a window is wanted and on which display; `present` tells whether a soname loads.
    """
    if system != "linux":
        return ()
    loads = present or _loads
    choices = platforms(environ)
    needed = [library for library in LIBRARIES if library.platform in {None, *choices}]
    lacking = [library for library in needed if not loads(library.soname)]
    by_platform = [
        tuple(library.soname for library in lacking if library.platform in {None, platform}) for platform in choices
    ]
    return min(by_platform, key=len)


def platforms(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the Qt platform plugins that can show the program, any of which will do."""
    if asked := environ.get("QT_QPA_PLATFORM"):
        return tuple(choice.partition(":")[0] for choice in asked.split(";"))
    displays = (("WAYLAND_DISPLAY", WAYLAND), ("DISPLAY", XCB))
    return tuple(platform for name, platform in displays if environ.get(name)) or (OFFSCREEN,)


def require_system_libraries(environ: Mapping[str, str] = os.environ) -> None:
    """Raise ExplorerError, naming libraries and remedy in one line, where Qt would fail to start.

    To be called before Qt is imported: a missing platform plugin aborts the process instead of raising.
    """
    if missing := missing_libraries(environ):
        raise _trouble(missing)


def _trouble(sonames: tuple[str, ...]) -> ExplorerError:
    return ExplorerError(
        say("Qt needs system libraries that are missing ({libraries}).", libraries=", ".join(sonames)),
        remedy=say("On Debian or Ubuntu: {command}", command=INSTALL),
    )


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def main(arguments: list[str]) -> int:
    """Print what is missing and return 1, or 0 for nothing; with `--packages` print what to install."""
    if arguments == ["--packages"]:
        sys.stdout.write(" ".join(PACKAGES) + "\n")
        return 0
    try:
        require_system_libraries()
    except ExplorerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
