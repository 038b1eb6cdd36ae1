"""What can a person do about a refusal?"""

from typing import Final

from articles.model import Reason

REMEDY: Final[dict[Reason, str]] = {
    Reason.EMPTY: "Nothing: there is no text. Ask the sender if all of a source is empty.",
    Reason.NO_ARTICLE: "Look with `explain`; waive index pages, report a real article.",
    Reason.BINARY: "Waive it, or deliver the text instead of the picture or program.",
    Reason.ENCODING: "Deliver it as UTF-8, or with the charset declared.",
    Reason.TOO_LARGE: "Split the file, or raise the size limit if the source is trusted.",
    Reason.TOO_DEEP: "Unpack the inner archives or flatten the JSON before the drop.",
    Reason.BOMB: "Waive it, and ask where the file came from.",
    Reason.MALFORMED: "Deliver the file again; `explain` shows where it breaks.",
    Reason.MALFORMED_JSON: "Repair the line that `detail` names; its neighbours are loaded.",
    Reason.MALFORMED_CSV: "Repair the quoting of the row that `detail` names.",
    Reason.MALFORMED_XML: "Deliver the file again, as well-formed XML.",
    Reason.MALFORMED_WARC: "Deliver the segment again; the records before the damage are loaded.",
    Reason.MALFORMED_ARCHIVE: "Pack the archive again; the members before the damage are loaded.",
    Reason.TRUNCATED: "Deliver the whole file; the transfer was cut.",
    Reason.UNSAFE_PATH: "Pack the archive again without absolute paths and `..`.",
    Reason.UNSAFE_TYPE: "Waive it: links and devices in archives are never followed.",
    Reason.BAD_FIELD: "Repair the field that `detail` names at its producer.",
    Reason.MISSING_FIELD: "Deliver a record with a text, body, content or html field.",
    Reason.BAD_DATE: "Deliver the date in ISO 8601, with its zone.",
    Reason.BAD_URL: "Deliver an http or https address.",
    Reason.DUPLICATE: "Nothing: the same record is in the warehouse.",
    Reason.PARTIAL: "Wait: the file was still being written, the next run takes it.",
    Reason.UNSUPPORTED_TYPE: "Convert it to text, HTML, JSON, CSV or WARC, or waive it.",
    Reason.UNREADABLE: "Give newsmill the right to read the file.",
    Reason.NOT_REGULAR: "Put a regular file there; pipes, sockets and devices are not opened.",
    Reason.ENTITY: "Deliver the XML without entity declarations.",
    Reason.ENCRYPTED: "Deliver it without a password.",
    Reason.TIMEOUT: "Replay it once; if it times out again, report the page.",
    Reason.HTTP_STATUS: "Waive it: the capture holds an error page, not an article.",
}
"""For each reason of the fixed vocabulary, one sentence for the person who must decide."""
