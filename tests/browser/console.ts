// What a dispatcher does at the console, in a dispatcher's words.
import { expect, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./province', import.meta.url));

/** What `credentials.txt` says by name. */
export function credential(name: string): string {
  const lines = readFileSync(`${folder}/credentials.txt`, 'utf8').split('\n');
  const line = lines.find((candidate) => candidate.startsWith(`${name} `));
  if (!line) throw new Error(`credentials.txt has no ${name}`);
  return line.slice(name.length + 1);
}

/** Signs in, and waits for the words that say how the link or the server stands. */
export async function signIn(page: Page, words = '● 在线'): Promise<void> {
  await page.goto('/');
  const form = page.getByRole('form', { name: '登录' });
  await form.getByRole('textbox', { name: '用户名' }).fill(credential('name'));
  await form.getByLabel('密码').fill(credential('password'));
  await page.keyboard.press('Enter');
  await expect(linkState(page, words)).toBeVisible();
}

/** How a press is made by somebody who has read what the one before it told: no double of it. */
export const onPurpose = { delay: 600 } as const;

/** The line at the top that says how the link to the server stands. */
export function linkState(page: Page, words: string): Locator {
  return page.getByRole('banner').getByRole('status').filter({ hasText: words });
}

/** Takes a call with the four fields that are enough; gives the new incident's number. */
export async function takeCall(page: Page, address: string, complaint: string, patients = 1): Promise<string> {
  await page.keyboard.press('F2');
  const form = page.getByRole('form', { name: '受理来电' });
  await form.getByRole('combobox', { name: '现场地址' }).fill(address);
  await form.getByRole('listbox').getByRole('option').first().click();
  await form.getByRole('textbox', { name: '主诉' }).fill(complaint);
  await form.getByRole('radio', { name: 'II 危重' }).check();
  await form.getByRole('textbox', { name: '来电号码' }).fill('13900000001');
  if (patients > 1) {
    await form.getByText('更多信息').click();
    await form.getByRole('textbox', { name: '人数' }).fill(String(patients));
  }
  await form.getByRole('button', { name: '建立事件' }).click();
  // What was open before may have the same priority, but not the same words.
  await expect(details(page)).toContainText(complaint);
  const heading = details(page).getByRole('heading', { level: 2 });
  await expect(heading).toContainText('II 危重');
  const number = (await heading.textContent())?.match(/[a-z]+-\d+/)?.[0];
  if (!number) throw new Error('the new incident shows no number');
  return number;
}

export function details(page: Page): Locator {
  return page.getByRole('region', { name: '事件详情' });
}

/** Sends the first-ranked vehicle; gives its id. */
export async function dispatchFirst(page: Page): Promise<string> {
  const first = details(page).getByRole('button', { name: /^派 .*（1）$/ });
  const vehicle = (await first.getAttribute('aria-label'))?.match(/[A-Z]+-\d+-\d+/)?.[0];
  if (!vehicle) throw new Error('the first-ranked vehicle has no name');
  await first.click();
  return vehicle;
}
