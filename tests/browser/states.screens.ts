// The main states of console and crew's page as pictures, in both languages and the sizes they are used at. Each state
// is reached by itself: one that cannot be reached any more fails alone, with its reason.
import { test } from '@playwright/test';
import { credential, details, dispatchFirst, signIn, takeCall } from './console';
import { CONSOLE, out, SETTLED_MS, shot } from './pictures';
import { cuttable, HEALTH, inHealth, MANY_WITHOUT_CENTRE, onWorstNight } from './situations';

test('signing in', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('form', { name: '登录' }).waitFor();
  await shot(page, '01-sign-in');
});

test('the console at rest', async ({ page }) => {
  await signIn(page);
  await shot(page, '02-at-rest');
});

test('a call being taken, with places to choose', async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('F2');
  await page.getByRole('combobox', { name: '现场地址' }).fill('人民医院');
  await page.getByRole('listbox').first().getByRole('option').first().waitFor();
  for (const [index, size] of CONSOLE.entries()) {
    await page.setViewportSize(size);
    await page.waitForTimeout(SETTLED_MS);
    await page.screenshot({ path: `${out}03-intake-places-zh-${CONSOLE[index]?.width}x${size.height}.png` });
  }
});

test('a call with every field', async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: '受理来电' });
  await form.getByRole('combobox', { name: '现场地址' }).fill('京藏高速1120公里往兰州方向');
  await form.getByRole('listbox').getByRole('option').first().click();
  await form.getByRole('textbox', { name: '主诉' }).fill('车祸，两人被困，一人昏迷');
  await form.getByText('更多信息').click();
  await shot(page, '04-intake-all-fields');
});

test('an incident with its ranking, then with a vehicle sent, amended and cancelled', async ({ page }) => {
  await signIn(page);
  await takeCall(page, '银川火车站', '胸痛，出冷汗，呼吸困难');
  await details(page)
    .getByRole('button', { name: /^派 .*（1）$/ })
    .waitFor();
  await shot(page, '05-ranking');
  await dispatchFirst(page);
  await details(page).getByRole('article').first().waitFor();
  await shot(page, '06-vehicle-sent');
  await details(page).getByRole('button', { name: '修改' }).first().click();
  await shot(page, '07-amending');
  await page.keyboard.press('Escape');
  await details(page).getByRole('button', { name: '取消事件' }).click();
  await shot(page, '08-cancelling');
});

for (const [name, keys, file] of [
  ['the vehicles', 'F8', '09-vehicles'],
  ['the log', 'F9', '10-log'],
  ['roads', 'Alt+KeyR', '11-roads'],
  ['reports', 'Alt+KeyT', '12-reports'],
  ['the command line', 'Control+k', '13-command-line'],
  ['the keys', 'F1', '14-help'],
] as const) {
  test(name, async ({ page }) => {
    await signIn(page);
    await page.keyboard.press(keys);
    await shot(page, file);
  });
}

test('a link that is lost', async ({ page }) => {
  const cut = await cuttable(page);
  await signIn(page);
  await cut();
  await shot(page, '15-link-lost');
});

test('people, keys and changes', async ({ page }) => {
  await page.goto('/');
  const form = page.getByRole('form', { name: '登录' });
  await form.getByRole('textbox', { name: '用户名' }).fill(credential('admin_name'));
  await form.getByLabel('密码').fill(credential('admin_password'));
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
  await shot(page, '16-administration');
});

test("administration with a search, a hospital's seat and a forced password", async ({ page }) => {
  await page.goto('/');
  const form = page.getByRole('form', { name: '登录' });
  const signInAs = async (name: string, password: string): Promise<void> => {
    await form.getByRole('textbox', { name: '用户名' }).fill(name);
    await form.getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
  };
  await signInAs(credential('admin_name'), credential('admin_password'));
  const add = page.getByRole('form', { name: '添加人员' });
  const ward = `ward${Date.now() % 100_000}`;
  await add.getByLabel('用户名').fill(ward);
  await add.getByLabel('姓名').fill('急诊科');
  await add.getByLabel('密码').fill('ward of the first night');
  await add.getByLabel('角色').selectOption('hospital');
  await add.getByLabel('医院编号').selectOption({ index: 0 });
  await add.getByRole('button', { name: '添加人员' }).click();
  await page.getByText(`已添加 ${ward}`).waitFor();
  await page.getByRole('search').getByRole('searchbox').fill('急诊');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: '管理记录' }).scrollIntoViewIfNeeded();
  await shot(page, '17-administration-search');
  await page.getByRole('button', { name: '退出' }).click();
  await signInAs(ward, 'ward of the first night');
  await shot(page, '18-forced-password');
  await page.getByLabel('现在的密码').fill('ward of the first night');
  await page.getByLabel('新密码', { exact: true }).fill('nobody else knows this one');
  await page.getByLabel('再输一次新密码').fill('nobody else knows this one');
  await page.getByRole('button', { name: '修改密码' }).click();
  await page.getByText('本岗位还没有自己的界面').waitFor();
  await shot(page, '19-hospital-seat');
});

test('a place picked on the map by keys', async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('F2');
  await page.keyboard.press('F3');
  await page.getByRole('application').press('Shift+ArrowRight');
  await shot(page, '22-picking-by-keys');
});

for (const [name, file] of [
  ['storage that fails', '23-storage-failing'],
  ['a journal that was set back', '24-set-back'],
  ['vehicles that no centre has', '33-without-centre'],
] as const) {
  test(name, async ({ page }) => {
    const { words, told } = HEALTH[name];
    await inHealth(page, told);
    await signIn(page, words);
    await shot(page, file);
  });
}

test('thirty-three vehicles that no centre has', async ({ page }) => {
  await inHealth(page, { without_centre: MANY_WITHOUT_CENTRE });
  await signIn(page, 'YC-90-1');
  await shot(page, '34-many-without-centre');
});

test('the worst of nights', async ({ page }) => {
  await onWorstNight(page);
  await signIn(page);
  await shot(page, '35-worst-night');
});

test('a kilometre that is not known', async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('F2');
  await page.getByRole('combobox', { name: '现场地址' }).fill('京藏高速9999公里');
  await shot(page, '36-unknown-kilometre');
});

test('what was told of patients, put right', async ({ page }) => {
  await signIn(page);
  await takeCall(page, '银川火车站', '两车相撞，三人受伤', 3);
  await dispatchFirst(page);
  await details(page).getByRole('article').first().getByRole('button', { name: '更正内容' }).click();
  await shot(page, '37-patients');
});
