// How many keys stand between a ringing telephone and a vehicle that is sent, beside the text that is typed.
import { expect, test, type Page } from '@playwright/test';
import { details, signIn } from './console';

/** As many as a tired hand may be asked for with an address and a complaint. */
const KEYS_MOST = 5;
/** A key at a calm pace; hanzi are typed by their pinyin. */
const MILLIS_A_KEY = 180;

/** Counts what is pressed beside what is typed. */
class Hand {
  keys = 0;
  letters = 0;

  constructor(private readonly page: Page) {}

  async press(key: string): Promise<void> {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  /** `pinyin` is how many letters an input method wants for it. */
  async type(text: string, pinyin: number): Promise<void> {
    this.letters += pinyin;
    await this.page.keyboard.type(text);
  }

  /** Told in the log of the run, and kept in docs/benchmarks.md. */
  tell(what: string): void {
    const seconds = ((this.keys + this.letters) * MILLIS_A_KEY) / 1000;
    console.log(`${what}: ${this.keys} keys beside the text, ${seconds.toFixed(1)} s at ${MILLIS_A_KEY} ms a key`);
  }
}

async function sent(page: Page, words: string): Promise<void> {
  await expect(details(page)).toContainText(words);
  await expect(details(page).getByRole('button', { name: /^派 .*（1）$/ })).toBeVisible();
}

test('address and complaint', async ({ page }) => {
  await signIn(page);
  const hand = new Hand(page);
  await hand.press('F2');
  await hand.type('银川火车站', 21);
  // What stands first is meant, and marked: Tab takes it and goes on.
  await expect(page.getByRole('listbox', { name: '地址候选' }).getByRole('option', { selected: true })).toBeVisible();
  await hand.press('Tab');
  await hand.type('胸痛', 9);
  await hand.press('Enter');
  await sent(page, '胸痛');
  await hand.press('1');
  await expect(details(page).getByRole('article').first()).toBeVisible();
  hand.tell('address and complaint');
  expect(hand.keys).toBeLessThanOrEqual(KEYS_MOST);
});

test("with priority and the caller's number", async ({ page }) => {
  await signIn(page);
  const hand = new Hand(page);
  await hand.press('F2');
  await hand.type('中卫市人民医院3号楼', 31);
  await expect(page.getByRole('listbox', { name: '地址候选' }).getByRole('option', { selected: true })).toBeVisible();
  await hand.press('Tab');
  await hand.type('呼吸困难', 13);
  await hand.press('Tab');
  await hand.press('ArrowUp');
  await hand.press('Tab');
  await hand.type('13912345678', 11);
  await hand.press('Enter');
  await sent(page, '呼吸困难');
  // The number that was typed survived the choice of the place, and the place has a position.
  await expect(details(page)).toContainText('中卫市人民医院3号楼');
  await hand.press('1');
  await expect(details(page).getByRole('article').first()).toBeVisible();
  hand.tell('with priority and number');
  expect(hand.keys).toBeLessThanOrEqual(KEYS_MOST + 3);
});

test('the exact words of a place are resolved although nothing was chosen', async ({ page }) => {
  await signIn(page);
  await page.keyboard.press('F2');
  // Faster than the list of places comes.
  await page.keyboard.type('银川火车站');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('F2');
  await page.keyboard.press('Enter');
  await sent(page, '银川火车站');
});

test('the list of vehicles is under the hand also where the feed is slower than the answer', async ({ page }) => {
  await page.routeWebSocket('**/ws/console', (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => setTimeout(() => socket.send(message), 2_000));
  });
  await signIn(page);
  await page.keyboard.press('F2');
  await page.keyboard.type('银川火车站');
  await expect(page.getByRole('listbox', { name: '地址候选' }).getByRole('option', { selected: true })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('抽搐');
  await page.keyboard.press('Enter');
  await sent(page, '抽搐');
  const underHand = (): boolean => document.activeElement?.closest('[data-focus=rank]') != null;
  await expect.poll(() => page.evaluate(underHand)).toBe(true);
  await page.keyboard.press('1');
  await expect(details(page).getByRole('article').first()).toBeVisible();
  await expect(page.getByRole('combobox', { name: '现场地址' })).toHaveValue('');
});
