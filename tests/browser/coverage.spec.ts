// Where a free vehicle arrives in time, and the moves that would cover more: laid over the map and listed by one key each.
import { expect, test, type Page } from '@playwright/test';
import { signIn } from './console';
import { holds, inBoth } from './rules';
import { suggesting } from './situations';

const coverage = (page: Page) => page.getByRole('region', { name: '覆盖', exact: true });
const advice = (page: Page) => coverage(page).getByRole('button', { name: '移动建议 银川市紧急救援中心' });

test('coverage lies on the map at one key, with a form for each level, and outlasts a reload', async ({ page }) => {
  test.slow();
  await signIn(page);
  await expect(coverage(page)).toBeHidden();
  await page.keyboard.press('Alt+c');
  const legend = coverage(page).getByRole('list', { name: '图例' });
  await expect(legend.getByRole('listitem')).toHaveText([
    /● 两辆以上按时可达 \d+ %/,
    /◐ 只有一辆按时可达 \d+ %/,
    /▲ 最近的车超时 \d+ %/,
    /✕ 没有空闲车可达 \d+ %/,
  ]);
  await expect(coverage(page)).toContainText(/银川市紧急救援中心 按时 \d+ % · 平均 [\d.]+ 分 · \d+ 辆可派/);
  await inBoth(page, 'coverage');

  // Nothing is advised until somebody who answers for the shift has it so.
  await expect(advice(page)).toHaveText('移动建议：关');
  await advice(page).click();
  await expect(advice(page)).toHaveText('移动建议：开');
  await page.reload();
  await expect(advice(page)).toHaveText('移动建议：开');
  await advice(page).click();
  await expect(advice(page)).toHaveText('移动建议：关');
  await page.keyboard.press('Alt+c');
  await expect(coverage(page)).toBeHidden();
});

test('a move is given, seen by radio and withdrawn only when asked once more', async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('F8');
  const row = page.locator('[data-row=YC-01-2]');
  await row.click();
  const vehicle = page.getByRole('region', { name: '车辆详情' });
  await vehicle.getByRole('combobox', { name: '到别站待命…' }).selectOption('YC-14');
  await vehicle.getByRole('button', { name: '发出' }).click();
  await expect(row).toContainText(/⇄ 到.*待命 · /);
  // The crew says so itself, or the dispatcher for it.
  const byRadio = vehicle.getByRole('button', { name: '已用电台告知' });
  if (await byRadio.isVisible()) await byRadio.click();
  await expect(row).toContainText(/✓ 车组已知悉|起在站/);
  await holds(page, 'a vehicle that is moved');
  await vehicle.getByRole('button', { name: '撤回待命' }).dblclick();
  await expect(row).toContainText('待命 ·');
  await vehicle.getByRole('button', { name: '撤回待命' }).click();
  await vehicle.getByRole('alertdialog', { name: '撤回 YC-01-2' }).getByRole('button', { name: '确定' }).click();
  await expect(row).not.toContainText('待命 ·');
});

test('suggested moves are reached, accepted and ignored by one key each', async ({ page }) => {
  await suggesting(page, { 'YC-03-2': 'YC-14', 'YC-05-1': 'YC-09' });
  await signIn(page);
  const list = page.getByRole('region', { name: '移动待命建议' });
  await expect(
    page.getByRole('region', { name: '时限指标' }).getByRole('button', { name: /移动建议 2/ }),
  ).toBeVisible();
  await page.keyboard.press('Alt+m');
  const first = list.getByRole('listitem').filter({ hasText: 'YC-03-2' });
  await expect(first).toContainText(/该站已 12:20 无车覆盖/);
  await expect(first).toContainText('覆盖 +3.1 %（71.2 % → 74.3 %）');
  await expect(first.getByRole('button', { name: '采纳 YC-03-2' })).toBeFocused();
  await inBoth(page, 'suggested moves');

  // The server decides: what it no longer suggests is refused in words, beside the suggestion.
  await first.getByRole('button', { name: '采纳 YC-03-2' }).focus();
  await page.keyboard.press('Enter');
  await expect(first.getByRole('alert')).toContainText('YC-03-2');
  await page.keyboard.press('ArrowDown');
  const second = list.getByRole('listitem').filter({ hasText: 'YC-05-1' });
  await expect(second.getByRole('button', { name: '采纳 YC-05-1' })).toBeFocused();
  const sent = page.waitForRequest((request) => request.url().endsWith('/commands'));
  await page.keyboard.press('3');
  expect((await sent).postDataJSON().command).toMatchObject({
    type: 'ignore_move',
    vehicle: 'YC-05-1',
    reason: 'few_calls_expected',
  });
  await expect(second.getByRole('alert')).toContainText('YC-05-1');
});
