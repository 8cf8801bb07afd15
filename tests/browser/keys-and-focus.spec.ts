// The next key always means something: focus is never lost, 1-9 send after any click, rows are one stop for Tab.
import { expect, test, type Page } from '@playwright/test';
import { details, signIn, takeCall } from './console';

const focusIsIn = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.closest('[data-focus]')?.getAttribute('data-focus') ?? 'nowhere');

test('a number sends after a click on a button of the ranking and after opening a row by mouse', async ({ page }) => {
  await signIn(page);
  const one = await takeCall(page, '石嘴山市第一人民医院', '摔伤');
  await details(page).getByRole('button', { name: '更新 R' }).click();
  await expect(details(page).getByRole('button', { name: /^派 .*（1）$/ })).toBeVisible();
  await page.keyboard.press('1');
  await expect(details(page).getByRole('article').first()).toBeVisible();
  // What had the focus is gone with the ranking; what is around it has it.
  await expect.poll(() => focusIsIn(page)).toBe('incident');

  await takeCall(page, '彭阳县人民医院', '晕倒在家');
  await page
    .getByRole('region', { name: '事件队列' })
    .getByRole('button', { name: new RegExp(one.replace(/^.*-/, '-') + '.*石嘴山') })
    .click();
  await expect(details(page)).toContainText('石嘴山');
  await page
    .getByRole('region', { name: '事件队列' })
    .getByRole('button', { name: /晕倒在家/ })
    .click();
  await expect(details(page)).toContainText('晕倒在家');
  await expect(details(page).getByRole('button', { name: /^派 .*（1）$/ })).toBeVisible();
  await page.keyboard.press('1');
  await expect(details(page).getByRole('article').first()).toBeVisible();
});

test('a vehicle that cannot go with others is not chosen, and it is said why', async ({ page }) => {
  await signIn(page);
  await takeCall(page, '中宁县人民医院', '摔伤');
  await details(page).getByRole('checkbox', { name: '含外中心' }).check();
  const theirs = details(page)
    .getByRole('group')
    .filter({ has: page.getByRole('button', { name: /^借调/ }) })
    .first();
  await theirs.focus();
  await page.keyboard.press('Space');
  await expect(details(page).getByRole('alert').filter({ hasText: '外中心' })).toBeVisible();
  await expect(theirs.getByRole('checkbox')).not.toBeChecked();
});

test('the queue is one stop for Tab, help takes the focus and gives it back', async ({ page }) => {
  await signIn(page);
  await takeCall(page, '吴忠市人民医院', '头晕');
  await takeCall(page, '中卫市人民医院', '头痛');
  await page.keyboard.press('F6');
  await expect.poll(() => focusIsIn(page)).toBe('queue');
  const rows = page.getByRole('list', { name: '事件队列' }).getByRole('button');
  expect(await rows.evaluateAll((all) => all.filter((row) => (row as HTMLElement).tabIndex === 0).length)).toBe(1);
  await page.keyboard.press('F1');
  await expect.poll(() => focusIsIn(page)).toBe('help');
  await expect(page.getByRole('region', { name: '命令与按键' })).toContainText('到场无人');
  await page.keyboard.press('Escape');
  await expect.poll(() => focusIsIn(page)).toBe('queue');
});
