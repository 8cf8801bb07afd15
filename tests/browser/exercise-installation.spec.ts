// A whole installation for exercises: every page says so in both languages, and every call taken there is an exercise.
import { expect, test, type Page, type Route } from '@playwright/test';
import { signIn } from './console';
import { holds } from './rules';

/** Puts into what the server really sends that the installation is for exercises. */
async function forExercises(page: Page): Promise<void> {
  const marked = async (route: Route): Promise<void> => {
    const response = await route.fetch();
    const told = (await response.json()) as object;
    await route.fulfill({ response, json: { ...told, exercise: true } });
  };
  await page.route('**/api/v1/setup', marked);
  await page.route('**/api/v1/region', marked);
}

async function saysSo(page: Page, where: string): Promise<void> {
  for (const _ of [1, 2]) {
    const sign = page.getByRole('complementary', { name: /^(系统性质|Kind of installation)$/ });
    await expect(sign).toContainText('演练系统：没有真实病人');
    await expect(sign).toContainText('EXERCISE SYSTEM: no real patients');
    await expect(page).toHaveTitle(/^(演练系统|EXERCISE SYSTEM) · /);
    await holds(page, where);
    await page.getByRole('button', { name: /^(English|中文)$/ }).click();
  }
}

test('an installation for exercises says so before and after signing in, and takes every call as one', async ({
  page,
}) => {
  test.slow();
  await forExercises(page);
  await page.goto('/');
  await saysSo(page, 'signing in');
  await signIn(page);
  await saysSo(page, 'the desk');

  // Nobody has to remember the mark. The answer keeps the call from the other tests.
  let sent: { command: { facts: { test: boolean } } } | undefined;
  await page.route('**/api/v1/commands', (route) => {
    sent = route.request().postDataJSON();
    return route.fulfill({ status: 409, json: { code: 'no_position', message: '', retry: false } });
  });
  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: '受理来电' });
  await form.getByText('更多信息').click();
  const mark = form.getByRole('checkbox', { name: '演练 / 线路测试' });
  await expect(mark).toBeChecked();
  await expect(mark).toBeDisabled();
  await form.getByRole('combobox', { name: '现场地址' }).fill('银川火车站');
  await page.getByRole('listbox', { name: '地址候选' }).getByRole('option').first().click();
  await form.getByRole('button', { name: '建立事件' }).click();
  await expect.poll(() => sent?.command.facts.test).toBe(true);

  await page.getByRole('button', { name: '退出' }).click();
  const leaving = page.getByRole('alertdialog', { name: '还有未建立的来电' });
  await leaving.getByRole('button', { name: '确定' }).click();
  await expect(page.getByRole('form', { name: '登录' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: '系统性质' })).toBeVisible();
  await expect(page).toHaveTitle('演练系统 · 贺兰 120 指挥调度');
});

test('a real installation says nothing of exercises, and its tab nothing of what waits once nobody sits there', async ({
  page,
}) => {
  await signIn(page);
  await expect(page.getByRole('complementary', { name: '系统性质' })).toHaveCount(0);
  await page.getByRole('button', { name: '静音（新事件与呼救仍响）' }).click();
  await expect(page.getByRole('button', { name: '打开声音' })).toBeVisible();
  await page.getByRole('button', { name: '退出' }).click();
  await expect(page.getByRole('form', { name: '登录' })).toBeVisible();
  await expect(page).toHaveTitle('贺兰 120 指挥调度');
  // Whoever sits down next hears every alarm.
  await signIn(page);
  await expect(page.getByRole('button', { name: '静音（新事件与呼救仍响）' })).toBeVisible();
});
