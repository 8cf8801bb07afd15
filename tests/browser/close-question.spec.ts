import { expect, test } from '@playwright/test';
import { details, dispatchFirst, signIn, takeCall } from './console';

test('a patient nobody spoke of keeps the incident open until a dispatcher says what became of them', async ({
  page,
}) => {
  await signIn(page);
  await takeCall(page, '银川火车站', '两人头晕，一人已倒地', 2);
  await dispatchFirst(page);

  // The crew carries one and finishes; the other is not forgotten.
  const heading = details(page).getByRole('heading', { level: 2 });
  await expect(heading).toContainText('结束或再派？', { timeout: 150_000 });
  const question = details(page).getByRole('region', { name: '结束事件，还是再派车？' });
  await expect(question).toContainText('还有 1 位病人没有下落');
  await expect(
    page.getByRole('region', { name: '时限指标' }).getByRole('button', { name: /结束或再派/ }),
  ).toBeVisible();

  // A tired hand does not close it by one key.
  await question.getByRole('button', { name: '结束事件' }).click();
  await expect(question.getByRole('alert')).toContainText('没有下落');
  await question.getByRole('button', { name: '知道了' }).click();

  await question.getByRole('button', { name: '病人去向…' }).click();
  await question.getByRole('spinbutton', { name: '拒绝送医' }).fill('1');
  await page.keyboard.press('Enter');
  await expect(heading).toContainText('已结束');
});
