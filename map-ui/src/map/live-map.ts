import { Map as MapLibre, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Position, Region } from '../api/types';
import { addImages } from './images';
import { markers, type Drawn, type Scene } from './markers';
import { mercatorX, mercatorY, worldPixels } from './mercator';
import type { Overlay } from './overlay-names';
import { named, styleOf, type NameField } from './style';
import { VehicleLayer } from './vehicle-layer';

setWorkerUrl(workerUrl);

const NAME_LAYERS = ['river-name', 'county-name', 'place-small', 'place-town', 'place-seat'];
const PICK_PIXELS = 16;
// Ticks come once a second; a pause in the frames must not become a slow glide.
const LONGEST_GLIDE_MILLIS = 1_200;
// Drawing may take half of the time at most, so that a computer without a graphics card stays usable.
const REST_PER_FRAME = 1;
// Two frames at 60 a second, and a little: slower than this is a computer that draws in software.
const SLOW_FRAME_MILLIS = 40;

export type Picked = { vehicle: string } | { incident: string } | { nothing: Position };

// MapLibre with our layers in it. Moves the view only when told to.
export class LiveMap {
  readonly map: MapLibre;
  private readonly layer: VehicleLayer;
  private readonly origin: readonly [number, number];
  private drawn: Drawn = { rows: new Float32Array(0), vehicles: [], old: 0 };
  private shown = new Float32Array(0);
  private tookAt = 0;
  private frame = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ready = false;

  constructor(
    container: HTMLElement,
    private readonly region: Region,
    name: NameField,
    onReady: () => void,
  ) {
    const [west, south, east, north] = region.bounds as [number, number, number, number];
    this.origin = [mercatorX((west + east) / 2), mercatorY((south + north) / 2)];
    this.layer = new VehicleLayer(this.origin);
    this.map = new MapLibre({
      container,
      style: styleOf('/api/v1/map', name),
      bounds: [west, south, east, north],
      fitBoundsOptions: { padding: 16 },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      fadeDuration: 0,
      maxZoom: 18,
      minZoom: 4,
      renderWorldCopies: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.on('style.load', () => {
      addImages(this.map);
      this.map.addLayer(this.layer, 'labels');
      this.ready = true;
      onReady();
    });
  }

  /** What a screen reader calls the drawing, within the panel of the map. */
  setTitle(words: string): void {
    this.map.getCanvas().setAttribute('aria-label', words);
  }

  setName(name: NameField): void {
    if (!this.ready) return;
    for (const layer of NAME_LAYERS) this.map.setLayoutProperty(layer, 'text-field', named(name));
    for (const layer of ['station', 'hospital'])
      this.map.setLayoutProperty(layer, 'text-field', ['step', ['zoom'], '', 12, named(name)]);
  }

  setSource(name: 'incidents' | 'labels' | 'picked' | Overlay, data: GeoJSON.FeatureCollection): void {
    if (this.ready) void this.map.getSource<GeoJSONSource>(name)?.setData(data);
  }

  takeVehicles(scene: Omit<Scene, 'shown' | 'origin'>): Drawn {
    this.noteShown(scene.fleet.capacity);
    const now = performance.now();
    const glide = Math.min(LONGEST_GLIDE_MILLIS, now - this.tookAt);
    this.tookAt = now;
    this.drawn = markers({ ...scene, shown: this.shown, origin: this.origin });
    this.layer.take(this.drawn, matchMedia('(prefers-reduced-motion: reduce)').matches ? 1 : glide);
    if (this.frame === 0 && this.timer === undefined) this.animate();
    return this.drawn;
  }

  inView(): Drawn['vehicles'] {
    const { clientWidth, clientHeight } = this.map.getCanvas();
    const within = this.screen();
    return this.drawn.vehicles.filter((_, index) => {
      const [x, y] = within(index);
      return x >= 0 && y >= 0 && x <= clientWidth && y <= clientHeight;
    });
  }

  pick({ x, y }: { x: number; y: number }): Picked {
    const place = this.screen();
    let best: { vehicle: string; far: number } | null = null;
    this.drawn.vehicles.forEach((vehicle, index) => {
      const [vx, vy] = place(index);
      const far = Math.hypot(vx - x, vy - y);
      if (far <= PICK_PIXELS && far <= (best?.far ?? PICK_PIXELS)) best = { vehicle: vehicle.id, far };
    });
    const found = best as { vehicle: string; far: number } | null;
    const incident = this.map.queryRenderedFeatures([x, y], { layers: ['incidents'] })[0]?.properties['id'] as
      string | undefined;
    if (incident !== undefined && (found === null || found.far > 6)) return { incident };
    if (found) return { vehicle: found.vehicle };
    const { lng, lat } = this.map.unproject([x, y]);
    return { nothing: { lon: lng, lat } };
  }

  goTo({ lon, lat }: Position): void {
    this.map.easeTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), 13), duration: 400 });
  }

  fit(): void {
    this.fitTo(this.region.bounds as [number, number, number, number]);
  }

  fitTo(bounds: [west: number, south: number, east: number, north: number]): void {
    this.map.fitBounds(bounds, { padding: 16, duration: 400 });
  }

  remove(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    this.map.remove();
  }

  // Repaints while vehicles glide, resting as long as a frame took.
  private animate(): void {
    const began = performance.now();
    // The browser grants the next frame only once this one is on the screen, so the wait for it is the true cost.
    this.map.once('render', () => {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        if (this.layer.progress() >= 1) return;
        const took = performance.now() - began;
        if (took < SLOW_FRAME_MILLIS) {
          this.animate();
          return;
        }
        this.timer = setTimeout(() => {
          this.timer = undefined;
          this.animate();
        }, took * REST_PER_FRAME);
      });
    });
    this.map.triggerRepaint();
  }

  private noteShown(capacity: number): void {
    if (this.shown.length < 2 * capacity) this.shown = new Float32Array(2 * capacity);
    const progress = this.layer.progress();
    this.drawn.vehicles.forEach(({ slot }, index) => {
      const [x, y] = this.between(index, progress);
      this.shown[2 * slot] = x;
      this.shown[2 * slot + 1] = y;
    });
  }

  private between(index: number, progress: number): [number, number] {
    const row = (column: number) => this.drawn.rows[index * 9 + column] ?? 0;
    return [row(0) + (row(2) - row(0)) * progress, row(1) + (row(3) - row(1)) * progress];
  }

  // Where a drawn vehicle is on the canvas, in CSS pixels.
  private screen(): (index: number) => [number, number] {
    const { clientWidth, clientHeight } = this.map.getCanvas();
    const world = worldPixels(this.map.getZoom());
    const centre = this.map.getCenter();
    const [cx, cy] = [mercatorX(centre.lng), mercatorY(centre.lat)];
    const [progress, spread] = [this.layer.progress(), this.layer.spread()];
    return (index) => {
      const [x, y] = this.between(index, progress);
      const aside = (column: number) => (this.drawn.rows[index * 9 + column] ?? 0) * spread;
      return [
        (x + this.origin[0] - cx) * world + clientWidth / 2 + aside(7),
        (y + this.origin[1] - cy) * world + clientHeight / 2 + aside(8),
      ];
    };
  }
}
