// Web Mercator, the whole world from 0 to 1 eastwards and southwards, from WGS-84 degrees.
export const mercatorX = (lon: number): number => (lon + 180) / 360;

export function mercatorY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

// Pixels of the whole world at a zoom, as MapLibre counts zoom.
export const worldPixels = (zoom: number): number => 512 * 2 ** zoom;
