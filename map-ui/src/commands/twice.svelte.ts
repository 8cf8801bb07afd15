// A second press that comes sooner is the double of the first, by a finger or a mouse that bounces: nobody has read by
// then what the first press told. Double clicks are set to half a second.
const DOUBLE_MILLIS = 500;

// What a first press asked for; the second, given on purpose, carries it out.
export class Twice<What extends string = string> {
  asked = $state<What | null>(null);
  private since = 0;

  constructor(private readonly clock: () => number = () => performance.now()) {}

  // True at the second press of the same.
  confirms(what: What): boolean {
    const now = this.clock();
    if (this.asked !== what) {
      this.asked = what;
      this.since = now;
      return false;
    }
    if (now - this.since < DOUBLE_MILLIS) return false;
    this.asked = null;
    return true;
  }

  forget(): void {
    this.asked = null;
  }
}
