import { backoffMillis } from '../feed/backoff';
import { call, problemFrom, Refusal } from './http';
import type { CommandAnswer, CommandRequest, Problem } from './types';

// About half a minute in all: past that the dispatcher must hear that the act is not recorded.
export const ACT_ATTEMPTS = 9;

export type CommandOutcome = { recorded: true; answer: CommandAnswer } | { recorded: false; problem: Problem };

export interface Sender {
  post: (act: CommandRequest) => Promise<CommandAnswer>;
  wait: (millis: number) => Promise<void>;
  onRetry?: (attempt: number) => void;
}

export const httpSender: Sender = {
  post: (act) => call('POST', '/commands', act),
  wait: (millis) => new Promise((done) => setTimeout(done, millis)),
};

// The same act id goes out on every attempt, so an act that arrived twice is recorded once.
export async function sendCommand(act: CommandRequest, sender: Sender = httpSender): Promise<CommandOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { recorded: true, answer: await sender.post(act) };
    } catch (error) {
      if (!mayWorkLater(error) || attempt >= ACT_ATTEMPTS) return { recorded: false, problem: problemFrom(error) };
    }
    sender.onRetry?.(attempt);
    await sender.wait(backoffMillis(attempt - 1, Math.random()));
  }
}

function mayWorkLater(error: unknown): boolean {
  return error instanceof Refusal ? error.status >= 500 && error.problem.retry : true;
}
