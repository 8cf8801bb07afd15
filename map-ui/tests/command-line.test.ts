import { describe, expect, it } from 'vitest';
import { completed, completions } from '../src/command-line/complete';
import { describe as describeMeaning } from '../src/command-line/describe';
import { understand } from '../src/command-line/grammar';
import { shortNumber } from '../src/command-line/names';
import type { Known } from '../src/command-line/reader';
import { VERBS } from '../src/command-line/words';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { wireWord } from '../src/i18n/translate';
import { incident, NOON, task, vehicle } from './examples';

const running = task('yinchuan-12.t1', 'YC-01-1', { created: NOON - 60_000, order_received: NOON - 30_000 });
const known: Known = {
  incidents: new Map([
    ['yinchuan-12', incident('yinchuan-12', { stage: 'running', tasks: [running] })],
    ['yinchuan-13', incident('yinchuan-13')],
    ['wuzhong-7', incident('wuzhong-7')],
    ['guyuan-8', incident('guyuan-8')],
    ['zhongwei-8', incident('zhongwei-8')],
  ]),
  vehicles: new Map([
    [
      'YC-01-1',
      vehicle('YC-01-1', {
        task: 'yinchuan-12.t1',
        incident: 'yinchuan-12',
        call_sign: '市一院01',
        plate: '宁A·12001',
      }),
    ],
    ['YC-01-2', vehicle('YC-01-2', { call_sign: '银川 2', plate: '宁A·12002' })],
    ['WZ-01-1', vehicle('WZ-01-1', { centre: 'wuzhong', call_sign: '吴忠01', plate: '宁C·12001' })],
  ]),
  centres: [
    {
      id: 'wuzhong',
      code: 'WZ',
      name_zh: '吴忠市紧急救援中心',
      name_en: 'Wuzhong City Centre',
      regional: false,
      position: { lon: 106, lat: 38 },
    },
  ],
  centre: 'yinchuan',
  selected: 'yinchuan-13',
  now: NOON,
  translate: wireWord,
};

function command(line: string) {
  const meaning = understand(line, known);
  if (meaning.does !== 'issue') throw new Error(`${line}: ${JSON.stringify(meaning)}`);
  return meaning.command;
}
const mistake = (line: string) => {
  const meaning = understand(line, known);
  return meaning.does === 'mistake' ? `${meaning.code} ${meaning.word}`.trim() : meaning.does;
};

describe('the command line', () => {
  it('says the same in Chinese and in English', () => {
    const pairs: [string, string][] = [
      ['派 YC-01-2 12', 'd yc-01-2 #12'],
      ['取消 12 到场无人 已问邻居', 'cancel yinchuan-12 gone_on_arrival 已问邻居'],
      ['改派 市一院01 13', 'r YC-01-1 13'],
      ['停 YC-01-2 加油', 'pause YC-01-2 fuel'],
      ['到 YC-01-1 出车', 'reach YC-01-1 departed'],
      ['中止 YC-01-1 车辆故障', 'abort YC-01-1 breakdown'],
    ];
    for (const [chinese, english] of pairs) expect(command(chinese)).toEqual(command(english));
  });

  it('sends several vehicles, by id, call sign of two words, or plate', () => {
    expect(command('派 YC-01-1 银川 2 宁C·12001 12')).toEqual({
      centre: 'yinchuan',
      command: { type: 'dispatch_vehicles', incident: 'yinchuan-12', vehicles: ['YC-01-1', 'YC-01-2', 'WZ-01-1'] },
    });
  });

  it('means the chosen incident when none is named', () => {
    expect(command('派 YC-01-2').command).toMatchObject({ incident: 'yinchuan-13' });
    expect(command('取消 骚扰').command).toMatchObject({ incident: 'yinchuan-13', reason: 'nuisance' });
    expect(command('记 门口有狗').command).toEqual({ type: 'add_note', incident: 'yinchuan-13', text: '门口有狗' });
    expect(command('优先 1').command).toMatchObject({ incident: 'yinchuan-13', changes: { priority: 'critical' } });
    expect(command('优先 12 II').command).toMatchObject({ incident: 'yinchuan-12', changes: { priority: 'severe' } });
  });

  it('names an incident by number, by code and number, or in full', () => {
    for (const name of ['7', '#7', 'WZ-7', 'wz-7', 'wuzhong-7'])
      expect(understand(`看 ${name}`, known)).toEqual({ does: 'show', incident: 'wuzhong-7' });
    expect(shortNumber('wuzhong-7', known.centres)).toBe('#7');
    const [wuzhong] = known.centres;
    expect(shortNumber('wuzhong-7', [wuzhong!, { ...wuzhong!, id: 'yinchuan', code: 'YC' }])).toBe('WZ-7');
  });

  it('goes to the journal of the centre it concerns', () => {
    expect(command('结束 7').centre).toBe('wuzhong');
    expect(command('下班 WZ-01-1')).toEqual({
      centre: 'wuzhong',
      command: { type: 'go_off_duty', vehicle: 'WZ-01-1' },
    });
    expect(command('借 YC-01-2 吴忠').command).toEqual({
      type: 'lend_vehicle',
      vehicle: 'YC-01-2',
      to: 'wuzhong',
      note: '',
    });
  });

  it('resumes a vehicle or an incident', () => {
    expect(command('恢复 YC-01-2').command.type).toBe('resume_vehicle');
    expect(command('恢复 13').command.type).toBe('resume_incident');
  });

  it('corrects a time and takes back the latest milestone', () => {
    expect(command('改时 YC-01-1 接收 11:59:10 电台确认').command).toEqual({
      type: 'correct_milestone',
      task: 'yinchuan-12.t1',
      milestone: 'order_received',
      truly_at: NOON - 50_000,
      note: '电台确认',
    });
    expect(command('撤回 YC-01-1').command).toMatchObject({ task: 'yinchuan-12.t1', milestone: 'order_received' });
  });

  it('says what is wrong instead of guessing', () => {
    expect(mistake('飞 YC-01-1 12')).toBe('unknown_verb 飞');
    expect(mistake('派 YC-99 12')).toBe('no_vehicle YC-99');
    expect(mistake('派')).toBe('missing_vehicle');
    expect(mistake('派 YC-01-2 99')).toBe('no_incident 99');
    expect(mistake('派 12001 12')).toBe('ambiguous 12001');
    expect(mistake('结束 8')).toBe('ambiguous 8');
    expect(mistake('取消 12')).toBe('missing_reason');
    expect(mistake('取消 12 因为')).toBe('bad_reason 因为');
    expect(mistake('中止 YC-01-2 误派')).toBe('no_task YC-01-2');
    expect(mistake('到 YC-01-1 月球')).toBe('bad_milestone 月球');
    expect(mistake('改时 YC-01-1 出车 25:00 x')).toBe('bad_time 25:00');
    expect(mistake('结束 12 现在')).toBe('too_much 现在');
    expect(mistake('记 12')).toBe('missing_text');
    expect(mistake('优先 12 V')).toBe('bad_priority V');
    expect(mistake('借 YC-01-2 火星')).toBe('bad_centre 火星');
  });

  it('shows, ranks, opens a call and helps without a command', () => {
    expect(understand('看 12', known)).toEqual({ does: 'show', incident: 'yinchuan-12' });
    expect(understand('看 YC-01-1', known)).toEqual({ does: 'show', vehicle: 'YC-01-1' });
    expect(understand('荐', known)).toEqual({ does: 'rank', incident: 'yinchuan-13' });
    expect(understand('新 解放西街 1 号', known)).toEqual({ does: 'new', address: '解放西街 1 号' });
    expect(understand('/ ?', known).does).toBe('help');
    expect(understand('   ', known).does).toBe('nothing');
  });

  it('reads what an input method leaves in full width, and vehicles in a row as people write them', () => {
    expect(command('记 １２ 门口有狗，三楼').command).toEqual({
      type: 'add_note',
      incident: 'yinchuan-12',
      text: '门口有狗，三楼',
    });
    for (const line of [
      '记 12，门口有狗',
      '记 12,门口有狗',
      '记 12：门口有狗',
      '记 １２， 门口有狗',
      '记 #12，门口有狗',
    ])
      expect(command(line).command).toEqual({ type: 'add_note', incident: 'yinchuan-12', text: '门口有狗' });
    expect(mistake('记 99，门口有狗')).toBe('no_incident 99');
    expect(command('记 2楼，门口有狗').command).toMatchObject({ incident: 'yinchuan-13', text: '2楼，门口有狗' });
    expect(command('派　ＹＣ－０１－２　＃１２').command).toMatchObject({
      incident: 'yinchuan-12',
      vehicles: ['YC-01-2'],
    });
    expect(command('派 YC-01-1、YC-01-2 12').command).toMatchObject({
      incident: 'yinchuan-12',
      vehicles: ['YC-01-1', 'YC-01-2'],
    });
    expect(command('派 YC-01-1，YC-01-2, 12').command).toMatchObject({
      incident: 'yinchuan-12',
      vehicles: ['YC-01-1', 'YC-01-2'],
    });
    expect(command('优先 １２ Ⅱ').command).toMatchObject({ incident: 'yinchuan-12', changes: { priority: 'severe' } });
    expect(command('改时 YC-01-1 接收 １１：５９：１０ 电台').command).toMatchObject({ truly_at: NOON - 50_000 });
    expect(understand('／ ?', known).does).toBe('help');
  });

  it('takes a vehicle without its hyphens, and an incident by its centre’s name', () => {
    expect(command('停 yc011 加油').command).toMatchObject({ vehicle: 'YC-01-1' });
    expect(understand('看 吴忠7', known)).toEqual({ does: 'show', incident: 'wuzhong-7' });
    expect(understand('看 吴忠-7', known)).toEqual({ does: 'show', incident: 'wuzhong-7' });
  });

  it('never takes a wrong or a half number for the chosen incident', () => {
    for (const line of [
      '记 99 有狗',
      '记 #9 有狗',
      '记 # 有狗',
      '记 WZ- 有狗',
      '记 wz 有狗',
      '记 wuzhong- 有狗',
      '记 wz-99 有狗',
      '记 吴忠99 有狗',
      '记 12r1 有狗',
      '记 yc12 有狗',
      '记 ９９ 有狗',
      '取消 99 骚扰',
      '优先 99 II',
      '结束 wz-',
      '派 YC-01-2 wz-',
    ]) {
      expect([line, mistake(line).split(' ')[0]]).toEqual([line, 'no_incident']);
    }
    for (const line of ['记 CPR 进行中', '记 2人受伤', '记 三楼有人', '记 AED已到'])
      expect([line, understand(line, known).does]).toEqual([line, 'issue']);
  });

  it('writes to a crew, and answers what it wrote', () => {
    const send = { type: 'send_message', vehicle: 'YC-01-2', text: '家属 在门口' };
    expect(command('告 银川 2 家属 在门口').command).toEqual(send);
    expect(command('tell yc-01-2 家属 在门口')).toEqual(command('告 银川 2 家属 在门口'));
    expect(mistake('告 YC-01-2')).toBe('missing_text');
    expect(mistake('告 家属在门口')).toBe('no_vehicle 家属在门口');

    const asked = { number: 4, from: 'crew' as const, centre: 'wuzhong', at: NOON, need: 'police' as const };
    const asking = vehicle('WZ-01-1', { centre: 'wuzhong', call_sign: '吴忠01', messages: [asked] });
    const waits: Known = { ...known, vehicles: new Map([...known.vehicles, ['WZ-01-1', asking]]) };
    const answer = understand('告 吴忠01 警察已出发', waits);
    expect(answer).toEqual({
      does: 'issue',
      command: {
        centre: 'wuzhong',
        command: { type: 'answer_crew', vehicle: 'WZ-01-1', through: 4, text: '警察已出发' },
      },
    });
    // Which of both it is stands beside the line before Enter.
    expect(describeMeaning(answer, zh, waits).text).toBe('将执行：答复车组 吴忠01 WZ-01-1 警察已出发');
    expect(describeMeaning(understand('tell YC-01-2 wait', known), en, known).text).toBe(
      'Will: Send to crew 银川 2 YC-01-2 wait',
    );
  });

  it('does not divert across centres without a word', () => {
    expect(mistake('改派 YC-01-1 7')).toBe('other_centre YC-01-1');
  });

  it('completes what is begun, and leaves a person’s own words alone', () => {
    const offered = (line: string) => completions(line, known, zh, 'zh').map(({ word }) => word);
    expect(offered('改')).toEqual(['改派', '改时']);
    expect(offered('派 yc')).toEqual(['YC-01-1', 'YC-01-2']);
    expect(offered('派 yc01')).toEqual(['YC-01-1', 'YC-01-2']);
    expect(offered('取消 12 到')).toEqual(['到场无人']);
    expect(offered('到 YC-01-1 到达')).toEqual(['到达现场', '到达医院']);
    expect(offered('借 YC-01-2 W')).toContain('WZ');
    expect(offered('记 12 到')).toEqual([]);
    expect(offered('告 yc')).toEqual(['YC-01-1', 'YC-01-2']);
    expect(offered('告 YC-01-1 yc')).toEqual([]);
    expect(offered('派 YC-01-1')).toEqual([]);
    expect(completed('取消 12 到', { word: '到场无人', about: '' })).toBe('取消 12 到场无人 ');
  });

  it('has no word that means two things', () => {
    const all = Object.values(VERBS).flatMap(({ zh: chinese, en: english }) => [...chinese, ...english]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('says before Enter what Enter will do, and what is missing', () => {
    expect(describeMeaning(understand('取消 12 无人', known), zh)).toEqual({
      text: '将执行：取消 yinchuan-12 到场无人',
      wrong: false,
    });
    expect(describeMeaning(understand('派 YC-01-2 7', known), zh, known).text).toBe(
      '将执行：派车 银川 2 YC-01-2 #7（III 急症 · 解放西街 1 号 · 胸痛）',
    );
    expect(describeMeaning(understand('优先 12 I', known), zh, known).text).toBe(
      '将执行：修改事件 #12（III 急症 · 解放西街 1 号 · 胸痛） → I 濒危',
    );
    expect(describeMeaning(understand('借 YC-01-2 吴忠', known), zh, known).text).toContain('吴忠市紧急救援中心');
    expect(describeMeaning(understand('到 YC-01-1 出车', known), zh, known).text).toContain('市一院01 YC-01-1');
    expect(describeMeaning(understand('cancel 12 caller_cancelled', known), en, known).text).toBe(
      'Will: Cancel incident #12 (III urgent · 解放西街 1 号 · 胸痛) Caller cancelled',
    );
    expect(describeMeaning(understand('停 YC-01-2', known), en)).toEqual({
      text: 'Reason missing: Fuel / Meal / Repair / Disinfection / Restock / Other',
      wrong: true,
    });
  });
});
