"""An XMP packet: where pictures and pages keep title, alternative text and source for whoever asks."""

from explorer.domain.record import PROGRAM
from explorer.export.letters import in_xml

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_PACKET = """<?xpacket begin="{mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:iptc="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 xmlns:ts="urn:tokenshare-explorer:record">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{alt}</rdf:li></rdf:Alt></dc:description>
<iptc:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{alt}</rdf:li></rdf:Alt></iptc:AltTextAccessibility>
<dc:source>{source}</dc:source>
<xmp:CreatorTool>{program}</xmp:CreatorTool>{record}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def packet(title: str, alt: str, source: str, record: str = "") -> str:
    """Return the packet; `record` is how it was made, as `record.text` has it, "" to leave it out."""
    made = f"\n<ts:Record>{in_xml(record)}</ts:Record>" if record else ""
    texts = {"title": title, "alt": alt, "source": source, "program": PROGRAM}
    return _PACKET.format(mark=_MARK, record=made, **{key: in_xml(text) for key, text in texts.items()})
