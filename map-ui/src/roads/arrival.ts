import type { Arrival, Incident } from '../api/types';
import { isUnderWay } from '../tasks/standing';
import { clockTime } from '../time/format';
import { fill } from '../i18n/fill';
import type { Words } from '../i18n/language.svelte';

export interface ArrivalSaid {
  text: string;
  // How it was worked out, for what is not by road.
  method: string;
  // By how much the norm will be missed, before it happens.
  late: string;
}

const minutes = (seconds: number): number => Math.max(1, Math.round(seconds / 60));

// "约 8 分后到现场 11:42".
export function arrivalSaid(
  { arrives_at, goal, method, metres_left, misses_norm_by_seconds, off_route }: Arrival,
  now: number,
  { screen, vocabulary }: Words,
): ArrivalSaid {
  const at = clockTime(arrives_at).slice(0, 5);
  const where = vocabulary.ArrivalGoal[goal];
  // Near the end a time says less than what is left: a vehicle that stands there is "about to arrive" for ever.
  const text =
    arrives_at <= now + 30_000
      ? metres_left > 0 && metres_left < 1000
        ? fill(screen.roads.unmoved, {
            where: vocabulary.ArrivalGoal[goal],
            metres: Math.max(10, Math.round(metres_left / 10) * 10),
          })
        : fill(screen.roads.now, { where })
      : fill(screen.roads.arrives, { n: minutes((arrives_at - now) / 1000), where, at });
  return {
    text: off_route === true ? `${text} · ${screen.roads.offRoute}` : text,
    method: method === 'road' ? '' : vocabulary.TravelMethod[method],
    late: misses_norm_by_seconds ? fill(screen.roads.willMiss, { n: minutes(misses_norm_by_seconds) }) : '',
  };
}

// The arrival an incident waits for: the first vehicle at the scene, and once one is there the first at a hospital.
export function arrivalFor({ tasks }: Incident, arrivals: ReadonlyMap<string, Arrival>): Arrival | null {
  const running = tasks.filter(isUnderWay).flatMap(({ id }) => arrivals.get(id) ?? []);
  const served = tasks.some(({ milestones }) => milestones.some(({ milestone }) => milestone === 'at_scene'));
  const wanted = running.filter(({ goal }) => goal === (served ? 'hospital' : 'scene'));
  return (wanted.length > 0 ? wanted : running).reduce<Arrival | null>(
    (first, next) => (first === null || next.arrives_at < first.arrives_at ? next : first),
    null,
  );
}
