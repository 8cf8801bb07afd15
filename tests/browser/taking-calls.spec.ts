// What a call-taker types stays what it is: over a choice, over a slow network, over a reload; and is gone for the next.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { credential, details, onPurpose, signIn } from './console';

const form = (page: Page): Locator => page.getByRole('form', { name: '受理来电' });
const address = (page: Page): Locator => form(page).getByRole('combobox', { name: '现场地址' });
const first = (page: Page): Locator => page.getByRole('listbox', { name: '地址候选' }).getByRole('option').first();

async function choose(page: Page, words: string): Promise<void> {
  await page.keyboard.press('F2');
  await address(page).fill(words);
  await first(page).click();
}

async function take(page: Page, words: string, complaint: string): Promise<string> {
  await choose(page, words);
  await form(page).getByRole('textbox', { name: '主诉' }).fill(complaint);
  await form(page).getByRole('button', { name: '建立事件' }).click();
  await expect(details(page)).toContainText(complaint);
  const heading = await details(page).getByRole('heading', { level: 2 }).textContent();
  return heading?.match(/[a-z]+-\d+/)?.[0] ?? '';
}

test('a position stays under further words, in a new call and in an amendment, and goes only by hand', async ({
  page,
}) => {
  await signIn(page);
  await choose(page, '解放西街');
  await address(page).press('End');
  await page.keyboard.type('2号楼3单元');
  await expect(form(page)).toContainText('106.2672, 38.4702');
  await form(page).getByRole('button', { name: '建立事件' }).click();
  await expect(details(page)).toContainText('解放西街2号楼3单元');
  await expect(details(page)).toContainText('地址库');
  await details(page).getByRole('button', { name: '修改' }).click();
  const amending = page.getByRole('form', { name: '修改' });
  await amending.getByRole('combobox', { name: '地址' }).fill('解放西街2号楼3单元，李家');
  await expect(amending).toContainText('坐标不变');
  await amending.getByRole('button', { name: '保存' }).click();
  await expect(details(page)).toContainText('李家');
  await expect(details(page).getByRole('button', { name: '地图定位' })).toBeVisible();
  await details(page).getByRole('button', { name: '修改' }).click();
  await amending.getByRole('checkbox', { name: '坐标有误' }).check();
  await expect(amending).toContainText('位置将被去掉');
  await amending.getByRole('button', { name: '保存' }).click();
  await expect(details(page)).toContainText('没有位置');
  // And gets one again, as coordinates that somebody reads out.
  await details(page).getByRole('button', { name: '补位置' }).click();
  await amending.getByRole('combobox', { name: '地址' }).fill('38.48N 106.25E');
  await first(page).click();
  await expect(amending).toContainText('106.2500, 38.4800');
  await amending.getByRole('button', { name: '保存' }).click();
  await expect(details(page)).not.toContainText('没有位置');
});

test("other words than the chosen place's take its position and its duplicates away", async ({ page }) => {
  await signIn(page);
  await take(page, '固原市人民医院', '摔伤');
  await choose(page, '固原市人民医院');
  const duplicates = page.getByRole('group', { name: '可能是同一事件' });
  await expect(duplicates).toBeVisible();
  await address(page).fill('鼓楼');
  await expect(duplicates).toBeHidden();
  await expect(form(page)).toContainText('“固原市人民医院”的位置已去掉');
  await page.keyboard.press('Alt+1');
  await expect(address(page)).toHaveValue('鼓楼');
});

test('a joined call keeps its words, raises the priority, and is taken apart again', async ({ page }) => {
  await signIn(page);
  const incident = await take(page, '中卫市人民医院', '腹痛');
  const head = details(page).getByRole('heading', { level: 2 });
  const first = (await head.locator('span').first().textContent()) ?? '';
  await choose(page, '中卫市人民医院');
  await address(page).press('End');
  await page.keyboard.type('3号楼');
  await form(page).getByRole('textbox', { name: '主诉' }).fill('没有呼吸');
  await form(page).getByRole('radio', { name: 'I 濒危' }).check();
  const join = page.getByRole('group', { name: '可能是同一事件' }).getByRole('button', { name: /并入/ }).first();
  await expect(join).toContainText('I 濒危');
  await join.click();
  const calls = page.getByRole('region', { name: '来电', exact: true });
  await expect(calls).toContainText('没有呼吸');
  await expect(calls).toContainText('中卫市人民医院3号楼');
  await expect(details(page).getByRole('heading', { level: 2 })).toContainText('I 濒危');
  await calls.getByRole('button', { name: '拆出' }).dblclick();
  await expect(calls).toContainText('没有呼吸');
  await calls.getByRole('button', { name: '再按一次' }).click(onPurpose);
  await expect(details(page).getByRole('heading', { level: 2 })).not.toContainText(incident);
  await expect(details(page)).toContainText('没有呼吸');
  await expect(details(page)).toContainText('中卫市人民医院3号楼');

  // What the call had raised stays raised until somebody takes the offer: the state may be as bad as it told.
  await page.locator(`[data-incident="${incident}"]`).click();
  await expect(head).toContainText(incident);
  await expect(head).toContainText('I 濒危');
  const lower = calls.getByRole('button', { name: /^降回/ });
  await expect(lower).toContainText(first);
  await expect(calls).toContainText('此来电曾提高事件');
  await page.reload();
  await expect(head).toContainText('I 濒危');
  await lower.click();
  await expect(head).toContainText(first);
  await expect(head).not.toContainText('I 濒危');
  await expect(lower).toBeHidden();
});

test('what is typed during a slow command stays, and a refused call comes back', async ({ page }) => {
  await signIn(page);
  let letGo = (): void => undefined;
  const slow = new Promise<void>((done) => (letGo = done));
  await page.route('**/api/v1/commands', async (route) => {
    await slow;
    await route.continue();
  });
  await choose(page, '银川火车站');
  await form(page).getByRole('textbox', { name: '主诉' }).fill('第一个');
  await page.keyboard.press('Enter');
  // The next call is typed while the first is still on its way.
  await expect(address(page)).toHaveValue('');
  await page.keyboard.press('F2');
  await page.keyboard.type('第二个地方');
  letGo();
  await expect(page.getByRole('region', { name: '事件队列' })).toContainText('第一个');
  await expect(address(page)).toHaveValue('第二个地方');
  await page.unroute('**/api/v1/commands');
  await page.route('**/api/v1/commands', (route) =>
    route.fulfill({ status: 409, json: { code: 'no_position', message: '', retry: false } }),
  );
  await form(page).getByRole('textbox', { name: '主诉' }).fill('第二个');
  await page.keyboard.press('Enter');
  await expect(address(page)).toHaveValue('第二个地方');
  await expect(form(page).getByRole('textbox', { name: '主诉' })).toHaveValue('第二个');
});

test('a reload loses nothing, and a sign-out leaves nothing', async ({ page }) => {
  await signIn(page);
  const incident = await take(page, '银川火车站', '胸闷');
  await page.keyboard.press('F2');
  await page.keyboard.type('还没说完');
  await form(page).getByText('更多信息').click();
  await form(page).getByRole('textbox', { name: '病人姓名' }).fill('马某');
  await page.reload();
  await expect(address(page)).toHaveValue('还没说完');
  await expect(form(page).getByRole('textbox', { name: '病人姓名' })).toHaveValue('马某');
  await expect(details(page).getByRole('heading', { level: 2 })).toContainText(incident);
  // Asked once, since a call would be lost; the question pushes nothing aside, and a double click is no answer.
  const queue = page.getByRole('region', { name: '事件队列' });
  const before = await queue.boundingBox();
  await page.getByRole('button', { name: '退出' }).click();
  expect(await queue.boundingBox()).toEqual(before);
  await page.getByRole('button', { name: '退出' }).click();
  await page.getByRole('button', { name: '退出' }).dblclick();
  await expect(address(page)).toHaveValue('还没说完');
  await page.getByRole('button', { name: '退出' }).click();
  await page.getByRole('alertdialog', { name: '还有未建立的来电' }).getByRole('button', { name: '确定' }).click();
  await expect(page.getByRole('form', { name: '登录' })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
  await signIn(page);
  await expect(address(page)).toHaveValue('');
  await expect(details(page)).toBeHidden();
});

test('what is typed into a form of an incident outlasts a reload, and goes when it is given up', async ({ page }) => {
  await signIn(page);
  await take(page, '银川火车站', '咳血');
  await details(page).getByRole('button', { name: '取消事件' }).click();
  const cancelling = page.getByRole('form', { name: '取消事件' });
  await cancelling.getByRole('textbox').fill('来电人说已自行前往');
  await page.reload();
  await expect(cancelling.getByRole('textbox')).toHaveValue('来电人说已自行前往');
  await cancelling.getByRole('button', { name: '放弃' }).click();
  await page.reload();
  await expect(details(page)).toContainText('咳血');
  await expect(cancelling).toBeHidden();
});

test("a closed road's place and administration's forms outlast a reload, a password never", async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('Alt+r');
  const road = page.getByRole('form', { name: '在地图上画' });
  await road.getByRole('combobox', { name: '地名' }).fill('西夏区');
  await road.getByRole('spinbutton', { name: '半径' }).fill('750');
  await page.reload();
  await expect(road.getByRole('combobox', { name: '地名' })).toHaveValue('西夏区');
  await expect(road.getByRole('spinbutton', { name: '半径' })).toHaveValue('750');
  await page.getByRole('button', { name: '退出' }).click();

  const form = page.getByRole('form', { name: '登录' });
  await form.getByRole('textbox', { name: '用户名' }).fill(credential('admin_name'));
  await form.getByLabel('密码').fill(credential('admin_password'));
  await page.keyboard.press('Enter');
  const add = page.getByRole('form', { name: '添加人员' });
  await add.getByLabel('姓名').fill('马护士');
  await add.getByLabel('密码').fill('written down nowhere');
  await page.reload();
  await expect(add.getByLabel('姓名')).toHaveValue('马护士');
  await expect(add.getByLabel('密码')).toHaveValue('');
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('written down nowhere');
});

test('a place is picked on the map by keys alone', async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('F2');
  await page.keyboard.press('F3');
  const cross = page.getByRole('application', { name: /准星/ });
  await expect(cross).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(address(page)).toBeFocused();
  await page.keyboard.press('F3');
  await expect(cross).toBeFocused();
  const told = page.getByRole('region', { name: '地图', exact: true }).getByRole('status').filter({ hasText: '准星' });
  await expect(told).toBeVisible();
  const before = await told.textContent();
  await page.keyboard.press('+');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowUp');
  await expect(told).not.toHaveText(before ?? '');
  await page.keyboard.press('Enter');
  await expect(form(page)).toContainText(/位置：地图/);
  await expect(address(page)).not.toHaveValue('');
});

test('a search without an answer is not taken for a place that is not there', async ({ page }) => {
  await signIn(page);
  await page.route('**/api/v1/places*', (route) => route.abort());
  await page.keyboard.press('F2');
  await address(page).fill('银川火车站');
  await expect(form(page)).toContainText('地址查询没有回答');
  await page.unroute('**/api/v1/places*');
  await address(page).press('ArrowDown');
  await expect(first(page)).toContainText('银川火车站');
  await expect(form(page)).not.toContainText('地址查询没有回答');
});

test('no call goes out without a position before that was asked, and its words stay', async ({ page }) => {
  await signIn(page);
  const complaint = form(page).getByRole('textbox', { name: '主诉' });
  const asks = (words: string): Locator => page.getByRole('alert').filter({ hasText: words });
  await page.route('**/api/v1/places*', (route) => route.fulfill({ status: 503, body: 'no' }));
  await page.keyboard.press('F2');
  await page.keyboard.type('银川火车站东侧巷子');
  await complaint.fill('晕倒');
  // Whose it is was chosen: that it has no place is asked all the same.
  await form(page).getByRole('combobox', { name: '归属中心' }).selectOption({ label: '银川市紧急救援中心' });
  await complaint.press('Enter');
  await expect(asks('地址查询没有回答，事件将没有位置')).toBeVisible();
  await expect(address(page)).toHaveValue('银川火车站东侧巷子');
  // What is typed now is about the same call, and asks again.
  await complaint.fill('晕倒，叫不醒');
  await expect(asks('事件将没有位置')).toBeHidden();
  await complaint.press('Enter', onPurpose);
  await expect(asks('地址查询没有回答')).toBeVisible();
  await expect(details(page)).toBeHidden();
  await complaint.press('Enter');
  await expect(details(page)).toContainText('晕倒，叫不醒');
  await expect(details(page)).toContainText('没有位置');

  // The same of a place that is nowhere; the double of the first Enter is no answer.
  await page.unroute('**/api/v1/places*');
  await page.keyboard.press('F2');
  await page.keyboard.type('谁也不知道的沟沟里');
  await complaint.fill('翻车');
  await form(page).getByRole('combobox', { name: '归属中心' }).selectOption({ label: '银川市紧急救援中心' });
  await complaint.press('Enter');
  await expect(asks('没有找到此地')).toBeVisible();
  await complaint.press('Enter', onPurpose);
  await expect(asks('没有找到此地')).toBeVisible();
  await expect(complaint).toHaveValue('翻车');
  await complaint.press('Enter');
  await expect(details(page)).toContainText('翻车');
});

test('an English console names a place in English, with the Chinese beside', async ({ page }) => {
  await signIn(page);
  await page.getByRole('button', { name: 'English' }).click();
  await page.keyboard.press('F2');
  await page.keyboard.type('银川火车站');
  const place = page.getByRole('listbox').getByRole('option').first();
  await expect(place).toContainText('Yinchuan Railway Station');
  await expect(place).toContainText('银川火车站');
  await expect(place).toContainText('Jinfeng District');
});
