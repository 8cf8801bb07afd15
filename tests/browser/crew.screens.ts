// What a crew sees, and what the desk sees of it: each state in both languages, by day and by night, tablet and phone.
import { test } from '@playwright/test';
import { signIn, takeCall } from './console';
import { shot, shotOfCrew } from './pictures';
import { abortInDanger, cancelInDanger, Crew, followOn, letBe, notComing, order } from './situations';

let crew: Crew;
// One terminal for all: a state leads to the next, as in a shift.
test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
  crew = await Crew.start(browser);
});
test.afterAll(async () => crew.stop());

test('a call for help', async ({ page }) => {
  test.slow();
  await signIn(page);
  await shotOfCrew(crew.tablet, '20-crew-at-rest');
  await crew.callsForHelp();
  await page.getByRole('alert', { name: '警报' }).getByText(crew.vehicle).first().waitFor();
  await page.keyboard.press('Alt+s');
  await shot(page, '25-sos');
  await shotOfCrew(crew.tablet, '26-crew-sos');
  await crew.press('知道了');
  await order(page, `呼救 ${crew.vehicle} 已派警察`);
  await page.getByRole('alert', { name: '警报' }).getByText('呼救', { exact: true }).waitFor({ state: 'detached' });
});

test('an order, a cancel with several dangers, and the next order at the hospital', async ({ page }) => {
  test.slow();
  await signIn(page);
  const incident = await takeCall(page, '海原县', '腹痛，孕38周');
  await order(page, `派 ${crew.vehicle} ${incident}`);
  await crew.tablet.getByRole('heading', { name: '新任务 - 请确认' }).waitFor();
  await shotOfCrew(crew.tablet, '21-crew-order');
  await crew.press('确认接令', '出车');
  await crew.tablet.getByRole('heading', { name: /^路线/ }).waitFor();
  await shotOfCrew(crew.tablet, '22-crew-on-its-way');
  await order(page, `中止 ${crew.vehicle} 误派`);
  await crew.press('知道了');
  await cancelInDanger(page, crew);
  await shot(page, '27-several-dangers');
  await letBe(page);
  await page.keyboard.press('Escape');
  await abortInDanger(page, crew);
  await shot(page, '27-several-dangers-abort');
  await letBe(page);
  await crew.comesBack();
  await crew.press('到达医院');
  await crew.answer();
  await crew.allSent();
  await followOn(page, crew);
  await shot(page, '28-follow-on');
  await shotOfCrew(crew.tablet, '29-crew-follow-on');
  await order(page, `撤续 ${crew.vehicle}`);
  await crew.press('任务完成');
  await crew.answer('1 位');
});

test('a crew that does not come', async ({ page }) => {
  test.slow();
  await signIn(page);
  await notComing(page, crew);
  await shot(page, '30-not-coming');
  await page.keyboard.press('F8');
  await page.getByPlaceholder('筛选：车号、呼号、状态').fill(crew.vehicle);
  await shot(page, '31-not-coming-board');
  await shotOfCrew(crew.tablet, '32-crew-not-coming');
});
