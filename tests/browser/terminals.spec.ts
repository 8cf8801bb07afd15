// Which terminal of another maker is on which vehicle: bound, rotated and unbound in administration, and told to its
// gateway. The gateway speaks here as the program does; nothing of the console knows the difference.
import { expect, test, type Page } from '@playwright/test';
import { credential } from './console';

const stamp = Date.now() % 1_000_000;
const gateway = `spec-${stamp}`;
const number = `139${String(stamp).padStart(8, '0')}`;
// The last of the province, which no other test and no simulated crew uses while this one runs.
const plate = '宁A·终端1';

const section = (page: Page) => page.getByRole('region', { name: '车载终端（JT/T 808）' });

async function toAdministration(page: Page): Promise<void> {
  await page.goto('/');
  const form = page.getByRole('form', { name: '登录' });
  await form.getByRole('textbox', { name: '用户名' }).fill(credential('admin_name'));
  await form.getByLabel('密码').fill(credential('admin_password'));
  await page.keyboard.press('Enter');
  await expect(section(page)).toBeVisible();
}

test('a terminal that called is bound, gets a new code, and is unbound, and all of it is written down', async ({
  page,
  request,
}) => {
  await toAdministration(page);
  const terminals = section(page);
  await terminals.getByRole('textbox', { name: /^网关名/ }).fill(gateway);
  await terminals.getByRole('button', { name: '添加网关' }).click();
  const key = (await terminals.locator('code').textContent()) ?? '';
  expect(key.length).toBeGreaterThan(30);
  const ask = async (unknown: object[]) => {
    const answer = await request.post('/api/v1/gateway/terminals', {
      headers: { authorization: `Bearer ${key}` },
      data: { software: 'a gateway of the test', revision: '', unknown },
    });
    expect(answer.ok()).toBe(true);
    return ((await answer.json()) as { terminals: { number: string; rotation: number }[] }).terminals;
  };
  const seen = { number, from: 'tcp 10.0.0.9:4000', first_at: Date.now(), last_at: Date.now(), frames: 3 };
  expect(await ask([{ ...seen, registered_as: '70001 MODEL-X T000001 宁A12345' }])).toEqual([]);

  await terminals.getByRole('button', { name: '刷新' }).click();
  await expect(terminals).toContainText('70001 MODEL-X T000001 宁A12345');
  await terminals.getByRole('button', { name: `填入 ${number}` }).click();
  const form = terminals.getByRole('form', { name: '绑定' });
  await expect(form.getByRole('textbox', { name: '终端号', exact: true })).toHaveValue(number);
  const vehicle = await form.locator('datalist option').last().getAttribute('value');
  await form.getByRole('combobox', { name: '车辆' }).fill(vehicle ?? '');
  await form.getByRole('combobox', { name: '坐标系' }).selectOption('gcj02');
  await form.getByRole('textbox', { name: /^须注册的车牌/ }).fill(plate);
  await form.getByRole('button', { name: '绑定' }).click();
  await expect(terminals.getByRole('status')).toContainText(`终端 ${number} 已绑定到 ${vehicle}`);
  expect(await ask([])).toMatchObject([{ number, rotation: 0, binding: { vehicle, datum: 'gcj02', plate } }]);

  // One press asks, and its double is no answer.
  const code = terminals.getByRole('button', { name: `换鉴权码 ${number}` });
  await code.dblclick();
  expect(await ask([])).toMatchObject([{ rotation: 0 }]);
  await code.click();
  const renews = terminals.getByRole('alertdialog', { name: `给终端 ${number} 换鉴权码` });
  await renews.getByRole('button', { name: '确定' }).click();
  await expect(terminals.getByRole('status')).toContainText('鉴权码已作废');
  expect(await ask([])).toMatchObject([{ rotation: 1 }]);

  await page.getByRole('button', { name: 'English' }).click();
  const english = page.getByRole('region', { name: 'Terminals of other makers (JT/T 808)' });
  const unbind = english.getByRole('button', { name: `Unbind ${number}` });
  await unbind.click();
  const ends = english.getByRole('alertdialog', { name: `Unbind terminal ${number}` });
  await ends.getByRole('button', { name: 'Yes' }).click();
  await expect(english.getByRole('status')).toContainText(`Terminal ${number} is unbound`);
  expect(await ask([])).toEqual([]);
  const changes = page.getByRole('region', { name: 'Changes' });
  await changes.getByRole('button', { name: 'Reload' }).click();
  for (const did of ['terminal unbound', 'terminal code made void', 'terminal bound', 'gateway key made']) {
    await expect(changes.getByRole('cell', { name: did, exact: true }).first()).toBeVisible();
  }
  await page.getByRole('button', { name: '中文' }).click();
});
