// One real server, one real fleet, one real browser. Started and stopped here.
import { defineConfig } from '@playwright/test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const port = Number(process.env.HELAN_TEST_PORT ?? 8391);
/** The crew's page of the terminal that a test runs by itself, one at a time. */
export const crewPort = port + 2;
/** How many times faster than the clock the fleet drives and presses. */
export const speed = 30;

/** How many of the region's vehicles the fleet leaves to terminals of the tests, each to one. */
export const spareVehicles = 12;
const fleet = `--runs-a-day 0 --under-way 0 --forgets 0 --vehicles ${123 - spareVehicles} --speed ${speed}`;

/** WebGL in software, and no calls home. */
const chromiumFlags = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 20_000 },
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['./failures.ts']],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1920, height: 1080 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: '/usr/bin/chromium', args: chromiumFlags },
  },
  webServer: {
    command: `scripts/province tests/browser/province ${port} ${fleet}`,
    cwd: root,
    env: { HELAN_PLAUSIBLE_KMH: String(220 * speed), HELAN_DISK_RESERVE_MIB: '0' },
    url: `http://127.0.0.1:${port}/readyz`,
    timeout: 60_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
