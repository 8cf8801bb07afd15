// What a screen reader, a keyboard and tired eyes meet: every screen of the console and the crew's page, in both
// languages, held to every rule of axe.
import { expect, test } from '@playwright/test';
import { credential, details, signIn, takeCall } from './console';
import { holds, inBoth } from './rules';
import {
  abortInDanger,
  cancelInDanger,
  Crew,
  cuttable,
  followOn,
  HEALTH,
  inHealth,
  isFreeAgain,
  letBe,
  notComing,
  order,
} from './situations';
import { Terminal } from './terminal';

test("the console's screens hold every rule, in both languages", async ({ page }) => {
  // Two dozen screens, each looked through by every rule.
  test.slow();
  await page.goto('/');
  await expect(page.getByRole('form', { name: '登录' })).toBeVisible();
  await inBoth(page, 'sign-in');
  await signIn(page);
  await inBoth(page, 'console with nothing chosen');

  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: '受理来电' });
  await form.getByRole('combobox', { name: '现场地址' }).fill('银川');
  await expect(form.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await holds(page, 'address suggestions');
  await page.keyboard.press('Escape');
  await form.getByText('更多信息').click();
  await inBoth(page, 'intake with all fields');
  await form.getByText('更多信息').click();

  await page.keyboard.press('F3');
  await expect(page.getByRole('application')).toBeFocused();
  await inBoth(page, 'picking on the map by keys');
  await page.keyboard.press('F3');

  await takeCall(page, '银川火车站', '胸痛，出冷汗', 2);
  await expect(details(page).getByRole('button', { name: /^派 .*（1）$/ })).toBeVisible();
  await inBoth(page, 'ranking');
  await page.keyboard.press('v');
  await holds(page, 'two candidates compared');
  await details(page).getByRole('button', { name: '修改' }).click();
  await inBoth(page, 'amend');
  await details(page).getByRole('button', { name: '修改' }).click();
  await details(page).getByRole('button', { name: '取消事件' }).click();
  await holds(page, 'reason for a cancel');
  await page.keyboard.press('Escape');
  await details(page).getByRole('button', { name: '结束事件' }).click();
  await holds(page, 'a grave command asks once more');
  await page.keyboard.press('Escape');
  await details(page)
    .getByRole('button', { name: /^派 .*（1）$/ })
    .click();
  await expect(details(page).getByRole('article').first()).toContainText('进行中');
  await inBoth(page, 'task under way');

  await page.keyboard.press('F8');
  await page.locator('[data-row]').first().click();
  await expect(page.getByRole('region', { name: '车辆详情' })).toBeVisible();
  await inBoth(page, 'vehicle');
  for (const [key, screen] of [
    ['F9', 'log'],
    ['Alt+r', 'roads'],
    ['Alt+t', 'reports'],
    ['F1', 'help'],
  ] as const) {
    await page.keyboard.press(key);
    await inBoth(page, screen);
  }
  await page.keyboard.press('F1');
  await page.getByRole('button', { name: '修改密码' }).click();
  await holds(page, 'own password');
});

test("administration, a hospital's seat and a forced password hold every rule", async ({ page }) => {
  await page.goto('/');
  const signInAs = async (name: string, password: string) => {
    const form = page.getByRole('form', { name: '登录' });
    await form.getByRole('textbox', { name: '用户名' }).fill(name);
    await form.getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
  };
  await signInAs(credential('admin_name'), credential('admin_password'));
  const people = page.getByRole('region', { name: /^人员/ });
  await expect(people.getByRole('row').nth(1)).toBeVisible();
  const add = page.getByRole('form', { name: '添加人员' });
  await add.getByLabel('用户名').fill(`ward${Date.now() % 100_000}`);
  const ward = await add.getByLabel('用户名').inputValue();
  await add.getByLabel('姓名').fill('急诊科');
  await add.getByLabel('密码').fill('ward of the first night');
  await add.getByLabel('角色').selectOption('hospital');
  await add.getByLabel('医院编号').selectOption({ index: 0 });
  await inBoth(page, 'administration');
  await add.getByRole('button', { name: '添加人员' }).click();
  await expect(page.getByText(`已添加 ${ward}`)).toBeVisible();
  await page.getByRole('combobox', { name: `角色 ${ward}` }).selectOption('dispatcher');
  await expect(page.getByRole('alertdialog')).toContainText('急诊科');
  await holds(page, 'a change of role asks once more');
  await page.getByRole('alertdialog').getByRole('button', { name: '放弃' }).click();
  await page.getByRole('button', { name: '退出' }).click();

  await signInAs(ward, 'ward of the first night');
  await expect(page.getByText('请先改成只有自己知道的密码')).toBeVisible();
  await inBoth(page, 'forced password');
  await page.getByLabel('现在的密码').fill('ward of the first night');
  await page.getByLabel('新密码', { exact: true }).fill('nobody else knows this one');
  await page.getByLabel('再输一次新密码').fill('nobody else knows this one');
  await page.getByRole('button', { name: '修改密码' }).click();
  await expect(page.getByText('本岗位还没有自己的界面')).toBeVisible();
  await inBoth(page, "a hospital's seat");
});

test("the crew's page holds every rule by day and by night", async ({ page: console, browser }) => {
  const terminal = Terminal.start();
  const tablet = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true })).newPage();
  try {
    await expect(async () => tablet.goto(terminal.address)).toPass();
    await expect(tablet.getByText('已联网')).toBeVisible();
    terminal.measure({ lon: 105.645, lat: 36.565 });
    await inBoth(tablet, 'crew, no order');
    await signIn(console);
    const incident = await takeCall(console, '海原县', '腹痛，呕吐');
    await console.keyboard.press('Control+k');
    await console.keyboard.type(`派 ${terminal.vehicle} ${incident}`);
    await console.keyboard.press('Enter');
    await expect(tablet.getByRole('heading', { name: '新任务 - 请确认' })).toBeVisible();
    await inBoth(tablet, 'crew, new order');
    // It begins by what the tablet prefers; the other one is a touch away.
    await tablet.getByRole('button', { name: /^(白天|夜间)$/ }).tap();
    await inBoth(tablet, 'crew, new order by the other light');
    await tablet.getByRole('button', { name: '无法完成任务' }).tap();
    await holds(tablet, 'crew, choosing a reason');
    await tablet.getByRole('dialog').getByRole('button', { name: '道路不通' }).tap();
    await expect(console.getByRole('alert', { name: '警报' })).toContainText('车组不能完成任务');
    await holds(console, 'alarms');
    await console.keyboard.press('Alt+a');
    await expect(console.getByRole('alert', { name: '警报' })).not.toContainText('车组不能完成任务');
  } finally {
    await tablet.context().close();
    await terminal.stop();
  }
});

for (const [name, { words, told }] of Object.entries(HEALTH)) {
  test(`a console told of ${name} holds every rule`, async ({ page }) => {
    await inHealth(page, told);
    await signIn(page, words);
    await inBoth(page, name);
  });
}

test('a console without its link holds every rule', async ({ page }) => {
  const cut = await cuttable(page);
  await signIn(page);
  await cut();
  await inBoth(page, 'link lost');
});

test('alarms, questions and what comes next hold every rule, at the desk and on board', async ({ page, browser }) => {
  test.slow();
  const crew = await Crew.start(browser);
  await page.addInitScript(() => {
    const made = AudioContext.prototype.createOscillator;
    Object.assign(globalThis, { tones: 0 });
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      (globalThis as unknown as { tones: number }).tones += 1;
      return made.call(this);
    };
  });
  try {
    await signIn(page);
    await crew.callsForHelp();
    await expect(page.getByRole('alert', { name: '警报' })).toContainText(crew.vehicle);
    // It sounds again until somebody has heard it, and the tab of a browser that looks elsewhere says so.
    await expect(page).toHaveTitle(/^‼\d+ 警报/);
    const tones = (): Promise<number> => page.evaluate(() => (globalThis as unknown as { tones: number }).tones);
    const before = await tones();
    await expect.poll(tones, { timeout: 15_000 }).toBeGreaterThan(before);
    await page.keyboard.press('Alt+s');
    await inBoth(page, 'a call for help');
    await inBoth(crew.tablet, 'crew, a call for help');
    await order(page, `呼救 ${crew.vehicle} 已派警察`);

    await cancelInDanger(page, crew);
    await inBoth(page, 'several dangers of a cancel in one question');
    await letBe(page);
    await abortInDanger(page, crew);
    await inBoth(page, 'several dangers of an abort in one question');
    await letBe(page);
    await crew.comesBack();
    await crew.press('到达医院');
    await crew.answer();
    await crew.allSent();

    await followOn(page, crew);
    await inBoth(page, 'a next order');
    await inBoth(crew.tablet, 'crew, a next order');
    await order(page, `撤续 ${crew.vehicle}`);
    await crew.press('任务完成');
    await crew.answer('1 位');
    // What the press leads to stands there once it is stored; before that nothing waits to be sent.
    await expect(crew.tablet.getByRole('button', { name: '下班', exact: true })).toBeVisible();
    await crew.allSent();

    await notComing(page, crew);
    await inBoth(page, 'a crew that does not come');
    await inBoth(crew.tablet, 'crew, not expected');
    await isFreeAgain(page, crew);
  } finally {
    await crew.stop();
  }
});
