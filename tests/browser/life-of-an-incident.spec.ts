import { expect, test } from '@playwright/test';
import { details, dispatchFirst, signIn, takeCall } from './console';

test('a call becomes a vehicle on scene, and the incident closes', async ({ page }) => {
  await signIn(page);
  const incident = await takeCall(page, '银川火车站', '胸痛，出冷汗');
  const vehicle = await dispatchFirst(page);

  const task = details(page).getByRole('article', { name: `${vehicle} 任务进程` });
  await expect(task).toContainText('终端回执');
  // The crew presses on its own terminal; each press arrives here by itself.
  for (const milestone of ['接收命令', '出车', '到达现场', '离开现场', '到达医院']) {
    await expect(task.getByRole('listitem', { name: new RegExp(`^${milestone} \\d`) })).toContainText('车组', {
      timeout: 90_000,
    });
  }
  await expect(details(page).getByRole('heading', { level: 2 })).toContainText(incident);
  await expect(details(page).getByRole('heading', { level: 2 })).toContainText('已结束', { timeout: 90_000 });
});

test('a cancelled incident calls its vehicle back', async ({ page }) => {
  await signIn(page);
  await takeCall(page, '鼓楼', '晕倒，已醒');
  const vehicle = await dispatchFirst(page);
  const task = details(page).getByRole('article', { name: `${vehicle} 任务进程` });
  await expect(task).toBeVisible();

  await details(page).getByRole('button', { name: '取消事件' }).click();
  await details(page).getByRole('combobox', { name: '原因' }).selectOption({ label: '来电人取消' });
  await details(page).getByRole('button', { name: '确定' }).click();
  await expect(details(page).getByRole('heading', { level: 2 })).toContainText('已取消');
  await expect(task).toContainText('事件已取消');
});

test('a vehicle is diverted to another patient, and both incidents tell it', async ({ page }) => {
  await signIn(page);
  const graver = await takeCall(page, '银川火车站', '呼之不应');
  const lighter = await takeCall(page, '鼓楼', '摔伤，腿不能动');
  const vehicle = await dispatchFirst(page);
  const task = details(page).getByRole('article', { name: `${vehicle} 任务进程` });

  // The form has the keyboard as soon as it is asked for.
  await task.getByRole('button', { name: '改派到…' }).click();
  const form = task.getByRole('form', { name: '改派到事件' });
  await expect(form.getByRole('combobox', { name: '改派到事件' })).toBeFocused();
  await form.getByRole('combobox', { name: '改派到事件' }).selectOption(graver);
  await form.getByRole('button', { name: '确定' }).click();
  await expect(task).toContainText('病情更急');

  const shown = (incident: string) => incident.replace(/^yinchuan-/, 'YC-');
  await page
    .getByRole('region', { name: '事件队列' })
    .getByRole('button', { name: shown(graver) })
    .click();
  await expect(details(page).getByRole('heading', { level: 2 })).toContainText(graver);
  await expect(task).toContainText(`由 ${shown(lighter)}.t1 改派`);
});
