"""Makes the tables of docs/benchmarks.md from the answers of all sides.

table.py BENCHMARKS.md FOLDER ... puts them between the marks in that file and prints them.
"""
import json
import os
import statistics
import sys
from importlib.metadata import version
from pathlib import Path

BEGIN, END = "<!-- bench-roads: begin -->", "<!-- bench-roads: end -->"


def ms(seconds):
    value = seconds * 1000
    digits = 3 if value < 0.1 else 2 if value < 10 else 0
    return f"{value:.{digits}f} ms"


def mib(count):
    return f"{count / 2**20:.1f} MiB"


def median(side, question, form="bare_s"):
    return statistics.median(side[question][form])


def times(ours, peer):
    ratio = peer / ours
    return f"{ratio:.0f}x" if ratio >= 10 else f"{ratio:.1f}x"


def same_best(ours, peer):
    """Share of incidents for which both name the same best vehicle, in per cent."""
    def best(row):
        return min((it, number) for number, it in enumerate(row) if it is not None)[1]
    pairs = list(zip(ours, peer))
    return 100 * sum(best(a) == best(b) for a, b in pairs) / len(pairs)


def differences(ours, peer):
    """Ours less theirs as a share of theirs, for every vehicle and incident that both answer."""
    return [(a - b) / b for rows in zip(ours, peer) for a, b in zip(*rows) if a is not None and b]


def rows_of(folder):
    ours, osrm, valhalla = (
        json.loads((folder / f"{it}.json").read_text()) for it in ("ours", "osrm", "valhalla"))
    rows = [
        ["import to a file", *(f"{it['import_s']:.1f} s" for it in (ours, osrm, valhalla)), ""],
        ["size on disk", *(mib(it["file_bytes"]) for it in (ours, osrm, valhalla)), ""],
        ["load", ms(ours["load_s"]), ms(osrm["load_s"]), ms(valhalla["load_s"]), ""],
        ["prepare the profile", ms(ours["prepare_s"]), "in the import", "", ""],
        ["memory while answering", *(mib(it["memory_bytes"]) for it in (ours, osrm, valhalla)), ""],
    ]
    for fleet in (123, 5000):
        all_of = f"all_{fleet}"
        known, bare = median(osrm, all_of, "known_s"), median(osrm, all_of)
        for k, question in (("best", f"best 8 of {fleet}"), ("all", f"all {fleet}")):
            mine = f"{k}_{fleet}"
            goal = {"best_123": "150x", "all_123": "100x", "all_5000": "1000x"}.get(mine)
            rows.append([f"{question}, roads known", ms(median(ours, mine, "known_s")), ms(known), "",
                         times(median(ours, mine, "known_s"), known) + (f" (goal {goal})" if goal else "")])
            rows.append([f"{question}, from positions", ms(median(ours, mine)), ms(bare),
                         ms(median(valhalla, all_of)), times(median(ours, mine), bare)])
    rows.append(["one route with turns", *(ms(median(it, "routes")) for it in (ours, osrm, valhalla)),
                 times(median(ours, "routes"), median(osrm, "routes"))])
    for name, peer in (("OSRM", osrm), ("Valhalla", valhalla)):
        a, b = ours["all_123"]["seconds"], peer["all_123"]["seconds"]
        off = differences(a, b)
        sizes = sorted(map(abs, off))
        text = (f"same best vehicle {same_best(a, b):.0f} %, median difference {100 * statistics.median(sizes):.1f} %, "
                f"9 in 10 within {100 * sizes[len(sizes) * 9 // 10]:.1f} %")
        column = {"OSRM": ["", text, ""], "Valhalla": ["", "", text]}[name]
        rows.append([f"travel times beside {name}", *column, ""])
    return ours, rows


def main():
    page, folders = Path(sys.argv[1]), [Path(it) for it in sys.argv[2:]]
    text = [f"OSRM {version('osrm-bindings')}, Valhalla {version('pyvalhalla')}; load of the machine "
            f"{os.getloadavg()[1]:.1f} on {os.cpu_count()} cores. Medians.", ""]
    for folder in folders:
        ours, rows = rows_of(folder)
        text += [f"{folder.name.capitalize()} ({ours['junctions']} junctions, {ours['stretches']} stretches):", "",
                 "| | Helan | OSRM | Valhalla | beside OSRM |", "|---|---|---|---|---|",
                 *("| " + " | ".join(row) + " |" for row in rows), ""]
    before, _, rest = page.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    if not after:
        sys.exit(f"{page} has no place for the table: {BEGIN} ... {END}")
    made = "\n".join([BEGIN, *text]).rstrip() + "\n" + END
    page.write_text(before + made + after)
    print("\n".join(text))


main()
