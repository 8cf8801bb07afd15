// Where the keys find the marks of the queue that stands on the screen.
type Jump = (direction: 'up' | 'down') => void;

let current: Jump | null = null;

/** Goes to the nearest incident that waits out of sight; nothing where no queue is shown. */
export const jumpInQueue: Jump = (direction) => current?.(direction);

/** The queue on the screen takes the jumps; what is given back ends it. */
export function takeJumps(jump: Jump): () => void {
  current = jump;
  return () => {
    if (current === jump) current = null;
  };
}
