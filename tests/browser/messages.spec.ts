// A dispatcher and a crew write to each other; the crew asks for help of others, in a tunnel too.
import { expect, test } from '@playwright/test';
import { signIn, takeCall } from './console';
import { holds } from './rules';
import { alarmOf, Crew, order } from './situations';

test('words go both ways and show that they were read, and a request for help stands until it is answered', async ({
  page,
  browser,
}) => {
  const crew = await Crew.start(browser);
  const { tablet, vehicle } = crew;
  const alarm = alarmOf(page, vehicle);
  const written = page.getByRole('status', { name: '车组来信' });
  const thread = page.getByRole('region', { name: '消息' });
  try {
    await signIn(page);
    await order(page, `告 ${vehicle} 家属在北门等候`);
    const told = tablet.locator('#alerts').getByText('中心消息：家属在北门等候');
    await expect(told).toBeVisible();
    await tablet.screenshot({ path: 'test-results/message-tablet.png' });
    await crew.press('知悉消息');
    await expect(told).toBeHidden();

    // In a tunnel the crew asks for the police; it goes out with the network.
    await crew.losesTouch();
    await crew.press('联系中心');
    const sheet = tablet.getByRole('dialog');
    await expect(sheet).toContainText('家属在北门等候');
    await tablet.screenshot({ path: 'test-results/message-sheet.png' });
    await sheet.getByRole('textbox').fill('有人持刀');
    await sheet.getByRole('button', { name: '公安 110' }).click();
    await expect(tablet.getByText('已存，正在发送到中心')).toBeVisible();
    await crew.comesBack();
    await expect(alarm).toContainText('请求公安（110）');
    await expect(alarm).toContainText('有人持刀');
    await page.screenshot({ path: 'test-results/message-alarm.png' });

    await alarm.getByRole('button', { name: '车辆详情' }).click();
    await expect(thread).toContainText('已读');
    await expect(thread).toContainText('待答复');
    await page.screenshot({ path: 'test-results/message-thread.png' });
    await holds(page, 'messages at the desk');
    await thread.getByRole('textbox', { name: '写给车组' }).fill('警察已出发');
    await page.keyboard.press('Enter');
    await expect(alarm.filter({ hasText: '请求公安' })).toBeHidden();
    await expect(tablet.locator('#alerts').getByText('中心消息：警察已出发')).toBeVisible();
    await crew.press('知悉消息', '联系中心');
    await expect(sheet.getByRole('listitem').filter({ hasText: '有人持刀' })).toContainText('已看');
    await holds(tablet, 'messages on board');

    // What only tells is quiet, and one key says that it was seen.
    await sheet.getByRole('button', { name: '道路拥堵，会晚到' }).click();
    await expect(written).toContainText('道路拥堵，会晚到');
    await written.getByRole('button', { name: new RegExp(`已阅 .*${vehicle}`) }).click();
    await expect(written).toBeHidden();
  } finally {
    await crew.stop();
  }
});

test('an order offers the hospitals by road, and the answer to a call for help reaches the crew', async ({
  page,
  browser,
}) => {
  const crew = await Crew.start(browser);
  const { tablet, vehicle } = crew;
  try {
    await signIn(page);
    const incident = await takeCall(page, '海原县', '车祸');
    await order(page, `派 ${vehicle} ${incident}`);
    await expect(tablet.getByRole('navigation', { name: '用其他地图导航' }).getByRole('link')).toHaveText([
      '系统地图',
      '高德',
      '百度',
      '腾讯',
    ]);
    await crew.press('确认接令', '出车', '选医院');
    const choices = tablet.getByRole('dialog').getByRole('button');
    await expect(choices.first()).toContainText(/约 \d+ 分钟/);
    await tablet.screenshot({ path: 'test-results/hospitals-tablet.png' });
    await crew.answer();
    await order(page, `取消 ${incident} 来电人取消`);
    await crew.press('知道了');
    await crew.callsForHelp();
    await expect(tablet.getByText('中心已收到求救')).toBeVisible();
    await alarmOf(page, vehicle).getByRole('button', { name: '车辆详情' }).click();
    const answer = page.locator('form.sos');
    await answer.getByRole('textbox').fill('已联系派出所');
    await answer.getByRole('button', { name: '呼救已处理' }).click();
    await expect(tablet.getByText('已联系派出所')).toBeVisible();
    await expect(tablet.getByText('中心已收到求救')).toBeHidden();
    await tablet.screenshot({ path: 'test-results/sos-answered-tablet.png' });
  } finally {
    await crew.stop();
  }
});
