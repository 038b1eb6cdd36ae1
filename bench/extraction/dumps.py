"""What does a line of a text dump cost, all fields? `python -m bench.extraction.dumps DUMPS...`.

CPU per line that is not blank, of files `*.txt` in folders: in this process, one dump a call and
many a call, and by the command as people run it, its processes included. It is run on one dump,
on all, and on all of them three times: that tells its start from what each further line costs.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from articles.extraction import extract
from articles.model import MediaType, RawDocument

COMMAND = Path(sys.executable).with_name("newsmill")
TOGETHER = 32  # dumps of a call, as the command does it
AGAIN = 3


def main() -> None:
    """Measure by turns and print the best of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dumps", type=Path, nargs="+", help="folders of text dumps")
    parser.add_argument("--passes", type=int, default=3)
    options = parser.parse_args()
    files = sorted(file for folder in options.dumps for file in folder.glob("*.txt"))
    documents = [_document(file) for file in files]
    lines = sum(_filled(document) for document in documents)
    extract(documents[:1])  # reads the models
    passes = [_pass(documents, files) for _ in range(options.passes)]
    alone, together, start, whole, thrice = (min(costs) for costs in zip(*passes, strict=True))
    print(f"\n{len(files)} dumps, {lines} lines that are not blank\n")
    print("| | us a line |\n|---|---|")
    for name, seconds, counted in (
        ("in process, one dump a call", alone, lines),
        (f"in process, {TOGETHER} dumps a call", together, lines),
        ("by the command, its start included", whole, lines),
        ("by the command, each further line", thrice - whole, (AGAIN - 1) * lines),
    ):
        print(f"| {name} | {1e6 * seconds / counted:.1f} |")
    print(f"\nOne dump by the command: {start:.2f} CPU s.")


def _document(file: Path) -> RawDocument:
    payload = file.read_bytes()
    return RawDocument(
        document_id=sha256(payload).hexdigest(),
        payload=payload,
        media_type=MediaType.TEXT,
        origin=str(file),
    )


def _filled(document: RawDocument) -> int:
    return sum(bool(line.strip()) for line in document.payload.split(b"\n"))


def _pass(documents: Sequence[RawDocument], files: Sequence[Path]) -> tuple[float, ...]:
    """Return CPU seconds: alone, together, and of the command on one, all, all three times."""
    return (
        _in_process(documents, 1),
        _in_process(documents, TOGETHER),
        _by_command(files[:1]),
        _by_command(files),
        _by_command(list(files) * AGAIN),
    )


def _in_process(documents: Sequence[RawDocument], together: int) -> float:
    start = time.process_time()
    for at in range(0, len(documents), together):
        extract(documents[at : at + together])
    return time.process_time() - start


def _by_command(files: Sequence[Path]) -> float:
    before = _of_children()
    command = [str(COMMAND), "extract", *map(str, files), "--jsonl"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return _of_children() - before


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
