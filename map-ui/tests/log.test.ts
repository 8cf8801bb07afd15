import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../src/api/types';
import { sentence, type Part } from '../src/log/sentence';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { NOON } from './examples';

const names: Record<string, string> = { wuzhong: '吴忠中心', 'h-1': '区医院' };
const entry = (kind: string, details: Record<string, string>, more: Partial<LogEntry> = {}): LogEntry =>
  ({
    centre: 'yinchuan',
    version: 1,
    kind,
    incident: 'yinchuan-12',
    vehicle: 'YC-01-1',
    details,
    stamp: {
      at: NOON,
      made_at: NOON,
      recorded_at: NOON,
      origin: { by: 'automatic', rule: 'close_when_done' },
      clock_doubtful: false,
      corrected: false,
    },
    ...more,
  }) as LogEntry;
const read = (parts: Part[]): string => parts.map((part) => Object.values(part)[0] as string).join('');
const said = (it: LogEntry, words: typeof zh = zh): string => read(sentence(it, words, (id) => names[id] ?? id));

describe('a log line', () => {
  it('is a sentence, without what was not told', () => {
    expect(
      said(
        entry('task_created', {
          from: 'station',
          offered: '5',
          rank: '1',
          total_seconds: '240',
          method: 'straight_line',
        }),
      ),
    ).toBe('派 YC-01-1 去 yinchuan-12，从站内出发，推荐 5 辆中的第 1 名，估计 240 秒（按直线估算）');
    expect(said(entry('task_created', { from: 'road' }))).toBe('派 YC-01-1 去 yinchuan-12，从途中出发');
    expect(
      said(entry('milestone_reached', { milestone: 'at_hospital', hospital: 'h-1', patients_carried: '2' }), en),
    ).toBe('YC-01-1: At hospital, 区医院, 2 carried (yinchuan-12)');
    expect(said(entry('incident_cancelled', { reason: 'gone_on_arrival', note: '已问邻居' }))).toBe(
      '取消 yinchuan-12：到场无人（已问邻居）',
    );
    expect(said(entry('vehicle_handed_over', { to: 'wuzhong' }, { incident: null }))).toBe('YC-01-1 移交给吴忠中心');
    expect(said(entry('milestone_corrected', { milestone: 'at_scene', truly_at: String(NOON) }))).toBe(
      'YC-01-1 “到达现场”时间更正为 12:00:00（yinchuan-12）',
    );
  });

  it('tells what a crew asks for, and what it was answered', () => {
    const asked = entry('crew_wrote', { need: 'police', text: '有人持刀' });
    expect(said(asked)).toBe('YC-01-1 车组来信，请求公安（110）：有人持刀');
    expect(said(entry('crew_wrote', { need: 'intensive_care' }), en)).toBe(
      'The crew of YC-01-1 wrote, asks for an intensive care vehicle',
    );
    expect(said(entry('crew_wrote', { text: '路口堵' }))).toBe('YC-01-1 车组来信：路口堵');
    expect(said(entry('crew_answered', {}))).toBe('YC-01-1 车组的来信已阅');
    expect(said(entry('crew_answered', { text: '警察已出发' }))).toBe('YC-01-1 车组的来信已阅，答复：警察已出发');
    expect(said(entry('message_sent', { text: '家属在门口' }), en)).toBe('To the crew of YC-01-1: 家属在门口');
  });

  it('holds what can be opened apart from its words', () => {
    const parts = sentence(entry('task_redirected', { to: 'yinchuan-13', reason: 'nearer' }), zh, String);
    expect(parts.filter((part) => !('text' in part))).toEqual([
      { vehicle: 'YC-01-1' },
      { incident: 'yinchuan-12' },
      { incident: 'yinchuan-13' },
    ]);
  });
});
