import { expect, test, type WebSocketRoute } from '@playwright/test';
import { linkState, signIn, takeCall } from './console';
import { cuttable } from './situations';

test('a lost link is told in plain words, and what happened meanwhile is not missed', async ({ page, context }) => {
  let link: WebSocketRoute | undefined;
  let cut = false;
  await page.routeWebSocket('**/ws/console', (socket) => {
    if (cut) return socket.close();
    link = socket;
    socket.connectToServer();
  });
  await signIn(page);

  cut = true;
  await link?.close();
  await expect(linkState(page, '断线，画面停在此刻')).toBeVisible();

  // Meanwhile another seat takes a call.
  const other = await context.newPage();
  await other.goto('/');
  await expect(linkState(other, '● 在线')).toBeVisible();
  const incident = await takeCall(other, '中卫', '呼吸困难');
  await other.close();

  cut = false;
  await expect(linkState(page, '● 在线')).toBeVisible({ timeout: 40_000 });
  const shown = incident.replace(/^zhongwei-/, 'ZW-');
  await expect(page.getByRole('region', { name: '事件队列' })).toContainText(shown);
});

test("a lost link is told by the centre's time on a computer whose clock is wrong", async ({ page }) => {
  await page.addInitScript(() => {
    const real = Date.now.bind(Date);
    Date.now = () => real() + 2 * 3_600_000;
  });
  const cut = await cuttable(page);
  await signIn(page);
  await cut();
  const told = await linkState(page, '断线').textContent();
  const [, hours, minutes] = /(\d\d):(\d\d):\d\d 起断线/.exec(told ?? '') ?? [];
  const centre = new Date(Date.now() + 8 * 3_600_000);
  const apart = centre.getUTCHours() * 60 + centre.getUTCMinutes() - (Number(hours) * 60 + Number(minutes));
  // Within a few minutes, over midnight too.
  expect((apart + 1_440) % 1_440).toBeLessThan(5);
});

test('an alarm and what may be the same incident never lie over one another', async ({ page }) => {
  const cut = await cuttable(page);
  await signIn(page);
  await page.setViewportSize({ width: 1366, height: 768 });
  const incident = await takeCall(page, '泾源县', '头晕');
  await page.keyboard.press('F2');
  await page.keyboard.type('泾源县');
  await page.getByRole('listbox', { name: '地址候选' }).getByRole('option').first().click();
  const same = page.getByRole('group', { name: '可能是同一事件' });
  await expect(same).toContainText(incident.replace('guyuan-', 'GY-'));
  await cut();
  const alarms = page.getByRole('alert', { name: '警报' });
  await expect(alarms).toContainText('与服务器断线');
  const [left, right] = [await same.boundingBox(), await alarms.boundingBox()];
  expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
  await page.keyboard.press('Alt+a');
  await page.getByRole('button', { name: '清空' }).click();
});
