// The order in which rows stand while a hand is on them. Rows that are shown keep their places, also one whose
// incident ended meanwhile; new ones wait below. Nothing is hidden: what would stand elsewhere is counted.
export function held(shown: readonly string[], wanted: readonly string[]): string[] {
  return [...shown, ...wanted.filter((id) => !shown.includes(id))];
}

// How many rows would stand elsewhere, or go, or come, if the hand were not there.
export function changesHeld(shown: readonly string[], wanted: readonly string[]): string[] {
  const gone = shown.filter((id) => !wanted.includes(id));
  const come = wanted.filter((id, place) => shown[place] !== id && !follows(shown, wanted, place));
  return [...new Set([...gone, ...come])];
}

// A row only pushed along by others has not changed its place among them.
function follows(shown: readonly string[], wanted: readonly string[], place: number): boolean {
  const id = wanted[place] ?? '';
  if (!shown.includes(id)) return false;
  const above = new Set(wanted.slice(0, place));
  return (
    shown.slice(shown.indexOf(id) + 1).every((other) => !above.has(other)) &&
    shown.slice(0, shown.indexOf(id)).every((other) => above.has(other) || !wanted.includes(other))
  );
}
