import { expect, test, type WebSocketRoute } from '@playwright/test';
import { linkState, signIn, takeCall } from './console';

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
