import { expect, test, type Page } from '@playwright/test';
import { details, signIn, takeCall } from './console';
import { Terminal } from './terminal';
import { touch } from './touch';

const STATION = { lon: 105.645, lat: 36.565 };

async function openCrewPage(page: Page, { address, vehicle }: Terminal): Promise<void> {
  await expect(async () => page.goto(address)).toPass();
  await expect(page.getByText('已联网')).toBeVisible();
  await expect(page.getByText(vehicle)).toBeVisible();
}

test('a crew with a tablet serves a call from the order to the last press', async ({ page: console, browser }) => {
  const terminal = Terminal.start();
  // Whatever zone a tablet believes itself in, its times are the centre's.
  const abroad = { viewport: { width: 1280, height: 800 }, hasTouch: true, timezoneId: 'America/New_York' };
  const tablet = await (await browser.newContext(abroad)).newPage();
  try {
    await openCrewPage(tablet, terminal);
    await expect(async () => {
      const clock = new Date().toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hourCycle: 'h23' });
      expect(await tablet.locator('#clock').textContent()).toContain(clock.slice(0, 5));
    }).toPass();
    terminal.measure(STATION);
    await expect(tablet.getByText('定位正常')).toBeVisible();

    await signIn(console);
    // What the receiver measures is where the console shows the vehicle, and it moves as the receiver does.
    await console.keyboard.press('F8');
    await console.getByPlaceholder('筛选：车号、呼号、状态').fill(terminal.vehicle);
    await console.locator(`[data-row="${terminal.vehicle}"]`).click();
    const position = console.getByLabel('位置', { exact: true });
    await expect(position).toContainText('105.64500, 36.56500');
    await expect(async () => {
      terminal.measure({ ...STATION, lon: 105.6462, knots: 20 });
      await expect(position).toContainText('105.64620, 36.56500', { timeout: 2_000 });
    }).toPass();

    const incident = await takeCall(console, '海原县', '腹痛');
    await console.keyboard.press('Control+k');
    await console.keyboard.type(`派 ${terminal.vehicle} ${incident}`);
    await console.keyboard.press('Enter');
    const task = details(console).getByRole('article', { name: `${terminal.vehicle} 任务进程` });
    await expect(task).toContainText('终端回执');

    await expect(tablet.getByRole('heading', { name: '新任务 - 请确认' })).toBeVisible();
    await expect(tablet.getByText('腹痛')).toBeVisible();
    // One number, by radio as on both screens.
    await expect(tablet.getByText(`事件号 ${incident.replace('zhongwei-', 'ZW-')}`)).toBeVisible();
    // The way may scroll; whom to ring and what to press may not be cut off by it.
    await expect(tablet.getByRole('heading', { name: /^路线/ })).toBeVisible();
    for (const viewport of [
      { width: 800, height: 1280 },
      { width: 1280, height: 800 },
    ]) {
      await tablet.setViewportSize(viewport);
      await expect(tablet.getByText('13900000001')).toBeInViewport({ ratio: 1 });
      await expect(tablet.getByRole('button', { name: '确认接令' })).toBeInViewport({ ratio: 1 });
    }
    // The answer to the press comes late, after a change that the crew cannot have seen as it pressed.
    let letGo = (): void => {};
    const late = new Promise<void>((done) => (letGo = done));
    await tablet.route(
      '**/press',
      async (route) => {
        const response = await route.fetch();
        await late;
        await route.fulfill({ response });
      },
      { times: 1 },
    );
    await touch(tablet.getByRole('button', { name: '确认接令', exact: true }));

    // What the desk changes is said until the crew has seen it, and the desk sees that it has not.
    await details(console).getByRole('textbox', { name: '备注内容' }).fill('电梯停运，走楼梯');
    await console.keyboard.press('Enter');
    await expect(tablet.getByRole('list', { name: '备注' })).toContainText('电梯停运，走楼梯');
    letGo();
    await expect(tablet.getByText('命令有变更：备注')).toBeVisible();
    await expect(tablet.getByRole('list', { name: '备注' })).toContainText('已改电梯停运，走楼梯');
    await expect(task).toContainText('车组未知悉变更：备注');
    await touch(tablet.getByRole('button', { name: '知悉变更' }));
    await expect(tablet.getByText('命令有变更')).toBeHidden();
    await expect(task).not.toContainText('车组未知悉变更');

    // Who the patient is and what is needed reaches the crew, whenever the caller says so.
    await details(console).getByRole('button', { name: '修改', exact: true }).click();
    await details(console).getByText('人数、来电与病人').click();
    await details(console).getByRole('textbox', { name: '病人姓名' }).fill('马某');
    await details(console).getByRole('combobox', { name: '性别' }).selectOption({ label: '男' });
    await details(console).getByRole('textbox', { name: '年龄' }).fill('67');
    await details(console).getByRole('textbox', { name: '特殊需求' }).fill('担架，氧气');
    await details(console).getByRole('checkbox', { name: '暴力、持械' }).check();
    await details(console).getByRole('checkbox', { name: '传染病风险' }).check();
    await console.screenshot({ path: 'test-results/hazard-amend.png' });
    await details(console).getByRole('button', { name: '保存' }).click();
    await expect(tablet.getByText('马某 男 67 岁')).toBeVisible();
    await expect(tablet.getByText('担架，氧气')).toBeVisible();
    await expect(tablet.getByText('命令有变更')).toContainText('特殊需求、现场危险');
    await expect(tablet.locator('#order')).toContainText('已改传染病风险、暴力、持械');
    await expect(details(console)).toContainText('现场危险: 传染病风险、暴力、持械');
    await tablet.screenshot({ path: 'test-results/hazard-tablet.png' });
    await console.screenshot({ path: 'test-results/hazard-desk.png' });
    await touch(tablet.getByRole('button', { name: '知悉变更' }));

    // Two taps in one go are one step.
    await tablet.getByRole('button', { name: '出车', exact: true }).dblclick();
    await expect(tablet.getByRole('heading', { name: '驶向现场' })).toBeVisible();
    for (const step of ['到达现场', '病人上车 离开现场']) {
      await touch(tablet.getByRole('button', { name: step, exact: true }));
    }
    await touch(tablet.getByRole('button', { name: '到达医院', exact: true }));
    await tablet.getByRole('dialog').getByRole('button').first().tap();
    await touch(tablet.getByRole('button', { name: '任务完成', exact: true }));
    await tablet.getByRole('dialog').getByRole('button', { name: '2 位' }).tap();
    await expect(tablet.getByText('已全部发送')).toBeVisible();

    await expect(task).toContainText('载 2 人');
    await expect(details(console).getByRole('heading', { level: 2 })).toContainText('已结束');
    await touch(tablet.getByRole('button', { name: '返回站中' }));
    await expect(tablet.getByRole('heading', { name: '站内待命' })).toBeVisible();
  } finally {
    await tablet.context().close();
    await terminal.stop();
  }
});
