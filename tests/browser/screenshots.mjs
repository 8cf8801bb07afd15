// Signs in at the running product, opens an incident's ranking and takes a picture:
// node screenshots.mjs FOLDER-WITH-CREDENTIALS OUT.png
import { chromium } from '@playwright/test';
import { readFileSync } from 'node:fs';

const [folder, out] = process.argv.slice(2);
const lines = readFileSync(`${folder}/credentials.txt`, 'utf8').trim().split('\n');
const said = Object.fromEntries(lines.map((line) => line.split(' ')));

/** Long enough for vehicles to be in every state. */
const LIVE_FOR_MS = 60_000;

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});
const page = await browser.newPage({
  viewport: { width: 1920, height: 1080 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
});
await page.goto(said.address);
await page.getByRole('textbox', { name: '用户名' }).fill(said.name);
await page.getByLabel('密码').fill(said.password);
await page.keyboard.press('Enter');
await page.getByRole('banner').getByText('● 在线').waitFor();
await page.waitForTimeout(LIVE_FOR_MS);
await page.keyboard.press('F2');
const form = page.getByRole('form', { name: '受理来电' });
await form.getByRole('combobox', { name: '现场地址' }).fill('银川火车站');
await form.getByRole('listbox').getByRole('option').first().click();
await form.getByRole('textbox', { name: '主诉' }).fill('胸痛，出冷汗');
await form.getByRole('radio', { name: 'II 危重' }).check();
await form.getByRole('button', { name: '建立事件' }).click();
const details = page.getByRole('region', { name: '事件详情' });
await details.getByRole('button', { name: '地图定位' }).click();
await details.getByRole('button', { name: /（1）$/ }).waitFor();
// From the street out to the city, where vehicles in every state are at work.
await page.waitForTimeout(1_500);
await page.getByRole('button', { name: '缩小' }).click();
await page.waitForTimeout(1_500);
await page.getByRole('button', { name: '缩小' }).click();
await page.waitForTimeout(4_000);
await page.screenshot({ path: out });
await browser.close();
