// A real terminal: the agent's binary with a vehicle's key, fed with sentences, and its crew's page.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crewPort, port, spareVehicles } from './playwright.config';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/vehicle-agent');

export interface Where {
  lon: number;
  lat: number;
  knots?: number;
}

export class Terminal {
  private agent: ChildProcess;

  private constructor(
    readonly vehicle: string,
    private readonly through: number,
    private readonly folder: string,
  ) {
    this.agent = run(through, folder);
  }

  /** The page of the crew. */
  readonly address = `http://127.0.0.1:${crewPort}/`;

  /** Starts the terminal of a vehicle that nobody had before; it reaches the server through a port. */
  static start(through: number = port): Terminal {
    const [vehicle, key] = nextVehicle();
    const folder = mkdtempSync(join(tmpdir(), 'helan-terminal-'));
    writeFileSync(join(folder, 'key.txt'), key, { mode: 0o600 });
    return new Terminal(vehicle, through, folder);
  }

  /** The receiver measures a position now. */
  measure({ lon, lat, knots = 0 }: Where): void {
    const [date, time] = new Date().toISOString().slice(2, 19).split('T') as [string, string];
    const [year, month, day] = date.split('-');
    const fields = [
      'GNRMC',
      `${time.replaceAll(':', '')}.00`,
      'A',
      degrees(lat, 2),
      'N',
      degrees(lon, 3),
      'E',
      knots.toFixed(1),
      '90.0',
      `${day}${month}${year}`,
      '',
      '',
      'A',
    ];
    const body = fields.join(',');
    const sum = [...body].reduce((before, letter) => before ^ letter.charCodeAt(0), 0);
    this.agent.stdin?.write(`$${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`);
  }

  /** The terminal loses its power in the middle of whatever it does, and has it again; its map too, where a test says so. */
  async losesPower(andMap = false): Promise<void> {
    await this.ends('SIGKILL');
    if (andMap) rmSync(join(this.folder, 'outbox.db.map'));
    this.agent = run(this.through, this.folder);
  }

  async stop(): Promise<void> {
    await this.ends('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ends(signal: NodeJS.Signals): Promise<void> {
    const gone = new Promise((resolve) => this.agent.once('exit', resolve));
    this.agent.kill(signal);
    await gone;
  }
}

const run = (through: number, folder: string): ChildProcess =>
  spawn(
    binary,
    [
      'run',
      '--server',
      `ws://127.0.0.1:${through}/ws/agent`,
      '--key-file',
      join(folder, 'key.txt'),
      '--outbox',
      join(folder, 'outbox.db'),
      '--crew',
      `127.0.0.1:${crewPort}`,
      '--source',
      'stdin',
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );

// A vehicle that the simulated fleet leaves out, with its key. Each is had once in a province's life, so that what a
// test that failed left on its vehicle fails no other test.
function nextVehicle(): [string, string] {
  const province = (file: string): URL => new URL(`./province/${file}`, import.meta.url);
  const keys = readFileSync(province('vehicle-keys.txt'), 'utf8').trim().split('\n').slice(-spareVehicles);
  for (const line of keys) {
    const [vehicle, key] = line.split(' ');
    if (!vehicle || !key) throw new Error(`vehicle-keys.txt: "${line}" is no vehicle and key`);
    const taken = province(`taken-${vehicle}`);
    if (existsSync(taken)) continue;
    closeSync(openSync(taken, 'wx'));
    return [vehicle, key];
  }
  throw new Error(`more than ${spareVehicles} terminals were started; raise spareVehicles in playwright.config.ts`);
}

// Degrees and minutes as NMEA writes them, the degrees with so many digits.
function degrees(value: number, digits: number): string {
  const whole = Math.trunc(value);
  return `${String(whole).padStart(digits, '0')}${((value - whole) * 60).toFixed(4).padStart(7, '0')}`;
}
