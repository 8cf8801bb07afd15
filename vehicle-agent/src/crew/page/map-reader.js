// Reads the stored map on a thread of its own, so that the page never stands still for it: lines with the box they lie
// in, and names. A feature that is not what it should be is left out.
const isNumber = Number.isFinite;

function line(coordinates, properties) {
  const positions = coordinates.filter(([lon, lat]) => isNumber(lon) && isNumber(lat));
  if (positions.length < 2) return null;
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  const { layer, class: roadClass, ref, name_zh: zh, name_en: en } = properties;
  return { layer, roadClass, ref, names: [zh ?? '', en || zh || ''], points: Float64Array.from(positions.flat()), box };
}

function name([lon, lat], { layer, kind, id, name_zh: zh, name_en: en }) {
  return isNumber(lon) && isNumber(lat) ? { layer, kind, id, names: [zh ?? '', en || zh || ''], lon, lat } : null;
}

function read(collection) {
  const map = { lines: [], names: [] };
  for (const { geometry, properties } of collection.features) {
    const { type, coordinates } = geometry;
    if (type === 'Point') map.names.push(name(coordinates, properties));
    else if (type === 'LineString') map.lines.push(line(coordinates, properties));
    else if (type === 'MultiPolygon') map.lines.push(...coordinates.flat().map((ring) => line(ring, properties)));
  }
  map.lines = map.lines.filter(Boolean);
  map.names = map.names.filter(Boolean);
  return map;
}

onmessage = async () => {
  try {
    const answer = await fetch('/map');
    postMessage(answer.ok ? read(await answer.json()) : null);
  } catch {
    postMessage(null);
  }
};
