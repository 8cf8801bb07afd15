// Every screen is held to every rule of axe, in the language in which it stands and in the other one.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** No violation of any impact; what there is is named with its rule and its place, and the test goes on. */
export async function holds(page: Page, screen: string): Promise<void> {
  // No frame of another origin is on any page: without looking for some, axe needs half the time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${impact}) ${String(target)}: ${failureSummary}`),
  );
  expect.soft(found, screen).toEqual([]);
}

const language = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.lang);

/** Leaves the page in the language in which it was. */
export async function inBoth(page: Page, screen: string): Promise<void> {
  for (const _ of [1, 2]) {
    await holds(page, `${screen}, ${await language(page)}`);
    await page
      .getByRole('button', { name: /^(English|中文)$/ })
      .first()
      .click();
  }
}
