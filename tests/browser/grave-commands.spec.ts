// Commands that cannot be taken back ask once more, and neither a double click nor a second Enter answers.
import { expect, test } from '@playwright/test';
import { details, signIn, takeCall } from './console';

test('a closed road is opened again, and fewer vehicles are wanted, only when asked once more', async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('Alt+r');
  const form = page.getByRole('form', { name: '在地图上画' });
  await form.getByRole('combobox', { name: '地名' }).fill('西夏区');
  await form.getByRole('button', { name: '用圆形区域' }).click();
  const note = `桥面结冰 ${Date.now() % 100_000}`;
  await form.getByRole('textbox', { name: '说明' }).fill(note);
  await form.getByRole('button', { name: '公布' }).click();
  const roads = page.getByRole('list', { name: '生效中的路况' });
  const road = roads.getByRole('listitem').filter({ hasText: note });
  await road.getByRole('button', { name: `解除 ${note}` }).dblclick();
  await expect(road).toBeVisible();
  await road.getByRole('button', { name: `解除 ${note}` }).click();
  const question = road.getByRole('alertdialog', { name: `解除“${note}”` });
  await expect(question.getByRole('button', { name: '放弃' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(road).toBeVisible();
  await road.getByRole('button', { name: `解除 ${note}` }).click();
  await question.getByRole('button', { name: '确定' }).click();
  await expect(road).toBeHidden();
  // What had the focus is gone with the row; the list it stood in has it.
  const focus = (): Promise<string | null | undefined> =>
    page.evaluate(() => document.activeElement?.closest('[data-focus]')?.getAttribute('data-focus'));
  await expect.poll(focus).toBe('roads');

  await takeCall(page, '银川火车站', '两车相撞');
  const wanted = details(page).getByText('需 2 车');
  await details(page).getByRole('button', { name: '多要一辆车' }).click();
  await expect(wanted).toBeVisible();
  const fewer = details(page).getByRole('button', { name: '少要一辆车' });
  await fewer.dblclick();
  await expect(wanted).toBeVisible();
  await fewer.click();
  await details(page).getByRole('alertdialog', { name: '只要 1 辆车' }).getByRole('button', { name: '确定' }).click();
  await expect(wanted).toBeHidden();
});
