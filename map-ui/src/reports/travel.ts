import type { Schemas } from '../api/types';
import { fill } from '../words/fill';
import type { Words } from '../words/language.svelte';

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

// `hour:8` -> "8 时".
export function groupInWords(name: string, { screen: { reports }, vocabulary }: Words): string {
  const [kind = '', value = ''] = name.split(':');
  const known: Record<string, Record<string, string>> = { class: vocabulary.RoadClass, area: vocabulary.Surroundings };
  if (kind === 'hour' || kind === 'class' || kind === 'area') return fill(reports[kind], { n: known[kind]?.[value] ?? value });
  return kind === 'all' ? reports.all : name;
}
