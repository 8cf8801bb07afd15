import type { FeedMessage, Incident, Task, Vehicle } from '../src/api/types';
import { readFileSync } from 'node:fs';

export const NOON = Date.UTC(2026, 10, 23, 4, 0, 0);

// The golden examples of the wire are what the server really sends.
export const golden = <Kind>(name: string): Kind =>
  JSON.parse(readFileSync(new URL(`../../wire-protocol/golden/${name}.json`, import.meta.url), 'utf8')) as Kind;

export const snapshot = (): Extract<FeedMessage, { type: 'snapshot' }> => golden('feed_snapshot');
export const changes = (): Extract<FeedMessage, { type: 'changes' }> => golden('feed_changes');

export function vehicle(id: string, changed: Partial<Vehicle> = {}): Vehicle {
  const [first] = snapshot().vehicles;
  if (!first) throw new Error('the golden snapshot has no vehicle');
  return {
    ...first,
    id,
    call_sign: `呼 ${id}`,
    plate: `宁A·${id}`,
    state: 'available_at_station',
    pause: null,
    deadlines: [],
    ...changed,
  };
}

export function incident(id: string, changed: Partial<Incident> = {}): Incident {
  return {
    id,
    centre: id.replace(/-\d+$/, ''),
    version: 1,
    stage: 'waiting',
    facts: {
      kind: 'illness',
      priority: 'urgent',
      source: 'phone',
      accident_level: 'ordinary',
      scene: { address: '解放西街 1 号', source: 'caller_words' },
      complaint: '胸痛',
      test: false,
    },
    opened_at: NOON,
    calls: [],
    tasks: [],
    notes: [],
    deadlines: [],
    ...changed,
  };
}

export function task(
  id: string,
  vehicleId: string,
  times: Partial<Record<Task['milestones'][number]['milestone'], number>>,
): Task {
  const milestones = Object.entries(times).map(([milestone, at]) => ({
    milestone: milestone as Task['milestones'][number]['milestone'],
    stamp: {
      at,
      made_at: at,
      recorded_at: at,
      origin: { by: 'crew_terminal' as const, vehicle: vehicleId },
      clock_doubtful: false,
      corrected: false,
    },
  }));
  return {
    id,
    vehicle: vehicleId,
    stage: 'running',
    milestones,
    order_expires_at: NOON + 120_000,
    details: {},
    crew: [],
  };
}
