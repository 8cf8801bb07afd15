"""OSRM's answers: contraction hierarchies in process, the profile of osrm.lua.

osrm_side.py EXTRACT FOLDER writes FOLDER/osrm.json.
"""
import shutil
import sys
from pathlib import Path

import osrm
from measure import TIMES, bound_memory, bytes_of, questions, resident_bytes, run, timed, write

extract, folder = Path(sys.argv[1]), Path(sys.argv[2])
bound_memory()
asked = questions(folder)
tools = Path(osrm.__file__).parent / "bin"
home = folder / "osrm"
home.mkdir()
source = home / "extract.osm.pbf"
shutil.copyfile(extract, source)
base = home / "extract.osrm"


def prepare():
    run([tools / "osrm-extract", "-p", Path(__file__).with_name("osrm.lua"), source], home / "log")
    run([tools / "osrm-contract", base], home / "log")


import_s, _ = timed(prepare)
source.unlink()
before = resident_bytes()
most = len(asked["vehicles"]) + 1
load_s, engine = timed(lambda: osrm.OSRM(
    algorithm="CH", storage_config=str(base), use_shared_memory=False,
    max_locations_distance_table=most, max_locations_viaroute=3))

answers = {
    "import_s": import_s, "load_s": load_s,
    "file_bytes": bytes_of(it for it in home.iterdir() if it.name.startswith("extract.osrm")),
}


def table(vehicles, goal, hints):
    count = len(vehicles)
    asked = osrm.TableParameters(
        coordinates=[tuple(it) for it in [*vehicles, goal]], hints=hints,
        sources=list(range(count)), destinations=[count], annotations=["duration"],
        generate_hints=hints is None or not hints)
    return timed(lambda: engine.Table(asked))


for fleet in asked["fleets"]:
    vehicles = asked["vehicles"][:fleet]
    known, bare, seconds = [], [], []
    for goal in asked["goals"]:
        hints = []
        for _ in range(TIMES):
            taken, found = table(vehicles, goal, [])
            bare.append(taken)
        seconds.append([row[0] for row in found["durations"]])
        # With hints the roads of all places are known, as ours are known between two incidents.
        hints = [it["hint"] for it in found["sources"]] + [found["destinations"][0]["hint"]]
        for _ in range(TIMES):
            known.append(table(vehicles, goal, hints)[0])
    answers[f"all_{fleet}"] = {"known_s": known, "bare_s": bare, "seconds": seconds}

taken, seconds = [], []
for pair in asked["pairs"]:
    route = osrm.RouteParameters(
        coordinates=[tuple(it) for it in pair], steps=True, overview="full", geometries="polyline")
    for _ in range(TIMES):
        one, found = timed(lambda: engine.Route(route))
        taken.append(one)
    seconds.append(found["routes"][0]["duration"])
answers["routes"] = {"bare_s": taken, "seconds": seconds}
answers["memory_bytes"] = resident_bytes() - before
write(folder, "osrm.json", answers)
