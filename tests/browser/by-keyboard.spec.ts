import { expect, test } from '@playwright/test';
import { signIn } from './console';

test('a call is taken and a vehicle sent without touching the mouse, in English', async ({ page }) => {
  await signIn(page);
  await page.getByRole('button', { name: 'English' }).press('Enter');
  await page.keyboard.press('F2');
  await page.keyboard.type('固原');
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Complaint' }).focus();
  await page.keyboard.type('fall, cannot walk');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Incident details' });
  await expect(panel.getByRole('heading', { level: 2 })).toContainText('guyuan-');
  await page.keyboard.press('F4');
  // Nobody sends what they have not seen: a key pressed before the ranking stands does nothing.
  await expect(panel.getByRole('button', { name: /^Dispatch .*\(1\)$/ })).toBeVisible();
  await page.keyboard.press('1');
  await expect(panel.getByRole('article').first()).toBeVisible();
});
