// What people lay over the map on demand; each is a source of its own, drawn by overlay-style.ts.
export const OVERLAYS = ['reach', 'coverage', 'conditions', 'draft', 'ways', 'track'] as const;
export type Overlay = (typeof OVERLAYS)[number];
