import type { Schemas, Vehicle } from '../api/types';
import { answerCrew, sendMessage, type CommandAtCentre } from '../commands/commands';

export type Message = Schemas['MessageView'];

// What a crew wrote and no dispatcher has seen, oldest first; with a number, what of it had been written by then.
export const waitingOf = ({ messages }: Vehicle, through = Infinity): Message[] =>
  (messages ?? []).filter(({ from, seen_at, number }) => from === 'crew' && seen_at == null && number <= through);

// Which of several speaks for all: the newest that asks for help, else the newest.
export const spokesman = (waiting: readonly Message[]): Message | undefined =>
  waiting.findLast(({ need }) => need) ?? waiting.at(-1);

// The number of the latest message of either side; what comes later has a higher one.
export const latestOf = ({ messages }: Vehicle): number => messages?.at(-1)?.number ?? 0;

// Words to a crew answer what waits for an answer; where nothing does, they are a message like any other. With a number,
// what was written after it waits on.
export function writeTo(vehicle: Vehicle, text: string, through?: number): CommandAtCentre {
  const newest = waitingOf(vehicle, through).at(-1);
  return newest ? answerCrew(vehicle, newest.number, text) : sendMessage(vehicle, text);
}

// All that waits of one vehicle, in one line.
export interface WaitingLine {
  vehicle: Vehicle;
  shown: Message;
  // The number through which an answer reaches.
  through: number;
  others: number;
}

// Who asks for help, and who only tells; in each, who has waited longest stands first, so that a line keeps its place.
export function waitingLines(vehicles: Iterable<Vehicle>): { needs: WaitingLine[]; told: WaitingLine[] } {
  const found = [...vehicles]
    .map((vehicle) => ({ vehicle, waiting: waitingOf(vehicle) }))
    .sort((a, b) => (a.waiting[0]?.at ?? 0) - (b.waiting[0]?.at ?? 0))
    .flatMap(({ vehicle, waiting }) => {
      const shown = spokesman(waiting);
      if (!shown) return [];
      return [{ vehicle, shown, through: waiting.at(-1)?.number ?? shown.number, others: waiting.length - 1 }];
    });
  return { needs: found.filter(({ shown }) => shown.need), told: found.filter(({ shown }) => !shown.need) };
}
