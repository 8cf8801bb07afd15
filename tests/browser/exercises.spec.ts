// An exercise beside real incidents: every screen that names it says so, at the desk and before the crew, in both languages.
import { expect, test, type Page } from '@playwright/test';
import { details, signIn, takeCall } from './console';
import { holds } from './rules';
import { Crew, order } from './situations';

/** A call of an exercise, taken as a real one is but for its mark; gives the incident's number. */
async function takeExercise(page: Page): Promise<string> {
  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: '受理来电' });
  await form.getByText('更多信息').click();
  await form.getByRole('checkbox', { name: '演练 / 线路测试' }).check();
  await expect(form.getByText('演练', { exact: true })).toBeVisible();
  return takeCall(page, '海原县', '客车侧翻，多人受伤');
}

test('an exercise is named as one everywhere, and told as real when it becomes real', async ({ page, browser }) => {
  test.slow();
  const crew = await Crew.start(browser);
  try {
    await signIn(page);
    const incident = await takeExercise(page);
    const number = incident.replace('zhongwei-', 'ZW-');
    await expect(details(page).getByRole('note')).toHaveText('演练事件，没有真实病人');
    await expect(details(page).getByRole('heading', { level: 2 })).toContainText(`演练 ${number}`);
    await expect(page.locator(`[data-incident=${incident}]`)).toContainText('演练');
    await expect(page.getByRole('region', { name: '时限指标' })).toContainText('演练 1');

    // Before it is sent, as it is sent, and where its vehicle is.
    await page.keyboard.press('Control+k');
    await page.keyboard.type(`派 ${crew.vehicle} ${incident}`);
    await expect(page.getByRole('contentinfo')).toContainText(`演练 ${number}`);
    await page.keyboard.press('Enter');
    const bar = crew.tablet.getByText('演练任务，没有真实病人 · EXERCISE - no real patient');
    await expect(bar).toBeVisible();
    await expect(crew.tablet.getByRole('heading', { name: /^演练 · 新任务/ })).toBeVisible();
    await holds(crew.tablet, "the crew's page");
    await crew.press('确认接令', '出车');
    await page.keyboard.press('F8');
    await expect(page.locator(`[data-row=${crew.vehicle}]`)).toContainText(`演练 ${number}`);
    await page.keyboard.press('F9');
    await expect(page.getByRole('button', { name: `演练 ${number}` }).first()).toBeVisible();
    await page.keyboard.press('F7');
    await holds(page, 'the desk');

    // The exercise turns out to be a real call: the crew is told, and nothing calls it an exercise any more.
    await page.evaluate(async (of) => {
      const command = { type: 'amend_incident', incident: of, changes: { test: false } };
      const body = { command_id: crypto.randomUUID(), centre: 'zhongwei', made_at: Date.now(), command };
      await fetch('/api/v1/commands', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    }, incident);
    await expect(crew.tablet.getByText(/命令有变更.*真实任务/)).toBeVisible();
    await expect(bar).toBeHidden();
    await expect(details(page).getByRole('note')).toBeHidden();
    await crew.press('知悉变更');
    await order(page, `取消 ${incident} 来电人取消`);
    await crew.allSent();
  } finally {
    await crew.stop();
  }
});
