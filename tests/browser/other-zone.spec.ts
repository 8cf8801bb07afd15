// A computer set to another zone: what is typed and what is shown is the region's time all the same.
import { expect, test } from '@playwright/test';
import { details, signIn } from './console';

test.use({ timezoneId: 'America/New_York' });

test('a time wanted is kept as it was typed, and shown so again in an amendment', async ({ page }) => {
  await signIn(page);
  const tomorrow = new Date(Date.now() + 32 * 3_600_000).toISOString().slice(0, 10);
  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: '受理来电' });
  await form.getByRole('combobox', { name: '现场地址' }).fill('银川火车站');
  await form.getByRole('listbox').getByRole('option').first().click();
  await form.getByRole('textbox', { name: '主诉' }).fill('转院，预约');
  await form.getByText('更多信息').click();
  await form.getByLabel('预约时间').fill(`${tomorrow}T09:30`);
  await form.getByRole('button', { name: '建立事件' }).click();
  await expect(details(page)).toContainText('转院，预约');
  await expect(details(page)).toContainText(`预约 ${tomorrow.slice(5)} 09:30`);

  await details(page).getByRole('button', { name: '修改', exact: true }).click();
  const appointment = details(page).getByLabel('预约时间');
  await expect(appointment).toHaveValue(`${tomorrow}T09:30`);
  await appointment.fill(`${tomorrow}T10:45`);
  await details(page).getByRole('button', { name: '保存' }).click();
  await expect(details(page)).toContainText(`预约 ${tomorrow.slice(5)} 10:45`);
});
