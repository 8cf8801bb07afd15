import type { Position } from '../api/types';
import type { LiveMap } from './live-map';

// The one way to move the map from elsewhere, for use by an explicit wish of the person at the selection.
export interface Look extends Position {
  zoom: number;
}

class View {
  // Where the map looks, kept over a reload.
  look = $state.raw<Look | null>(null);
  marked = $state.raw<Position | null>(null);
  private live: LiveMap | null = null;

  attach(live: LiveMap | null): void {
    this.live = live;
    const { look } = this;
    if (live && look) live.map.jumpTo({ center: [look.lon, look.lat], zoom: look.zoom });
  }

  forget(): void {
    this.marked = null;
    this.look = null;
  }

  goTo(position: Position): void {
    this.live?.goTo(position);
  }

  fitTo(bounds: [west: number, south: number, east: number, north: number]): void {
    this.live?.fitTo(bounds);
  }

  centre(): Position | null {
    const at = this.live?.map.getCenter();
    return at ? { lon: at.lng, lat: at.lat } : null;
  }
}

export const view = new View();
