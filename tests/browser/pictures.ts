// Pictures of a screen in both languages and the sizes it is used at; the crew's page by day and by night as well.
import type { Locator, Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const out = fileURLToPath(new URL('../../screens/', import.meta.url));
export const CONSOLE = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];
/** The tablet last: a phone folds the keys for language and light away. */
const CREW = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];
const LANGUAGES = ['zh', 'en'];
/** Map tiles are drawn in software here; what is not drawn by then stays blank in the picture. */
export const SETTLED_MS = 1_200;

/** The button that changes the language is named by the other one. */
const language = (page: Page): Locator => page.getByRole('button', { name: /^(English|中文)$/ }).first();

/** Takes a state in each language and size; the page is left in the language it was in. */
async function take(page: Page, name: string, other: Locator, sizes = CONSOLE, settled = SETTLED_MS): Promise<void> {
  mkdirSync(out, { recursive: true });
  for (const language of LANGUAGES) {
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.waitForTimeout(settled);
      await page.screenshot({ path: `${out}${name}-${language}-${size.width}x${size.height}.png` });
    }
    await other.click();
  }
}

export const shot = (page: Page, name: string): Promise<void> => take(page, name, language(page));

/** The crew's page is drawn at once; it is left in the light it was in. */
export async function shotOfCrew(page: Page, name: string): Promise<void> {
  for (const _ of ['night', 'day']) {
    const light = await page.evaluate(() => document.documentElement.dataset['theme'] ?? 'night');
    await take(page, `${name}-${light}`, page.locator('#language'), CREW, 300);
    await page.locator('#theme').click();
  }
}
