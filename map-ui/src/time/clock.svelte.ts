// The server's clock as this console knows it. Every age and timer on the screen is read from here.
class Clock {
  now = $state(Date.now());
  private offset = 0;

  constructor() {
    setInterval(() => (this.now = this.exact()), 1000);
  }

  exact(): number {
    return this.atServer(Date.now());
  }

  // What the server's clock said when this computer's said that.
  atServer(here: number): number {
    return here + this.offset;
  }

  // `sentAt` is when the question left, by our own clock; half the round trip is taken off.
  heardServer(serverTime: number, sentAt: number | null): void {
    const here = Date.now();
    const travel = sentAt === null ? 0 : (here - sentAt) / 2;
    this.offset = serverTime + travel - here;
    this.now = this.exact();
  }
}

export const clock = new Clock();
