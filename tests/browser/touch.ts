// A finger on the crew's page. One touch in some hundred never becomes a click in a browser that paints in software beside
// everything else; a crew that sees nothing happen touches again, and so do the tests. What reached the page is never
// repeated: a press that is lost behind it has to be seen.
import { expect, type Locator, type Request } from '@playwright/test';

const MOST_TOUCHES = 3;

/** Touches a button that sends a press, opens a question or goes away. */
export async function touch(button: Locator): Promise<void> {
  const page = button.page();
  let isSent = false;
  const note = (request: Request): void => {
    isSent ||= new URL(request.url()).pathname === '/press';
  };
  const hasArrived = async (): Promise<boolean> =>
    isSent ||
    (await page.getByRole('dialog').count()) > 0 ||
    !(await button.isVisible()) ||
    !(await button.isEnabled({ timeout: 500 }).catch(() => false));
  page.on('request', note);
  try {
    for (let touches = 1; touches <= MOST_TOUCHES; touches += 1) {
      await button.tap();
      const arrived = expect.poll(hasArrived, { timeout: 3_000 }).toBe(true);
      if (await arrived.then(() => true).catch(() => false)) return;
      console.warn(`a touch did not arrive: ${String(button)}`);
    }
  } finally {
    page.off('request', note);
  }
}
