// Commands that cannot be taken back ask once more, and neither a double click nor a second Enter answers.
import { expect, test } from '@playwright/test';
import { credential, details, dispatchFirst, signIn, takeCall } from './console';

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

test('off duty, a loan, a step taken back and a barred person each need a second press or a reason', async ({
  page,
}) => {
  await signIn(page);
  await takeCall(page, '银川火车站', '一击之事');
  await dispatchFirst(page);
  const task = details(page).getByRole('article').first();
  const taken = task.getByRole('button', { name: '撤回 接收命令' });
  await taken.click();
  const back = page.getByRole('alertdialog').filter({ hasText: '撤回“接收命令”' });
  await back.getByRole('button', { name: '放弃' }).click();
  await expect(back).toBeHidden();
  await expect(task).toContainText('接收命令');

  const vehicle = 'WZ-01-1';
  await page.keyboard.press('F8');
  await page.getByPlaceholder('筛选：车号、呼号、状态').fill(vehicle);
  const row = page.locator(`[data-row="${vehicle}"]`);
  await row.click();
  await page.getByRole('button', { name: '下班', exact: true }).dblclick();
  await page.getByRole('button', { name: '下班', exact: true }).click();
  const off = page.getByRole('alertdialog').filter({ hasText: `${vehicle} 下班` });
  await expect(off.getByRole('button', { name: '放弃' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(off).toBeHidden();

  await page.getByRole('combobox', { name: '借调到' }).selectOption({ label: '银川市紧急救援中心' });
  const loan = page.getByRole('form', { name: '借调到' });
  await loan.getByRole('button', { name: '确定' }).click();
  await expect(loan).toBeVisible();
  await loan.getByRole('textbox', { name: '借调原因' }).press('Escape');
  await expect(loan).toBeHidden();
  await expect(row).toContainText('站内待命');
});

test('nobody is barred by a double click', async ({ page }) => {
  await page.goto('/');
  const form = page.getByRole('form', { name: '登录' });
  await form.getByRole('textbox', { name: '用户名' }).fill(credential('admin_name'));
  await form.getByLabel('密码').fill(credential('admin_password'));
  await page.keyboard.press('Enter');
  const person = page.getByRole('row').filter({ hasText: '值班调度员' }).first();
  const bar = person.getByRole('button', { name: /^停用/ });
  await bar.dblclick();
  await expect(person).toContainText('可登录');
  await bar.click();
  const question = page.getByRole('alertdialog').filter({ hasText: '值班调度员' });
  await question.getByRole('button', { name: '放弃' }).click();
  await expect(person).toContainText('可登录');
});
