"""Find duplicates with one other tool, in its own environment.

    PEERS/bin/python bench/duplicates/peers.py TOOL CORPUS.jsonl

Prints one JSON object: the cluster of each row, CPU seconds from texts in memory to clusters (this
process and its children), and the peak of its memory above that of the corpus. Settings are those
that each tool documents: 5-word shingles, 128 permutations, Jaccard 0.7.
"""

import json
import pickle
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

WORD = re.compile(r"\w+")
SHINGLE, PERMUTATIONS, THRESHOLD = 5, 128, 0.7


class Clusters:
    """Disjoint sets of rows."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def find(self, row: int) -> int:
        """Return the row that stands for the cluster of `row`."""
        while self.parent[row] != row:
            self.parent[row] = self.parent[self.parent[row]]
            row = self.parent[row]
        return row

    def join(self, one: int, other: int) -> None:
        """Make one cluster of two."""
        one, other = self.find(one), self.find(other)
        self.parent[max(one, other)] = min(one, other)

    def labels(self) -> list[int]:
        """Return the cluster of each row."""
        return [self.find(row) for row in range(len(self.parent))]


def shingles(text: str) -> list[str]:
    """Return the runs of five words of a text, each once."""
    words = WORD.findall(text.lower())
    return list({" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - 4))})


def with_rensa(texts: Sequence[str]) -> list[int]:
    """RMinHash and its LSH, candidates checked by their signatures."""
    import rensa

    clusters, hashes = Clusters(len(texts)), []
    index = rensa.RMinHashLSH(THRESHOLD, PERMUTATIONS, 16)
    for row, text in enumerate(texts):
        [found] = rensa.RMinHash.from_token_sets([shingles(text)], PERMUTATIONS, 42)
        for other in index.query(found):
            if found.jaccard(hashes[other]) >= THRESHOLD:
                clusters.join(row, other)
        index.insert(row, found)
        hashes.append(found)
    return clusters.labels()


def with_datasketch(texts: Sequence[str]) -> list[int]:
    """MinHash and MinHashLSH, candidates checked by their signatures."""
    from datasketch import MinHash, MinHashLSH

    clusters, hashes = Clusters(len(texts)), []
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for row, text in enumerate(texts):
        found = MinHash(num_perm=PERMUTATIONS)
        found.update_batch([each.encode() for each in shingles(text)])
        for other in index.query(found):
            if found.jaccard(hashes[other]) >= THRESHOLD:
                clusters.join(row, other)
        index.insert(row, found)
        hashes.append(found)
    return clusters.labels()


def with_datatrove(texts: Sequence[str]) -> list[int]:
    """Its MinHash stages, 14 buckets of 8, one worker."""
    import struct

    import loguru
    from datatrove.data import Document
    from datatrove.executor import LocalPipelineExecutor as Executor
    from datatrove.pipeline.dedup import (
        MinhashDedupBuckets,
        MinhashDedupCluster,
        MinhashDedupSignature,
    )
    from datatrove.pipeline.dedup.minhash import MinhashConfig

    loguru.logger.remove()
    settings = MinhashConfig(n_grams=SHINGLE, num_buckets=14, hashes_per_bucket=8)
    documents = [Document(text=text, id=str(row)) for row, text in enumerate(texts)]
    clusters, first = Clusters(len(texts)), {}
    with tempfile.TemporaryDirectory() as folder:
        stages = [
            ([documents, MinhashDedupSignature(f"{folder}/s", config=settings)], 1),
            ([MinhashDedupBuckets(f"{folder}/s", f"{folder}/b", config=settings)], 14),
            (
                [
                    MinhashDedupCluster(
                        f"{folder}/b", f"{folder}/c", config=settings, save_cluster_id=True
                    )
                ],
                1,
            ),
        ]
        for at, (pipeline, tasks) in enumerate(stages):
            Executor(pipeline, tasks=tasks, workers=1, logging_dir=f"{folder}/l{at}").run()
        for path in Path(folder, "c").glob("*.clusters"):
            for row, cluster in struct.iter_unpack("<II", path.read_bytes()):
                clusters.join(row, first.setdefault(cluster, row))
    return clusters.labels()


def with_text_dedup(texts: Sequence[str]) -> list[int]:
    """Its MinHash command, one process."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as folder:
        table = pa.table({"text": list(texts), "idx": list(range(len(texts)))})
        pq.write_table(table, f"{folder}/x.parquet")
        options = {
            "path": "parquet",
            "data_files": f"{folder}/x.parquet",
            "split": "train",
            "cache_dir": f"{folder}/cache",
            "output": f"{folder}/out",
            "column": "text",
            "ngram": SHINGLE,
            "threshold": THRESHOLD,
            "num_perm": PERMUTATIONS,
            "min_length": 0,
            "num_proc": 1,
        }
        told = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        command = [sys.executable, "-m", "text_dedup.minhash", *told, "--debug"]
        subprocess.run(command, check=True, capture_output=True)
        found = pickle.loads(Path(folder, "out", "uf.pkl").read_bytes())  # noqa: S301 - our own
        return [int(found.find(row)) for row in range(len(texts))]


def with_daft(texts: Sequence[str]) -> list[int]:
    """Signatures by Daft, its part of the work; bands of 8 are then compared here."""
    import daft
    import numpy as np

    frame = daft.from_pydict({"row": list(range(len(texts))), "text": list(texts)})
    words = daft.col("text").normalize(remove_punct=True, lowercase=True, white_space=True)
    signed = frame.select("row", words.minhash(num_hashes=PERMUTATIONS, ngram_size=SHINGLE))
    hashes = np.array(signed.to_pydict()["text"], np.uint32)
    clusters = Clusters(len(texts))
    for begin in range(0, PERMUTATIONS, 8):
        bands: dict[bytes, int] = {}
        for row, band in enumerate(np.ascontiguousarray(hashes[:, begin : begin + 8])):
            other = bands.setdefault(band.tobytes(), row)
            if other != row and (hashes[row] == hashes[other]).mean() >= THRESHOLD:
                clusters.join(row, other)
    return clusters.labels()


TOOLS: dict[str, Callable[[Sequence[str]], list[int]]] = {
    "rensa": with_rensa,
    "datasketch": with_datasketch,
    "datatrove": with_datatrove,
    "text-dedup": with_text_dedup,
    "daft": with_daft,
}


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and its children."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def peak_mb() -> int:
    """Return the most memory that this process or a child has held.

    ru_maxrss of this process would begin with that of the one that started it.
    """
    [own] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    return max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def main() -> None:
    """Run one tool over one corpus."""
    tool, path = sys.argv[1:]
    with Path(path).open(encoding="utf-8") as lines:
        texts = [json.loads(line)["body"] for line in lines]
    held, begun = peak_mb(), cpu_seconds()
    labels = TOOLS[tool](texts)
    spent, peak = cpu_seconds() - begun, peak_mb() - held
    print(json.dumps({"labels": labels, "cpu_seconds": round(spent, 1), "peak_mb": peak}))


if __name__ == "__main__":
    main()
