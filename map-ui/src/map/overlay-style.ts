import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';

const HALO = { 'text-halo-color': '#11161c', 'text-halo-width': 1.6 } as const;
const LINE = { 'line-cap': 'round', 'line-join': 'round' } as const;
const is = (name: string, value: string | boolean): ExpressionSpecification => ['==', ['get', name], value];

// Land and roads' state: below the names and everything that moves.
export function groundOverlays(font: string[]): LayerSpecification[] {
  const band: ExpressionSpecification = ['step', ['get', 'minutes'], '#6ee7b7', 6, '#7fc1ff', 11, '#c7a3ff'];
  const kind: ExpressionSpecification = ['match', ['get', 'kind'], 'closed', '#ff5252', '#f5cf4a'];
  return [
    { id: 'reach-fill', type: 'fill', source: 'reach', paint: { 'fill-color': band, 'fill-opacity': 0.16 } },
    { id: 'reach-line', type: 'line', source: 'reach', paint: { 'line-color': band, 'line-width': 1.6 } },
    {
      id: 'reach-name',
      type: 'symbol',
      source: 'reach',
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 220,
        'text-field': ['get', 'label'],
        'text-font': font,
        'text-size': 12,
        'text-rotation-alignment': 'viewport',
      },
      paint: { 'text-color': band, ...HALO },
    },
    {
      id: 'coverage-sign',
      type: 'symbol',
      source: 'coverage',
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 7, 0.8, 11, 1.3],
        'text-field': ['step', ['zoom'], '', 8.5, ['get', 'label']],
        'text-font': font,
        'text-size': 11.5,
        'text-anchor': 'left',
        'text-offset': [0.7, 0],
        'text-optional': true,
      },
      paint: { 'text-color': '#d7e3ee', ...HALO },
    },
    {
      id: 'condition-fill',
      type: 'fill',
      source: 'conditions',
      paint: { 'fill-pattern': ['match', ['get', 'kind'], 'closed', 'hatch-closed', 'hatch-slow'] },
    },
    { id: 'condition-line', type: 'line', source: 'conditions', paint: { 'line-color': kind, 'line-width': 2 } },
    {
      id: 'condition-name',
      type: 'symbol',
      source: 'conditions',
      layout: {
        'text-field': ['get', 'label'],
        'text-font': font,
        'text-size': 12,
        'text-max-width': 14,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': kind, ...HALO },
    },
    {
      id: 'draft-fill',
      type: 'fill',
      source: 'draft',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': '#ffffff', 'fill-opacity': 0.15 },
    },
    {
      id: 'draft-line',
      type: 'line',
      source: 'draft',
      paint: { 'line-color': '#ffffff', 'line-width': 2, 'line-dasharray': [2, 1.5] },
    },
    {
      id: 'draft-corner',
      type: 'circle',
      source: 'draft',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: { 'circle-radius': 4, 'circle-color': '#ffffff' },
    },
  ];
}

// Ways and tracks: below incidents and vehicles, above names.
export function lineOverlays(font: string[]): LayerSpecification[] {
  const colour: ExpressionSpecification = [
    'match',
    ['get', 'use'],
    'candidate',
    '#ffffff',
    'other',
    '#4d7ba8',
    '#7fc1ff',
  ];
  const width = (other: number, chosen: number): ExpressionSpecification => [
    'match',
    ['get', 'use'],
    'other',
    other,
    chosen,
  ];
  const order: ExpressionSpecification = ['match', ['get', 'use'], 'other', 0, 1];
  const way = (id: string, method: string, dash: number[] | null): LayerSpecification => ({
    id,
    type: 'line',
    source: 'ways',
    filter: is('method', method),
    layout: { ...LINE, 'line-sort-key': order },
    paint: {
      'line-color': colour,
      'line-width': width(1.8, 3.2),
      'line-opacity': 0.95,
      ...(dash ? { 'line-dasharray': dash } : {}),
    },
  });
  const doubt: ExpressionSpecification = ['match', ['get', 'quality'], 'suspect', '#ff8b8b', '#f5cf4a'];
  return [
    {
      id: 'way-edge',
      type: 'line',
      source: 'ways',
      layout: LINE,
      paint: { 'line-color': '#0b0f14', 'line-width': width(3.6, 6) },
    },
    way('way-road', 'road', null),
    way('way-straight', 'straight_line', [1.5, 2]),
    {
      id: 'way-name',
      type: 'symbol',
      source: 'ways',
      layout: { 'symbol-placement': 'line-center', 'text-field': ['get', 'label'], 'text-font': font, 'text-size': 12 },
      paint: { 'text-color': '#d7ebff', ...HALO },
    },
    {
      id: 'track-line',
      type: 'line',
      source: 'track',
      filter: is('late', false),
      layout: LINE,
      paint: { 'line-color': '#ff9ecb', 'line-width': 2.4 },
    },
    {
      id: 'track-late',
      type: 'line',
      source: 'track',
      filter: is('late', true),
      layout: LINE,
      paint: { 'line-color': '#f5cf4a', 'line-width': 2.4, 'line-dasharray': [1, 2] },
    },
    {
      id: 'track-doubt',
      type: 'circle',
      source: 'track',
      filter: ['has', 'quality'],
      paint: {
        'circle-radius': 3.5,
        'circle-color': '#11161c',
        'circle-stroke-width': 1.6,
        'circle-stroke-color': doubt,
      },
    },
    {
      id: 'track-time',
      type: 'symbol',
      source: 'track',
      filter: ['has', 'time'],
      layout: {
        'text-field': ['get', 'time'],
        'text-font': font,
        'text-size': 10.5,
        'text-anchor': 'left',
        'text-offset': [0.6, 0],
      },
      paint: { 'text-color': '#ff9ecb', ...HALO },
    },
  ];
}
