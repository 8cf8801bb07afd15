// How long rows stand still after the hand last moved among them: longer than reading one takes, short enough
// that a pointer left lying there does not keep a new call from its place.
const HOLD_MILLIS = 15_000;
// A press so soon after rows moved was meant for what stood there before.
const SETTLE_MILLIS = 400;

// Whether a pointer or the keyboard is among the rows.
class Hold {
  on = $state(false);
  // Whether the last press was not taken, so that it is said.
  ignored = $state(false);
  private inside = false;
  private movedAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  touch(): void {
    this.on = true;
    this.ignored = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.release(), HOLD_MILLIS);
  }

  release(): void {
    clearTimeout(this.timer);
    this.on = false;
  }

  enter(): void {
    this.inside = true;
    this.touch();
  }

  // The keyboard went elsewhere; a pointer that is still here keeps the rows.
  blur(): void {
    if (!this.inside) this.release();
  }

  leave(): void {
    this.inside = false;
    this.release();
  }

  // Only what moves under the hand can deceive it.
  rowsMoved(): void {
    if (this.inside) this.movedAt = performance.now();
  }

  tooSoon(): boolean {
    this.ignored = performance.now() - this.movedAt < SETTLE_MILLIS;
    return this.ignored;
  }
}

export const hold = new Hold();
