"""Valhalla's answers: its matrix in process, auto costing with the speeds of comparing.toml.

valhalla_side.py EXTRACT FOLDER writes FOLDER/valhalla.json.
"""
import json
import sys
import tomllib
from pathlib import Path

import valhalla
from measure import TIMES, bound_memory, questions, resident_bytes, run, timed, write

# Vehicles in one question.
PART = 250

extract, folder = Path(sys.argv[1]), Path(sys.argv[2])
bound_memory()
asked = questions(folder)
home = folder / "valhalla"
home.mkdir()
tiles = home / "tiles"
tiles.mkdir()
tools = Path(valhalla.__file__).parent / "bin"

# Valhalla takes one speed for each class, town and country; it knows no class of its own for tracks.
kmh = tomllib.loads(Path(__file__).with_name("comparing.toml").read_text())["rural_kmh"]
by_class = [kmh[it] for it in
            ("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "service")]
link = [round(it * 0.6) for it in by_class[:5]]
area = {
    "way": [round(it) for it in by_class], "link_exiting": link, "link_turning": link,
    "roundabout": [round(it) for it in by_class],
    "service": {"driveway": 25, "alley": 25, "parking_aisle": 25, "drive-through": 25},
}
speeds = home / "speeds.json"
speeds.write_text(json.dumps([{it: area for it in ("urban", "suburban", "rural")}]))

(home / "none.tar").touch()
config = valhalla.get_config(tile_extract=str(home / "none.tar"), tile_dir=str(tiles), verbose=False)
config["mjolnir"]["tile_extract"] = ""
config["mjolnir"]["admin"] = ""
config["mjolnir"]["timezone"] = ""
config["mjolnir"]["concurrency"] = 1
config["mjolnir"]["default_speeds_config"] = str(speeds)
# It reserves memory for each place of a matrix as if it searched a continent, and gives none back by
# itself: 5 000 places took 18 GB. Less is reserved here, which also saves its time.
config["thor"]["clear_reserved_memory"] = True
for kind in ("astar", "bidir_astar", "dijkstras", "bidir_dijkstras"):
    config["thor"][f"max_reserved_labels_count_{kind}"] = 20_000
config["service_limits"]["auto"].update(
    max_matrix_location_pairs=10**8, max_matrix_distance=10**7, max_locations=10**5, max_distance=10**7)
path = home / "valhalla.json"
path.write_text(json.dumps(config))

import_s, _ = timed(lambda: run([tools / "valhalla_build_tiles", "-c", path, extract], home / "log"))
before = resident_bytes()
load_s, actor = timed(lambda: valhalla.Actor(str(path)))

answers = {
    "import_s": import_s, "load_s": load_s,
    "file_bytes": sum(it.stat().st_size for it in tiles.rglob("*") if it.is_file()),
}
# No penalties of taste, only time.
costing = {"auto": {
    "maneuver_penalty": 0, "service_penalty": 0, "service_factor": 1, "private_access_penalty": 0,
    "destination_only_penalty": 0, "gate_cost": 0, "gate_penalty": 0, "use_living_streets": 1,
    "use_tracks": 1, "use_highways": 1, "use_ferry": 0, "top_speed": 140, "fixed_speed": 0}}


def place(at):
    return {"lon": at[0], "lat": at[1]}


for fleet in asked["fleets"]:
    vehicles = [place(it) for it in asked["vehicles"][:fleet]]
    bare, seconds = [], []
    # One large question takes seconds: fewer of them say enough.
    goals, times = (asked["goals"], TIMES) if fleet < 1000 else (asked["goals"][:3], 1)
    for goal in goals:
        requests = [
            json.dumps({"sources": vehicles[part:part + PART], "targets": [place(goal)],
                        "costing": "auto", "costing_options": costing})
            for part in range(0, fleet, PART)]
        for _ in range(times):
            taken, found = timed(lambda: [actor.matrix(it) for it in requests])
            bare.append(taken)
        rows = [row for it in found for row in json.loads(it)["sources_to_targets"]]
        seconds.append([row[0].get("time") for row in rows])
    answers[f"all_{fleet}"] = {"bare_s": bare, "seconds": seconds}

taken, seconds = [], []
for pair in asked["pairs"]:
    request = json.dumps({"locations": [place(it) for it in pair], "costing": "auto",
                          "costing_options": costing})
    for _ in range(TIMES):
        one, found = timed(lambda: actor.route(request))
        taken.append(one)
    seconds.append(json.loads(found)["trip"]["summary"]["time"])
answers["routes"] = {"bare_s": taken, "seconds": seconds}
answers["memory_bytes"] = resident_bytes() - before
write(folder, "valhalla.json", answers)
