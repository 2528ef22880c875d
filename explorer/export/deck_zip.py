"""Office files as the same bytes for the same content: archives carry the time of their making, which is taken out."""

import io
import re
import zipfile
from datetime import datetime

_FIRST = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_PROPERTIES = "docProps/core.xml"


def timeless(archive: bytes, when: datetime) -> bytes:
    """Return an Office archive whose parts, and the workbooks within it, say `when` instead of the time of writing."""
    made = io.BytesIO()
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(archive)) as found, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as fixed:
        for entry in found.infolist():
            content = found.read(entry)
            if entry.filename.endswith(".xlsx"):
                content = timeless(content, when)
            elif entry.filename == _PROPERTIES:
                content = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            part = zipfile.ZipInfo(entry.filename, _FIRST)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            fixed.writestr(part, content)
    return made.getvalue()
