// The numbers of the night at the top of the console: whole at every width a console has, in both languages, on the
// worst of nights and with everything wrong at once.
import { expect, test, type Page } from '@playwright/test';
import { linkState, signIn } from './console';
import { brokenWords, cutOff, overlapping } from './cut-off';
import { HEALTH, MANY_WITHOUT_CENTRE, onWorstNight } from './situations';

const WIDTHS = [1280, 1366, 1500, 1501, 1900, 1901, 2560];

// Waiting, to decide and not received; exercises; the three norms with what they count.
const ON_WORST_NIGHT = ['999', '33', '34', '100% 1065/1065', '0% 0/1065'];

/** Every width in both languages; the numbers given are to be read at each. */
async function isWhole(page: Page, numbers: readonly string[]): Promise<void> {
  const bar = page.getByRole('banner');
  for (const _ of [1, 2]) {
    const language = await page.evaluate(() => document.documentElement.lang);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 768 });
      const where = `${language}, ${width} wide`;
      expect.soft(await cutOff(bar), where).toEqual([]);
      expect.soft(await overlapping(bar), where).toEqual([]);
      expect.soft(await brokenWords(bar), where).toEqual([]);
      const strip = await bar.getByRole('region').innerText();
      for (const number of numbers) expect.soft(strip.replaceAll(/\s+/g, ' '), where).toContain(number);
      const queue = await page.locator('[data-focus=queue]').boundingBox();
      // Two rows and the sign of more: the numbers in the banners wrap them differently on every night.
      expect.soft(queue?.height, `${where}: room for the queue`).toBeGreaterThan(120);
    }
    await page.getByRole('button', { name: /^(English|中文)$/ }).click();
  }
}

test('no number at the top is cut on a night like this one', async ({ page }) => {
  await signIn(page);
  await isWhole(page, ['0']);
});

test('no number at the top is cut on the worst of nights', async ({ page }) => {
  await onWorstNight(page);
  await signIn(page);
  await isWhole(page, ON_WORST_NIGHT);
});

test('what is wrong with an incident is read whole in its row', async ({ page }) => {
  await onWorstNight(page);
  await signIn(page);
  for (const _ of [1, 2]) {
    for (const width of [1366, 1920]) {
      await page.setViewportSize({ width, height: 768 });
      for (const incident of ['yinchuan-10000', 'yinchuan-20000', 'yinchuan-30000', 'yinchuan-40000']) {
        const line = page.locator(`[data-incident=${incident}] .line`).first();
        await line.scrollIntoViewIfNeeded();
        expect.soft(await cutOff(line), `${incident}, ${width} wide`).toEqual([]);
      }
    }
    await page.getByRole('button', { name: /^(English|中文)$/ }).click();
  }
});

test('no number at the top is cut while everything is wrong at once', async ({ page }) => {
  const everything = Object.assign({}, ...Object.values(HEALTH).map(({ told }) => told)) as object;
  const parts = { history: 'down', others: 'down', clock: 'down', space: 'down', region: 'down' };
  const lost = { positions_lost_at: Date.now(), standing_still: ['shizuishan'] };
  await onWorstNight(page, { ...everything, ...parts, ...lost, without_centre: MANY_WITHOUT_CENTRE });
  await signIn(page, '记录停止');
  for (const words of ['轨迹文件于', '石嘴山市紧急救援中心 的日志已损坏'])
    await expect(linkState(page, words)).toBeVisible();
  await isWhole(page, ON_WORST_NIGHT);
});
