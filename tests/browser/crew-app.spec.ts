// The crew's page as an app of the terminal: installed, opened without its agent, pressed in gloves on any screen,
// and heard while the eyes are on the road.
import { expect, test, type Page } from '@playwright/test';
import { signIn, takeCall } from './console';
import { holds } from './rules';
import { Crew, order } from './situations';

/** A finger in a glove, in CSS pixels. */
const FINGER = 64;
const SCREENS = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  { width: 800, height: 1280 },
  { width: 1280, height: 800 },
];

/** What may be touched and is smaller than a finger, or goes over the edge of the screen. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate((finger) => {
    const shown = [...document.querySelectorAll('button, a[href]')].filter((it) => it.checkVisibility());
    const isSmall = ({ width, height, left, right }: DOMRect): boolean =>
      width < finger || height < finger || left < 0 || right > innerWidth;
    const found = shown.map((it) => [it, it.getBoundingClientRect()] as const).filter(([, box]) => isSmall(box));
    const tall = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
    return [...tall, ...found.map(([it, { width, height }]) => `${it.textContent} ${width}x${height}`)];
  }, FINGER);
}

async function fits(page: Page, where: string): Promise<void> {
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    expect.soft(await tooSmall(page), `${where}, ${screen.width} wide`).toEqual([]);
    const more = page.getByRole('button', { name: '设置' });
    if (!(await more.isVisible())) continue;
    await more.tap();
    expect.soft(await tooSmall(page), `${where}, ${screen.width} wide, settings`).toEqual([]);
    await more.tap();
  }
}

interface App {
  name: string;
  short_name: string;
  start_url: string;
  display: string;
  icons: { src: string; sizes: string; purpose: string }[];
}

test('the page installs as an app, opens without its agent, and comes back with it', async ({ browser }) => {
  const crew = await Crew.start(browser);
  const { tablet } = crew;
  await tablet.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  const app = await tablet.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
    return (await fetch(link?.href ?? '')).json() as Promise<App>;
  });
  expect(app).toMatchObject({ start_url: '/', display: 'standalone' });
  expect(app.name && app.short_name.length <= 12).toBeTruthy();
  expect(app.icons.map(({ purpose }) => purpose)).toEqual(['any', 'maskable']);
  for (const { src } of app.icons) expect((await tablet.request.get(new URL(src, tablet.url()).href)).ok()).toBe(true);

  await crew.agentStops();
  await tablet.reload();
  await expect(tablet.getByRole('heading', { name: '终端程序没有应答' })).toBeVisible();
  await expect(tablet.getByText('请用电台报告')).toBeVisible();
  const again = await crew.agentComesBack();
  await expect(tablet.locator('#vehicle')).toHaveText(again, { timeout: 60_000 });
  await crew.stop();
});

test('an order is touched in gloves on every screen, said aloud, and rings the caller back', async ({
  page,
  browser,
}) => {
  const crew = await Crew.start(browser);
  const { tablet } = crew;
  try {
    // What is said, beside saying it: nobody listens to a test.
    await tablet.addInitScript(() => {
      const said: string[] = [];
      const speak = speechSynthesis.speak.bind(speechSynthesis);
      speechSynthesis.speak = (words) => {
        said.push(words.text);
        speak(words);
      };
      Object.assign(window, { said });
    });
    await tablet.reload();
    await crew.isOnline();
    await fits(tablet, 'at rest');
    await signIn(page);
    const incident = await takeCall(page, '海原县', '胸痛，大汗');
    await order(page, `派 ${crew.vehicle} ${incident}`);
    await expect(tablet.getByRole('heading', { name: '新任务 - 请确认' })).toBeVisible();
    await fits(tablet, 'a new order');
    const said = (): Promise<string[]> => tablet.evaluate(() => (window as unknown as { said: string[] }).said);
    expect((await said()).join()).toMatch(/^新任务.*海原县.*胸痛，大汗/);
    await expect(tablet.getByRole('link', { name: '拨打 13900000001' })).toHaveAttribute('href', 'tel:13900000001');

    await crew.press('确认接令');
    await fits(tablet, 'an order acknowledged, to be taken back');
    await tablet.keyboard.press('v');
    await expect(tablet.getByRole('button', { name: '语音播报：关' })).toBeVisible();
    await order(page, `中止 ${crew.vehicle} 误派`);
    await expect(tablet.getByText('任务已中止')).toBeVisible();
    expect((await said()).length).toBe(1);
    await tablet.keyboard.press('v');
    expect((await said()).at(-1)).toBe('语音播报已打开');
    await fits(tablet, 'called back');
    await crew.press('知道了');
  } finally {
    await crew.stop();
  }
});

test('a crew signs on at the start of its shift, and the desk sees who comes', async ({ page, browser }) => {
  const crew = await Crew.start(browser);
  const { tablet } = crew;
  const sheet = tablet.getByRole('dialog');
  try {
    await crew.press('车组签到');
    for (const screen of SCREENS) {
      await tablet.setViewportSize(screen);
      expect.soft(await tooSmall(tablet), `signing on, ${screen.width} wide`).toEqual([]);
    }
    await sheet.getByRole('combobox', { name: '班次' }).selectOption({ label: '夜班' });
    await sheet.getByRole('textbox', { name: '第 1 人工号' }).fill('8021');
    await sheet.getByRole('textbox', { name: '第 1 人姓名' }).fill('马强');
    await sheet.getByRole('textbox', { name: '第 2 人姓名' }).fill('王静');
    await crew.press('签到');
    await expect(sheet).toBeHidden();
    await expect(tablet.locator('#state-note')).toHaveText('马强 (司机)、王静 (医生)');
    await crew.allSent();

    await signIn(page);
    await page.keyboard.press('F8');
    await page.locator(`[data-row="${crew.vehicle}"]`).click();
    const vehicle = page.getByRole('region', { name: '车辆详情' });
    await expect(vehicle).toContainText('马强 (司机, 夜班), 王静 (医生, 夜班)');

    // It walks round the vehicle it takes over, and fills it up.
    await crew.press('车组签到', '车辆检查与加油');
    for (const screen of SCREENS) {
      await tablet.setViewportSize(screen);
      expect.soft(await tooSmall(tablet), `checking the vehicle, ${screen.width} wide`).toEqual([]);
    }
    await sheet.getByRole('spinbutton', { name: '里程 km' }).first().fill('45120');
    await sheet.getByRole('spinbutton', { name: '油量 %' }).fill('70');
    await crew.press('氧气', '轮胎');
    await tablet.screenshot({ path: 'test-results/log-sheet.png' });
    await holds(tablet, 'check list and fuel');
    await crew.press('完成检查');
    await expect(tablet.locator('#state-note')).toContainText('有问题：轮胎、氧气');
    await crew.press('车组签到', '车辆检查与加油');
    await expect(sheet).toContainText('接车，45120 km · 油量 70 % · 有问题：轮胎、氧气');
    await sheet.getByRole('spinbutton', { name: '升 L' }).fill('41.5');
    await sheet.getByRole('spinbutton', { name: '里程 km' }).last().fill('45100');
    await expect(sheet).toContainText('比上次的 45120 km 少，请核对');
    await sheet.getByRole('spinbutton', { name: '里程 km' }).last().fill('45230');
    await crew.press('记录加油');
    await expect(vehicle).toContainText('45120 km');
    await expect(vehicle).toContainText('有问题：轮胎、氧气');
    await expect(vehicle).toContainText('41.5 L');
    await page.screenshot({ path: 'test-results/log-desk.png' });

    // The next shift without a network: whoever signed on here before needs only the card.
    await crew.losesTouch();
    await crew.press('车组签到');
    await sheet.getByRole('textbox', { name: '第 1 人姓名' }).fill('');
    await sheet.getByRole('textbox', { name: '第 2 人姓名' }).fill('');
    await sheet.getByRole('textbox', { name: '第 1 人工号' }).fill('8021');
    await expect(sheet.getByRole('textbox', { name: '第 1 人姓名' })).toHaveValue('马强');
    await sheet.getByRole('combobox', { name: '班次' }).selectOption({ label: '白班' });
    await crew.press('签到');
    await expect(tablet.locator('#stored')).toHaveText('已存 1 条 - 正在发送');
    await crew.comesBack();
    await expect(vehicle).toContainText('马强 (司机, 白班)', { timeout: 60_000 });
    await expect(vehicle).not.toContainText('王静');
  } finally {
    await crew.stop();
  }
});
