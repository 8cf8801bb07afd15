// Where on the canvas a place lies: north up, one scale, true enough for what one sees at a time. Places are WGS-84 degrees.
const MARGIN = 56;
/** What the keys cover at the lower edge, in pixels. */
export const KEYS = 72;
const NEAREST = 300_000;
const FARTHEST = 60;

export const withinBounds = (scale) => Math.min(NEAREST, Math.max(FARTHEST, scale));

/** A view around a place; `scale` is pixels a degree of latitude. */
export function viewAt({ lon, lat }, scale, width, height) {
  const east = scale * Math.cos((lat * Math.PI) / 180);
  return {
    scale,
    width,
    height,
    x: (degrees) => width / 2 + (degrees - lon) * east,
    y: (degrees) => height / 2 - (degrees - lat) * scale,
    box: [lon - width / 2 / east, lat - height / 2 / scale, lon + width / 2 / east, lat + height / 2 / scale],
  };
}

/** A view in which all these places are seen, none nearer than `nearest`. */
export function viewOver(places, nearest, width, height) {
  const lons = places.map(([lon]) => lon);
  const lats = places.map(([, lat]) => lat);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const middle = { lon: (west + east) / 2, lat: (south + north) / 2 };
  const tall = Math.max(1, height - KEYS - 2 * MARGIN) / Math.max(north - south, 1e-9);
  const across = Math.max(1, width - 2 * MARGIN) / Math.max(east - west, 1e-9);
  const scale = withinBounds(Math.min(tall, across / Math.cos((middle.lat * Math.PI) / 180), nearest));
  return viewAt({ ...middle, lat: middle.lat - KEYS / 2 / scale }, scale, width, height);
}

export const sees = ({ box: [west, south, east, north] }, [w, s, e, n]) =>
  w < east && e > west && s < north && n > south;
