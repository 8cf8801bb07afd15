// Two dispatchers at one incident in the same second.
import { expect, test, type Page } from '@playwright/test';
import { details, signIn, takeCall } from './console';
import { order } from './situations';

const complaint = (page: Page) => details(page).getByRole('textbox', { name: '主诉' });
const amend = (page: Page): Promise<void> => details(page).getByRole('button', { name: '修改', exact: true }).click();
const save = (page: Page): Promise<void> => details(page).getByRole('button', { name: '保存' }).click();

test('one of two presses sends, and neither seat undoes what the other wrote', async ({ page: first, browser }) => {
  const second = await (await browser.newContext()).newPage();
  await Promise.all([signIn(first), signIn(second)]);
  const incident = await takeCall(first, '银川火车站', '两席同派');
  const number = incident.replace('yinchuan-', 'YC-');
  // The other seat's list has it before its number is typed.
  await expect(second.getByRole('region', { name: '事件队列' })).toContainText(new RegExp(`${number}(?!\\d)`));
  await order(second, `看 ${incident}`);
  await second.keyboard.press('F4');
  const best = (page: Page) => details(page).getByRole('button', { name: /^派 .*（1）$/ });
  await expect(best(second)).toHaveAttribute('aria-label', (await best(first).getAttribute('aria-label')) ?? '');
  await Promise.all([first.keyboard.press('1'), second.keyboard.press('1')]);
  // Who came second is told so, by the number that people say.
  const told = (page: Page) => details(page).getByText(new RegExp(`已在事件 ${number} 上`));
  await expect.poll(async () => (await told(first).count()) + (await told(second).count())).toBe(1);

  for (const seat of [first, second]) await amend(seat);
  await complaint(first).fill('甲的话');
  await details(second).getByRole('combobox', { name: '类型' }).selectOption({ label: '外伤' });
  await save(first);
  await expect(complaint(second)).toHaveValue('甲的话');
  await save(second);
  await expect(details(first)).toContainText('甲的话 外伤');

  for (const seat of [first, second]) await amend(seat);
  await complaint(first).fill('甲又改');
  await complaint(second).fill('乙的话');
  await save(first);
  await expect(details(second).getByRole('alert').filter({ hasText: '别处刚改过：主诉' })).toBeVisible();
  await expect(complaint(second)).toHaveValue('乙的话');
  await save(second);
  await expect(details(first)).toContainText('乙的话');
});
