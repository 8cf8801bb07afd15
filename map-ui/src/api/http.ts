import { readable } from './readable';
import type { Problem } from './types';

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.message);
  }
}

// A query that takes longer than this is of no use to the person who waits for it.
const QUERY_TIMEOUT_MILLIS = 10_000;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export async function call<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(QUERY_TIMEOUT_MILLIS),
  });
  if (!response.ok) throw new Refusal(response.status, await problemOf(response));
  if (response.status === 204) return undefined as Answer;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(readable(text))) as Answer;
}

export const get = <Answer>(path: string): Promise<Answer> => call('GET', path);

export function query(path: string, values: Record<string, string | number | null | undefined>): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return pairs.length === 0
    ? path
    : `${path}?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}

export function problemFrom(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  return { code: 'network', message: String(error), retry: true };
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const problem = (await response.json()) as Problem;
    if (typeof problem.code === 'string') return problem;
  } catch {
    // Not ours: a proxy or a crashed server speaks here, and only its status is known.
  }
  return {
    code: 'no_answer',
    message: `status ${response.status}`,
    details: { status: String(response.status) },
    retry: true,
  };
}
