import type { Problem } from '../api/types';
import { fill } from './fill';
import type { Words } from './language.svelte';

// Details that are words of a list are shown in words too.
const LISTS: Record<string, 'VehicleState' | 'Milestone'> = {
  state: 'VehicleState',
  reached: 'Milestone',
  asked: 'Milestone',
  milestone: 'Milestone',
};

// Several dangers are told one a line, each in the words it has alone.
export function problemInWords(problem: Problem, words: Words): string {
  const { dangers } = problem;
  if (dangers && dangers.length > 1) {
    const lines = dangers.map((danger, index) => `${index + 1}. ${problemInWords({ ...danger, retry: false }, words)}`);
    return [problemInWords({ ...problem, dangers: [] }, words), ...lines].join('\n');
  }
  const text = words.problems[problem.code];
  if (text === undefined) return `${problem.message} (${problem.code})`;
  const details = Object.entries(problem.details ?? {}).map(([name, value]) => [
    name,
    name === 'refused' ? eachRefused(value, words) : detailInWords(name, value, words),
  ]);
  return fill(text, Object.fromEntries(details) as Record<string, string>);
}

// "YC-01-1 (vehicle_on_task), YC-02-1 (vehicle_lent)": each vehicle with its own reason.
function eachRefused(value: string, { screen }: Words): string {
  return value.replace(/\(([a-z_]+)\)/g, (_, code: string) => `（${screen.desk.refusedBecause[code] ?? code}）`);
}

function detailInWords(name: string, value: string, words: Words): string {
  const list = LISTS[name];
  return list === undefined ? value : ((words.vocabulary[list] as Record<string, string>)[value] ?? value);
}
