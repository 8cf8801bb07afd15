import { backoffMillis } from '../feed/backoff';
import { call, problemFrom, Refusal } from './http';
import type { CommandAnswer, CommandRequest, Problem } from './types';

// About half a minute in all: past that the dispatcher must hear that the command is not recorded.
export const COMMAND_ATTEMPTS = 9;

export type CommandOutcome = { recorded: true; answer: CommandAnswer } | { recorded: false; problem: Problem };

export interface Sender {
  post: (request: CommandRequest) => Promise<CommandAnswer>;
  wait: (millis: number) => Promise<void>;
  onRetry?: (attempt: number) => void;
}

export const httpSender: Sender = {
  post: (request) => call('POST', '/commands', request),
  wait: (millis) => new Promise((done) => setTimeout(done, millis)),
};

// The same command id goes out on every attempt, so a command that arrived twice is recorded once.
export async function sendCommand(request: CommandRequest, sender: Sender = httpSender): Promise<CommandOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { recorded: true, answer: await sender.post(request) };
    } catch (error) {
      if (!mayWorkLater(error) || attempt >= COMMAND_ATTEMPTS) return { recorded: false, problem: problemFrom(error) };
    }
    sender.onRetry?.(attempt);
    await sender.wait(backoffMillis(attempt - 1, Math.random()));
  }
}

function mayWorkLater(error: unknown): boolean {
  return error instanceof Refusal ? error.status >= 500 && error.problem.retry : true;
}
