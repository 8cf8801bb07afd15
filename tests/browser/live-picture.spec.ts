// The picture of a vehicle's camera, from a terminal of another maker through the gateway to the dispatcher's screen: all
// of it real programs, and a clip that the camera plays in a loop.
import { expect, test } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signIn } from './console';
import { port } from './playwright.config';
import { holds } from './rules';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = (name: string): string => join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', name);
const clip = join(root, 'terminal-gateway/tests/clips/testsrc-160x120-10fps.h264');
const [terminals, media] = [port + 5, port + 6];
// The last of the province, which no terminal of another test has while this one runs.
const vehicle = 'ZW-04-3';
const number = '13900000099';

class Programs {
  private readonly folder = mkdtempSync(join(tmpdir(), 'helan-camera-'));
  private readonly running: ChildProcess[] = [];

  /** The gateway, and the terminal of the vehicle with its camera. */
  async start(): Promise<void> {
    const keys = readFileSync(new URL('./province/vehicle-keys.txt', import.meta.url), 'utf8');
    const key = keys.split('\n').find((line) => line.startsWith(`${vehicle} `));
    writeFileSync(join(this.folder, 'keys.txt'), `${key ?? ''}\n`, { mode: 0o600 });
    const bound = `[[terminal]]\nnumber = "${number}"\nvehicle = "${vehicle}"\n`;
    writeFileSync(join(this.folder, 'terminals.toml'), bound);
    const settings = {
      '--server': `ws://127.0.0.1:${port}/ws/agent`,
      '--tcp': `127.0.0.1:${terminals}`,
      '--video': `127.0.0.1:${media}`,
      '--video-address': `127.0.0.1:${media}`,
      '--terminals': join(this.folder, 'terminals.toml'),
      '--keys': join(this.folder, 'keys.txt'),
      '--state': join(this.folder, 'state'),
    };
    await this.run('terminal-gateway', ['serve', '--no-inspector', ...Object.entries(settings).flat()], 'ready on');
    const terminal = ['--gateway', `127.0.0.1:${terminals}`, '--number', number, '--camera', clip];
    await this.run('simulations', ['jt808-terminal', ...terminal], 'known to the gateway');
  }

  async stop(): Promise<void> {
    for (const child of this.running.reverse()) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.kill('SIGTERM')) await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(name: string, settings: string[], says: string): Promise<void> {
    const child = spawn(program(name), settings, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.running.push(child);
    return new Promise((resolve, reject) => {
      child.stdout.on('data', (said: Buffer) => {
        if (said.toString().includes(says)) resolve();
      });
      child.once('exit', (code) => reject(new Error(`${name} ended with ${String(code)}`)));
    });
  }
}

test('a dispatcher looks through the camera of a vehicle with a terminal of another maker', async ({ page }) => {
  const programs = new Programs();
  const details = page.getByRole('region', { name: '车辆详情' });
  const picture = details.getByRole('figure', { name: /车载画面（摄像头 1）$/ });
  try {
    await programs.start();
    await signIn(page);
    await page.keyboard.press('F8');
    await page.locator(`[data-row=${vehicle}]`).click();
    await expect(details).toContainText(vehicle);
    await expect(details).toContainText('终端：terminal-gateway');
    await details.getByRole('button', { name: '车载画面' }).click();
    await expect(picture.getByRole('status')).toContainText('● 实时');
    // It moves: the clip shows another frame each tenth of a second.
    const video = picture.locator('video');
    const at = (): Promise<number> => video.evaluate((it: HTMLVideoElement) => it.currentTime);
    const before = await at();
    await expect.poll(at).toBeGreaterThan(before + 1);
    expect(await video.evaluate((it: HTMLVideoElement) => [it.videoWidth, it.videoHeight])).toEqual([160, 120]);
    await page.screenshot({ path: 'test-results/live-picture.png' });
    await holds(page, 'a live picture');

    // What is over does not look like now.
    await programs.stop();
    await expect(picture.getByRole('status')).toContainText('正在等待');
    await expect(picture.getByRole('status')).toContainText('▲ 终端没有送来画面', { timeout: 40_000 });
    await page.screenshot({ path: 'test-results/live-picture-over.png' });
    await details.getByRole('button', { name: '关闭画面' }).click();
    await expect(picture).toBeHidden();
    await page.keyboard.press('F9');
    const look = page.locator('[data-focus=log]').getByText(`查看 ${vehicle} 的车载画面（摄像头 1）`);
    await expect(look).toHaveCount(1);
  } finally {
    await programs.stop();
  }
});
