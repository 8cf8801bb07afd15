import { collection } from './features';

// What lies over the map now, by the wish of the person at the selection.
class Overlays {
  reach = $state.raw(collection([]));
  coverage = $state.raw(collection([]));
  conditions = $state.raw(collection([]));
  draft = $state.raw(collection([]));
  ways = $state.raw(collection([]));
  track = $state.raw(collection([]));
}

export const overlays = new Overlays();
