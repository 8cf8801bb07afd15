import type { Schemas } from '../api/types';
import { fill } from '../i18n/fill';
import type { Words } from '../i18n/language.svelte';

type Report = Schemas['TravelTimesReport'];

// The report in plain sentences, the most telling first.
export function travelInWords({ all, method }: Report, { screen, vocabulary }: Words): string[] {
  const { reports } = screen;
  if (all.journeys === 0) return [reports.none];
  const median = all.median_error_seconds;
  return [
    fill(reports.journeys, { n: all.journeys, method: vocabulary.TravelMethod[method] }),
    median === 0 ? reports.exact : fill(median > 0 ? reports.slower : reports.faster, { n: Math.abs(median) }),
    fill(reports.p90, { n: all.p90_error_seconds }),
  ];
}

type Profile = Schemas['TravelProfileRequest'];

// Whether a correction changes nothing.
export const isPlain = ({ factor, roads, parts }: Profile): boolean => factor === 1 && !roads?.length && !parts?.length;

// What a correction says beyond its factor for all, the most telling first: "国省道（城区） ×1.12，45 次".
export function factorsInWords(
  { roads = [], parts = [] }: Profile,
  { screen: { reports }, vocabulary }: Words,
): string[] {
  const known: Record<string, Record<string, string>> = { class: vocabulary.RoadClass, area: vocabulary.Surroundings };
  const all = [
    ...roads.map(({ class: road, area, ...rest }) => ({
      ...rest,
      what: fill(reports.road, { class: known.class?.[road] ?? road, area: known.area?.[area] ?? area }),
    })),
    ...parts.map(({ part, ...rest }) => ({ ...rest, what: (reports.parts as Record<string, string>)[part] ?? part })),
  ];
  all.sort((a, b) => Math.abs(Math.log(b.factor)) - Math.abs(Math.log(a.factor)));
  return all.map(({ what, factor, journeys }) => fill(reports.factor, { what, n: factor.toFixed(2), journeys }));
}

// `hour:8` -> "8 时".
export function groupInWords(name: string, { screen: { reports }, vocabulary }: Words): string {
  const [kind = '', value = ''] = name.split(':');
  const known: Record<string, Record<string, string>> = { class: vocabulary.RoadClass, area: vocabulary.Surroundings };
  if (kind === 'hour' || kind === 'class' || kind === 'area')
    return fill(reports[kind], { n: known[kind]?.[value] ?? value });
  return kind === 'all' ? reports.all : name;
}
