// The map of the crew's page: drawn from what the terminal keeps, without a centre and after a power cut.
import { expect, test, type Page } from '@playwright/test';
import { signIn, takeCall } from './console';
import { Crew, order } from './situations';

const ON_THE_WAY = { lon: 105.6448, lat: 36.5652, knots: 25 };

const canvas = (page: Page) => page.locator('#map canvas');

/** How much of the picture has each colour of the line of a route, by night and by day. */
function routePixels(page: Page): Promise<number> {
  return canvas(page).evaluate((it: HTMLCanvasElement) => {
    const { data } = it.getContext('2d')?.getImageData(0, 0, it.width, it.height) ?? { data: [] };
    const route = ['56,189,248', '29,78,216'];
    let found = 0;
    for (let at = 0; at < data.length; at += 4)
      if (route.includes(`${data[at]},${data[at + 1]},${data[at + 2]}`)) found += 1;
    return found;
  });
}

const roads = async (page: Page): Promise<number> => Number(await canvas(page).getAttribute('data-roads'));
const scale = async (page: Page): Promise<number> => Number(await canvas(page).getAttribute('data-scale'));

test('the way is drawn on the map without a centre, and after a power cut', async ({ page, browser }) => {
  test.slow();
  const crew = await Crew.start(browser);
  const { tablet } = crew;
  try {
    // The map comes once, by itself, soon after the link stands.
    await expect.poll(() => roads(tablet), { timeout: 60_000 }).toBeGreaterThan(0);
    await expect(canvas(tablet)).toHaveAttribute('data-parts', 'own');
    await expect(tablet.locator('#map-note')).toHaveText('');
    expect(await routePixels(tablet)).toBeLessThan(500);

    await signIn(page);
    const incident = await takeCall(page, '海原县', '胸痛，大汗');
    await order(page, `派 ${crew.vehicle} ${incident}`);
    await crew.press('确认接令', '出车');
    await crew.allSent();
    await expect(tablet.getByRole('heading', { name: /^路线/ })).toBeVisible();
    crew.measure(ON_THE_WAY);
    await expect(canvas(tablet)).toHaveAttribute('data-parts', /route.* scene.* own/);
    await expect(canvas(tablet)).toHaveAttribute('aria-label', /^地图：现场在.+，直线 .+(米|公里)$/);
    expect(await routePixels(tablet)).toBeGreaterThan(500);

    // One key shows all of it, the others come nearer and go farther.
    const before = await scale(tablet);
    await crew.press('放大');
    await expect.poll(() => scale(tablet)).toBeGreaterThan(before);
    await crew.press('缩小', '缩小');
    await expect.poll(() => scale(tablet)).toBeLessThan(before);
    await crew.press('全程');
    await expect(tablet.getByRole('button', { name: '全程' })).toHaveAttribute('aria-pressed', 'true');

    await crew.losesTouch();
    await crew.losesPower();
    await expect(tablet.locator('#link')).toHaveText(/离线|连接中/);
    await expect(canvas(tablet)).toHaveAttribute('data-parts', /^route.* scene/);
    await expect.poll(() => roads(tablet)).toBeGreaterThan(0);
    await expect(tablet.locator('#map-note')).toHaveText('');
    crew.measure(ON_THE_WAY);
    await expect(canvas(tablet)).toHaveAttribute('data-parts', /route.* own$/);
    expect(await routePixels(tablet)).toBeGreaterThan(500);
    // A detour that lasts is asked about, once.
    const question = tablet.locator('#alerts').getByText('已偏离路线半分钟');
    await expect(async () => {
      crew.measure({ ...ON_THE_WAY, lat: ON_THE_WAY.lat + 0.03 });
      await expect(question).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
    await tablet.screenshot({ path: 'test-results/off-route-tablet.png' });
    await crew.press('是，走别的路');
    crew.measure({ ...ON_THE_WAY, lat: ON_THE_WAY.lat + 0.03 });
    await expect(question).toBeHidden();
    // Nothing old looks fresh.
    await expect(canvas(tablet)).toHaveAttribute('data-parts', /route.* old$/);
    await expect(tablet.locator('#next-turn')).toBeHidden();

    // Without a map, as with a server of an earlier release, the way is drawn all the same.
    await crew.losesPower(true);
    await expect(tablet.locator('#map-note')).toHaveText('本终端还没有地图，只画路线和地点');
    await expect(canvas(tablet)).toHaveAttribute('data-parts', /^route.* scene/);
    expect(await roads(tablet)).toBe(0);
    expect(await routePixels(tablet)).toBeGreaterThan(500);
    // It comes by itself once the centre is there again.
    await crew.comesBack();
    await expect.poll(() => roads(tablet), { timeout: 60_000 }).toBeGreaterThan(0);
    await order(page, `中止 ${crew.vehicle} 误派`);
    await crew.press('知道了');
  } finally {
    await crew.stop();
  }
});
