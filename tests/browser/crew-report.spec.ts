import { expect, test } from '@playwright/test';
import { details, signIn, takeCall } from './console';
import { Line } from './line';
import { port } from './playwright.config';
import { alarmOf } from './situations';
import { Terminal } from './terminal';
import { touch } from './touch';

const STATION = { lon: 105.645, lat: 36.565 };

test('a patient on board outlives a cancel, and a vehicle at a hospital gets its next order', async ({
  page,
  browser,
}) => {
  const line = await Line.to(port);
  const terminal = Terminal.start(line.port);
  const tablet = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true })).newPage();
  const press = (step: string) => touch(tablet.getByRole('button', { name: step, exact: true }));
  const order = async (words: string) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  };
  try {
    await expect(async () => tablet.goto(terminal.address)).toPass();
    await expect(tablet.getByText('已联网')).toBeVisible();
    terminal.measure(STATION);

    await signIn(page);
    const incident = await takeCall(page, '海原县', '腹痛待查');
    await order(`派 ${terminal.vehicle} ${incident}`);
    for (const step of ['确认接令', '出车', '到达现场']) await press(step);
    await expect(tablet.getByText('已全部发送')).toBeVisible();

    // Out of touch the crew takes its patient on board; nobody at the centre can know.
    line.cut();
    await press('病人上车 离开现场');
    const head = details(page).getByRole('heading', { level: 2 });
    await details(page).getByRole('button', { name: '取消事件' }).click();
    await details(page).getByRole('combobox', { name: '原因' }).selectOption({ label: '来电人取消' });
    await details(page).getByRole('button', { name: '确定' }).click();
    // The order is asked back for, once for each danger, and given knowingly.
    const knowingly = details(page).getByRole('alert').getByRole('button', { name: '已问清，照做' });
    await expect(async () => {
      if (await knowingly.isVisible()) await knowingly.click();
      await expect(head).toContainText('已取消', { timeout: 1_000 });
    }).toPass({ timeout: 20_000 });

    line.mend();
    const alarm = alarmOf(page, terminal.vehicle).filter({ hasText: '离开现场' });
    await expect(alarm).toBeVisible({ timeout: 60_000 });
    await expect(tablet.getByText('中心已结束此任务，但您报告有病人')).toBeVisible();
    await page.screenshot({ path: 'test-results/crew-report.png' });
    await tablet.screenshot({ path: 'test-results/crew-report-tablet.png' });
    await alarm.getByRole('button', { name: '车辆详情' }).click();
    await page.getByRole('button', { name: '保留病人（任务继续，事件重开）' }).first().click();
    await expect(alarm).toBeHidden();
    await expect(tablet.getByText('中心已结束此任务，但您报告有病人')).toBeHidden();

    await press('到达医院');
    await tablet.getByRole('dialog').getByRole('button').first().tap();
    await expect(tablet.getByText('已全部发送')).toBeVisible();
    const second = await takeCall(page, '海原县', '高热抽搐');
    await order(`续 ${terminal.vehicle} ${second}`);
    await expect(page.getByRole('region', { name: '事件队列' })).toContainText(`已许诺 ${terminal.vehicle}`);
    await expect(tablet.locator('#following').getByText('高热抽搐')).toBeVisible();
    await page.screenshot({ path: 'test-results/follow-on.png' });
    await tablet.screenshot({ path: 'test-results/follow-on-tablet.png' });
    await press('知悉下一任务');
    await press('任务完成');
    await tablet.getByRole('dialog').getByRole('button', { name: '1 位' }).tap();
    const task = details(page).getByRole('article', { name: `${terminal.vehicle} 任务进程` });
    await expect(task).toContainText('接收命令');
    // The vehicle is free for whoever comes next.
    await order(`取消 ${second} 来电人取消`);
    await expect(details(page).getByRole('heading', { level: 2 })).toContainText('已取消');
    await expect(tablet.getByText('已全部发送')).toBeVisible();
  } finally {
    await tablet.context().close();
    await terminal.stop();
    line.close();
  }
});
