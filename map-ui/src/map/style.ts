import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { OVERLAYS } from './overlay-names';
import { groundOverlays, lineOverlays } from './overlay-style';

export type NameField = 'name_zh' | 'name_en';

const FONT = ['Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'sans-serif'];
const HALO = { 'text-halo-color': '#11161c', 'text-halo-width': 1.4 } as const;

// Everything is drawn from the server's own region data and the computer's own fonts: no internet.
export function styleOf(region: string, name: NameField): StyleSpecification {
  return {
    version: 8,
    sources: {
      region: { type: 'geojson', data: region },
      incidents: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      labels: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      ...Object.fromEntries(
        OVERLAYS.map((overlay) => [
          overlay,
          { type: 'geojson' as const, data: { type: 'FeatureCollection' as const, features: [] } },
        ]),
      ),
      picked: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': '#0f141a' } },
      ...areas(),
      ...lines(name),
      ...groundOverlays(FONT),
      ...points(name),
      ...lineOverlays(FONT),
      ...live(),
    ],
  };
}

const of = (layer: string): ['==', ['get', string], string] => ['==', ['get', 'layer'], layer];

// A name in the chosen language, in Chinese where the other is missing.
export const named = (name: NameField): ExpressionSpecification => [
  'case',
  ['!=', ['get', name], ''],
  ['get', name],
  ['get', 'name_zh'],
];

function areas(): LayerSpecification[] {
  return [
    { id: 'outline-fill', type: 'fill', source: 'region', filter: of('outline'), paint: { 'fill-color': '#171e26' } },
    {
      id: 'county',
      type: 'line',
      source: 'region',
      filter: of('county'),
      minzoom: 7.5,
      paint: { 'line-color': '#2b3540', 'line-width': 1, 'line-dasharray': [2, 2] },
    },
    {
      id: 'prefecture',
      type: 'line',
      source: 'region',
      filter: of('prefecture'),
      paint: { 'line-color': '#46525f', 'line-width': 1.2, 'line-dasharray': [4, 2] },
    },
    {
      id: 'outline',
      type: 'line',
      source: 'region',
      filter: of('outline'),
      paint: { 'line-color': '#6d7b89', 'line-width': 1.6 },
    },
  ];
}

function lines(name: NameField): LayerSpecification[] {
  const line = { 'line-cap': 'round', 'line-join': 'round' } as const;
  return [
    {
      id: 'river',
      type: 'line',
      source: 'region',
      filter: of('river'),
      layout: line,
      paint: { 'line-color': '#22486b', 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 1.5, 12, 7] },
    },
    {
      id: 'road-minor',
      type: 'line',
      source: 'region',
      filter: ['all', of('road'), ['!', ['in', ['get', 'class'], ['literal', MAIN_ROADS]]]],
      layout: line,
      paint: { 'line-color': '#3a444f', 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.6, 12, 2, 16, 5] },
    },
    {
      id: 'road-main',
      type: 'line',
      source: 'region',
      filter: ['all', of('road'), ['in', ['get', 'class'], ['literal', MAIN_ROADS]]],
      layout: line,
      paint: {
        'line-color': ['match', ['get', 'class'], 'motorway', '#6b5a35', '#505b66'],
        'line-width': ['interpolate', ['linear'], ['zoom'], 6, 1, 12, 3.2, 16, 8],
      },
    },
    {
      id: 'road-ref',
      type: 'symbol',
      source: 'region',
      filter: ['all', of('road'), ['!=', ['get', 'ref'], '']],
      minzoom: 7.5,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'text-field': ['get', 'ref'],
        'text-font': FONT,
        'text-size': 10.5,
        'text-rotation-alignment': 'viewport',
      },
      paint: { 'text-color': '#a8946a', ...HALO },
    },
    {
      id: 'river-name',
      type: 'symbol',
      source: 'region',
      filter: of('river'),
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 500,
        'text-field': named(name),
        'text-font': FONT,
        'text-size': 11,
        'text-letter-spacing': 0.3,
      },
      paint: { 'text-color': '#4f84b5', ...HALO },
    },
    {
      id: 'county-name',
      type: 'symbol',
      source: 'region',
      filter: of('prefecture'),
      maxzoom: 7.2,
      layout: { 'text-field': named(name), 'text-font': FONT, 'text-size': 13, 'text-letter-spacing': 0.15 },
      paint: { 'text-color': '#66727e', ...HALO },
    },
  ];
}

const MAIN_ROADS = ['motorway', 'trunk', 'primary'];
const SMALL_PLACES = ['village', 'landmark', 'neighbourhood', 'street', 'transport'];

function points(name: NameField): LayerSpecification[] {
  const place = (id: string, filter: unknown, minzoom: number, size: number, colour: string): LayerSpecification => ({
    id,
    type: 'symbol',
    source: 'region',
    minzoom,
    filter: ['all', of('place'), filter] as never,
    layout: {
      'text-field': named(name),
      'text-font': FONT,
      'text-size': size,
      'text-padding': 6,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': 1.1,
    },
    paint: { 'text-color': colour, ...HALO },
  });
  const institution = (id: string, layer: string, minzoom: number, colour: string): LayerSpecification => ({
    id,
    type: 'symbol',
    source: 'region',
    filter: of(layer),
    minzoom,
    layout: {
      'icon-image': id,
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'icon-size': ['interpolate', ['linear'], ['zoom'], 7, 0.5, 12, 1],
      'text-field': ['step', ['zoom'], '', 12, named(name)],
      'text-font': FONT,
      'text-size': 11,
      'text-anchor': 'bottom',
      'text-offset': [0, -0.9],
      'text-optional': true,
    },
    paint: { 'text-color': colour, ...HALO },
  });
  return [
    place('place-small', ['in', ['get', 'kind'], ['literal', SMALL_PLACES]], 11.5, 11, '#727e8a'),
    place('place-town', ['==', ['get', 'kind'], 'town'], 9, 11.5, '#8c98a4'),
    place('place-seat', ['==', ['get', 'kind'], 'county_seat'], 6, 13, '#b9c4cf'),
    institution('hospital', 'hospital', 9, '#9db4c9'),
    institution('station', 'station', 6, '#8fcf9f'),
  ];
}

function live(): LayerSpecification[] {
  return [
    { id: 'picked', type: 'symbol', source: 'picked', layout: { 'icon-image': 'picked', 'icon-allow-overlap': true } },
    {
      id: 'incidents',
      type: 'symbol',
      source: 'incidents',
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'order'],
        'icon-size': ['case', ['get', 'selected'], 1.25, 1],
        'text-field': ['get', 'label'],
        'text-font': FONT,
        'text-size': 12,
        'text-anchor': 'left',
        'text-offset': [1.1, 0],
        'text-optional': true,
      },
      paint: { 'text-color': '#ffffff', 'text-halo-color': '#11161c', 'text-halo-width': 1.8 },
    },
    {
      id: 'labels',
      type: 'symbol',
      source: 'labels',
      layout: {
        'text-field': ['get', 'label'],
        'text-font': FONT,
        'text-size': 11.5,
        'text-anchor': 'top',
        'text-offset': [0, 1.1],
        'text-padding': 1,
      },
      paint: { 'text-color': ['case', ['get', 'old'], '#9aa4ae', '#e8edf2'], ...HALO },
    },
  ];
}
