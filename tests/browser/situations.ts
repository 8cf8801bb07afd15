// What can stand on the screens at once, reached as it is reached at night: for the tests of every rule and for pictures.
import { expect, type Browser, type Locator, type Page, type WebSocketRoute } from '@playwright/test';
import { details, linkState, takeCall } from './console';
import { Line } from './line';
import { port } from './playwright.config';
import { Terminal, type Where } from './terminal';
import { touch } from './touch';

const STATION = { lon: 105.645, lat: 36.565 };

const BACK = {
  centre: 'yinchuan',
  at: Date.now(),
  from_version: 412,
  to_version: 405,
  incidents: ['yinchuan-7', 'yinchuan-8'],
};

/** What a server tells of its own health, each with the words that a console says it in. */
export const HEALTH = {
  'storage that fails': { words: '记录停止', told: { journal: 'down' } },
  'a journal that was set back': { words: '被退回', told: { set_backs: [BACK] } },
  'vehicles that no centre has': { words: 'YC-99-1', told: { without_centre: ['YC-99-1', 'YC-99-2'] } },
} as const;

function withHealth(text: string, told: object): string {
  const message = JSON.parse(text) as { type: string; service?: object };
  if (message.type === 'snapshot') return JSON.stringify({ ...message, service: { ...message.service, ...told } });
  return message.type === 'service' ? JSON.stringify({ ...message, ...told }) : text;
}

/** Puts into what the server really sends what it would tell of its health. */
export async function inHealth(page: Page, told: object): Promise<void> {
  await page.routeWebSocket('**/ws/console', (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => socket.send(typeof message === 'string' ? withHealth(message, told) : message));
  });
}

/** Puts into what the server really sends that it suggests moves: vehicles with the stations to wait at. */
export async function suggesting(page: Page, moves: Record<string, string>): Promise<void> {
  const since = Date.now() - 30_000;
  const suggested = (station: string, number: number): object => ({
    number,
    station,
    why: 'station_uncovered',
    uncovered_seconds: 740,
    covered_before: 0.712,
    covered_after: 0.743,
    expected_seconds_before: 500,
    expected_seconds_after: 455,
    drive_seconds: 640,
    since: since + number,
    expires_at: since + 900_000,
  });
  await page.routeWebSocket('**/ws/console', (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const told = typeof message === 'string' ? (JSON.parse(message) as Snapshot) : null;
      if (told?.type !== 'snapshot') return socket.send(message);
      const vehicles = told.vehicles.map((vehicle) => {
        const number = Object.keys(moves).indexOf(vehicle.id);
        return number < 0 ? vehicle : { ...vehicle, suggested_move: suggested(moves[vehicle.id] ?? '', 901 + number) };
      });
      socket.send(JSON.stringify({ ...told, vehicles }));
    });
  });
}

interface Snapshot {
  type: string;
  vehicles: { id: string }[];
}

/** Vehicles of every centre whose terminals come with a key and which no centre has: a new region folder, half put in. */
export const MANY_WITHOUT_CENTRE = Array.from({ length: 33 }, (_, index) => `YC-${90 + index}-${(index % 9) + 1}`);

// An incident as the server tells it, with the norms it met or missed long ago.
function incidentOf(stage: string, index: number, test: boolean): object {
  const at = Date.now() - 3_600_000;
  const norm = (name: string, met: boolean): object => ({
    norm: name,
    from: at,
    due_at: at + 60_000,
    reached_at: at + (met ? 30_000 : 90_000),
    counts: !test,
  });
  return {
    id: `yinchuan-${index}`,
    centre: 'yinchuan',
    version: 1,
    stage,
    facts: {
      kind: 'illness',
      priority: 'urgent',
      source: 'phone',
      accident_level: 'ordinary',
      scene: { address: '银川市兴庆区北京中路128号2单元301室，从东门进', source: 'caller_words' },
      complaint: '胸痛',
      test,
    },
    opened_at: at,
    calls: [],
    tasks: [],
    notes: [],
    deadlines: [{ kind: 'dispatch', warn_at: at, due_at: index % 2 === 0 ? at : at + 86_400_000 }],
    norms: [norm('order', true), norm('departure', true), norm('response', false)],
  };
}

function onTheWorstNight(text: string, told: object): string {
  const message = JSON.parse(withHealth(text, told)) as { type: string; incidents?: object[]; vehicles?: object[] };
  // What goes on in the province meanwhile would add to the numbers of the night.
  const changes = message.incidents === undefined ? message : { ...message, incidents: [] };
  if (message.type !== 'snapshot') return JSON.stringify(changes);
  const some = (stage: string, count: number, first: number, test = false): object[] =>
    Array.from({ length: count }, (_, index) => incidentOf(stage, first + index, test));
  const incidents = [
    ...some('waiting', 999, 10_000),
    ...some('to_decide', 33, 20_000),
    ...some('not_received', 33, 30_000),
    ...some('waiting', 34, 40_000, true),
  ];
  const vehicles = message.vehicles?.map((vehicle, index) => ({ ...vehicle, online: index % 2 === 0 }));
  return JSON.stringify({ ...message, incidents, vehicles });
}

/** The most that the numbers at the top of a console ever count: as if the server's picture had it. */
export async function onWorstNight(page: Page, told: object = {}): Promise<void> {
  await page.routeWebSocket('**/ws/console', (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => socket.send(typeof message === 'string' ? onTheWorstNight(message, told) : message));
  });
}

/** The console's link to the server; what is given back cuts it for good. */
export async function cuttable(page: Page): Promise<() => Promise<void>> {
  let link: WebSocketRoute | undefined;
  let cut = false;
  await page.routeWebSocket('**/ws/console', (socket) => {
    if (cut) return socket.close();
    link = socket;
    socket.connectToServer();
  });
  return async () => {
    cut = true;
    await link?.close();
    await linkState(page, '断线').waitFor();
  };
}

/** A crew with its tablet, whose terminal reaches the centre over a line that can be cut. */
export class Crew {
  private constructor(
    readonly tablet: Page,
    readonly line: Line,
    private terminal: Terminal,
  ) {}

  static async start(browser: Browser): Promise<Crew> {
    const line = await Line.to(port);
    const terminal = Terminal.start(line.port);
    const viewport = { width: 1280, height: 800 };
    const crew = new Crew(await (await browser.newContext({ viewport, hasTouch: true })).newPage(), line, terminal);
    await expect(async () => crew.tablet.goto(terminal.address)).toPass();
    await crew.isOnline();
    terminal.measure(STATION);
    return crew;
  }

  get vehicle(): string {
    return this.terminal.vehicle;
  }

  async press(...steps: string[]): Promise<void> {
    for (const step of steps) await touch(this.tablet.getByRole('button', { name: step, exact: true }));
  }

  /** Chooses in the question that the last press opened. */
  async answer(choice?: string): Promise<void> {
    const buttons = this.tablet.getByRole('dialog').getByRole('button');
    await (choice === undefined ? buttons.first() : buttons.filter({ hasText: choice })).tap();
  }

  async isOnline(): Promise<void> {
    await expect(this.tablet.locator('#link')).toHaveText('已联网', { timeout: 60_000 });
  }

  async allSent(): Promise<void> {
    await expect(this.tablet.getByText('已全部发送')).toBeVisible({ timeout: 60_000 });
  }

  async agentStops(): Promise<void> {
    await this.terminal.stop();
  }

  /** Another agent on the same terminal; gives its vehicle. */
  async agentComesBack(): Promise<string> {
    this.terminal = Terminal.start(this.line.port);
    return this.terminal.vehicle;
  }

  /** The receiver measures a position. */
  measure(where: Where): void {
    this.terminal.measure(where);
  }

  /** The terminal loses its power and has it again; the page is opened anew. */
  async losesPower(andMap = false): Promise<void> {
    await this.terminal.losesPower(andMap);
    await expect(async () => this.tablet.reload()).toPass();
  }

  async losesTouch(): Promise<void> {
    this.line.cut();
    await expect(this.tablet.locator('#link')).not.toHaveText('已联网');
  }

  async comesBack(): Promise<void> {
    this.line.mend();
    await this.isOnline();
  }

  async callsForHelp(): Promise<void> {
    const sos = this.tablet.getByRole('button', { name: '按住求救 SOS' });
    const box = await sos.boundingBox();
    if (!box) throw new Error('the crew cannot see the button for help');
    await this.tablet.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await this.tablet.mouse.down();
    await expect(this.tablet.getByText(/求救已存|中心已收到求救/)).toBeVisible();
    await this.tablet.mouse.up();
  }

  async stop(): Promise<void> {
    await this.tablet.context().close();
    await this.terminal.stop();
    this.line.close();
  }
}

/** What calls for the desk about one vehicle, whatever else calls at the same time. */
export const alarmOf = (page: Page, vehicle: string): Locator =>
  page
    .getByRole('alert', { name: '警报' })
    .getByRole('paragraph')
    .filter({ hasText: vehicle, has: page.getByRole('button', { name: '车辆详情' }) });

/** Types an order into the command line. */
export async function order(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** A cancel that is asked back for twice over: the crew is at the scene, and out of touch. */
export async function cancelInDanger(page: Page, crew: Crew): Promise<void> {
  const incident = await takeCall(page, '海原县', '煤气中毒');
  await order(page, `派 ${crew.vehicle} ${incident}`);
  await crew.press('确认接令', '出车', '到达现场');
  await crew.allSent();
  await crew.losesTouch();
  await expect(taskOf(page, crew)).toContainText('离线');
  await details(page).getByRole('button', { name: '取消事件' }).click();
  await isAskedBack(page);
}

/** An abort that is asked back for twice over: the patient is on board, and the crew still out of touch. */
export async function abortInDanger(page: Page, crew: Crew): Promise<void> {
  await order(page, `到 ${crew.vehicle} 上车`);
  await expect(taskOf(page, crew).getByRole('listitem', { name: /^离开现场 / })).toBeVisible();
  await taskOf(page, crew).getByRole('button', { name: '中止任务' }).click();
  await isAskedBack(page);
}

const taskOf = (page: Page, crew: Crew): Locator =>
  details(page).getByRole('article', { name: `${crew.vehicle} 任务进程` });

async function isAskedBack(page: Page): Promise<void> {
  await details(page).getByRole('combobox', { name: '原因' }).selectOption({ index: 1 });
  await details(page).getByRole('button', { name: '确定' }).click();
  await expect(details(page).getByRole('button', { name: '已问清，照做' })).toBeVisible();
}

/** Leaves the question without giving the order. */
export const letBe = (page: Page): Promise<void> =>
  details(page).getByRole('alert').getByRole('button', { name: '知道了' }).click();

/** From the scene to the hospital, and a next order for the crew there. */
export async function followOn(page: Page, crew: Crew): Promise<void> {
  const next = await takeCall(page, '海原县', '高热抽搐');
  await order(page, `续 ${crew.vehicle} ${next}`);
  await expect(page.getByRole('region', { name: '事件队列' })).toContainText(`已许诺 ${crew.vehicle}`);
  await expect(crew.tablet.locator('#following').getByText('高热抽搐')).toBeVisible();
}

/** An order for a crew that had gone off duty out of touch before it was given. */
export async function notComing(page: Page, crew: Crew): Promise<void> {
  await crew.losesTouch();
  await crew.press('下班');
  await crew.answer('确定下班');
  const incident = await takeCall(page, '海原县', '被车撞倒，腿断了');
  await order(page, `派 ${crew.vehicle} ${incident}`);
  await expect(taskOf(page, crew)).toBeVisible();
  await crew.comesBack();
  await expect(taskOf(page, crew)).toContainText('不会来');
}

/** Takes the crew that is not expected off its task and back on duty, for whoever needs the vehicle next. */
export async function isFreeAgain(page: Page, crew: Crew): Promise<void> {
  await order(page, `中止 ${crew.vehicle} 误派`);
  await expect(taskOf(page, crew)).toContainText('已中止');
  await order(page, `上班 ${crew.vehicle}`);
  await expect(crew.tablet.getByRole('button', { name: '下班', exact: true })).toBeVisible();
}
