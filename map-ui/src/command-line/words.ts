import type { Milestone, Schemas } from '../api/types';

export type Verb =
  | 'dispatch'
  | 'divert'
  | 'cancel'
  | 'suspend'
  | 'refuse'
  | 'resume'
  | 'close'
  | 'reopen'
  | 'note'
  | 'priority'
  | 'reach'
  | 'correct'
  | 'undo'
  | 'abort'
  | 'pause'
  | 'off'
  | 'on'
  | 'back'
  | 'lend'
  | 'sos'
  | 'tell'
  | 'next'
  | 'withdraw'
  | 'keep'
  | 'wrong'
  | 'seen'
  | 'show'
  | 'rank'
  | 'new'
  | 'help';

// The first word of each row is what the help shows; the others are just as good.
export const VERBS: Record<Verb, { zh: string[]; en: string[]; usage: { zh: string; en: string } }> = {
  dispatch: { zh: ['派', '派车'], en: ['d', 'dispatch'], usage: { zh: '派 车… [事件]', en: 'd vehicle… [incident]' } },
  divert: {
    zh: ['改派'],
    en: ['r', 'divert'],
    usage: { zh: '改派 车 事件 [原因]', en: 'r vehicle incident [reason]' },
  },
  cancel: {
    zh: ['取消', '撤销'],
    en: ['c', 'cancel'],
    usage: { zh: '取消 [事件] 原因 [说明]', en: 'c [incident] reason [note]' },
  },
  suspend: {
    zh: ['挂起'],
    en: ['hold', 'suspend'],
    usage: { zh: '挂起 [事件] 原因 [说明]', en: 'hold [incident] reason [note]' },
  },
  refuse: {
    zh: ['拒绝'],
    en: ['refuse'],
    usage: { zh: '拒绝 [事件] 原因 [说明]', en: 'refuse [incident] reason [note]' },
  },
  resume: { zh: ['恢复'], en: ['resume'], usage: { zh: '恢复 事件或车', en: 'resume incident-or-vehicle' } },
  close: { zh: ['结束', '关闭'], en: ['close'], usage: { zh: '结束 [事件]', en: 'close [incident]' } },
  reopen: { zh: ['重开'], en: ['reopen'], usage: { zh: '重开 [事件] [说明]', en: 'reopen [incident] [note]' } },
  note: { zh: ['记', '备注'], en: ['n', 'note'], usage: { zh: '记 [事件] 内容', en: 'n [incident] text' } },
  priority: { zh: ['优先'], en: ['p', 'priority'], usage: { zh: '优先 [事件] I…IV', en: 'p [incident] I…IV' } },
  reach: { zh: ['到', '补录'], en: ['m', 'reach'], usage: { zh: '到 车 节点', en: 'm vehicle milestone' } },
  correct: {
    zh: ['改时', '更正'],
    en: ['correct'],
    usage: { zh: '改时 车 节点 时:分[:秒] 说明', en: 'correct vehicle milestone h:mm[:ss] note' },
  },
  undo: { zh: ['撤回'], en: ['undo'], usage: { zh: '撤回 车', en: 'undo vehicle' } },
  abort: { zh: ['中止'], en: ['abort'], usage: { zh: '中止 车 原因 [说明]', en: 'abort vehicle reason [note]' } },
  pause: { zh: ['停', '暂停'], en: ['pause'], usage: { zh: '停 车 原因 [说明]', en: 'pause vehicle reason [note]' } },
  off: { zh: ['下班'], en: ['off'], usage: { zh: '下班 车', en: 'off vehicle' } },
  on: { zh: ['上班'], en: ['on'], usage: { zh: '上班 车', en: 'on vehicle' } },
  back: { zh: ['回站'], en: ['back'], usage: { zh: '回站 车', en: 'back vehicle' } },
  lend: { zh: ['借'], en: ['lend'], usage: { zh: '借 车 中心', en: 'lend vehicle centre' } },
  sos: { zh: ['呼救'], en: ['sos'], usage: { zh: '呼救 车 处理情况', en: 'sos vehicle what-was-done' } },
  tell: {
    zh: ['告', '告知'],
    en: ['tell'],
    usage: { zh: '告 车 内容（有来信待答复则为答复）', en: 'tell vehicle text (answers what the crew wrote)' },
  },
  next: {
    zh: ['续', '续派'],
    en: ['next', 'follow'],
    usage: { zh: '续 车 [事件]（在医院，完成后开始）', en: 'next vehicle [incident] (at hospital)' },
  },
  withdraw: { zh: ['撤续'], en: ['withdraw'], usage: { zh: '撤续 车', en: 'withdraw vehicle' } },
  keep: {
    zh: ['留'],
    en: ['keep'],
    usage: { zh: '留 车 [说明]（车组报告属实）', en: 'keep vehicle [note] (crew is right)' },
  },
  wrong: {
    zh: ['误按'],
    en: ['wrong'],
    usage: { zh: '误按 车 [说明]（车组报告有误）', en: 'wrong vehicle [note] (press was wrong)' },
  },
  seen: { zh: ['已阅'], en: ['seen'], usage: { zh: '已阅 车（被拒的按键）', en: 'seen vehicle (refused presses)' } },
  show: { zh: ['看'], en: ['s', 'show'], usage: { zh: '看 事件或车', en: 's incident-or-vehicle' } },
  rank: { zh: ['荐', '推荐'], en: ['rank'], usage: { zh: '荐 [事件]', en: 'rank [incident]' } },
  new: { zh: ['新'], en: ['new'], usage: { zh: '新 [地址]', en: 'new [address]' } },
  help: { zh: ['帮助', '？'], en: ['?', 'help'], usage: { zh: '? 帮助', en: '? help' } },
};

// Short words that hands find at night, beside the full words of both languages.
export const SHORT_REASONS: Partial<Record<string, Record<string, string>>> = {
  cancel: {
    gone: 'gone_on_arrival',
    caller: 'caller_cancelled',
    self: 'went_by_themselves',
    dup: 'duplicate',
    无人: 'gone_on_arrival',
    取消: 'caller_cancelled',
    自行: 'went_by_themselves',
    重复: 'duplicate',
    骚扰: 'nuisance',
  },
  abort: {
    breakdown: 'vehicle_breakdown',
    accident: 'road_accident',
    blocked: 'road_blocked',
    gone: 'gone_on_arrival',
    refused: 'patient_refused',
    mistake: 'sent_by_mistake',
    故障: 'vehicle_breakdown',
    误派: 'sent_by_mistake',
    无人: 'gone_on_arrival',
  },
  suspend: { vehicle: 'awaiting_vehicle', caller: 'awaiting_caller', 等车: 'awaiting_vehicle' },
  divert: { priority: 'higher_priority', 更急: 'higher_priority', 更近: 'nearer' },
};

export const SHORT_MILESTONES: Record<string, Milestone> = {
  order: 'order_received',
  ack: 'order_received',
  depart: 'departed',
  scene: 'at_scene',
  left: 'left_scene',
  hospital: 'at_hospital',
  done: 'finished',
  back: 'back_at_station',
  接收: 'order_received',
  出发: 'departed',
  现场: 'at_scene',
  上车: 'left_scene',
  医院: 'at_hospital',
  回站: 'back_at_station',
};

export const PRIORITY_WORDS: Record<string, Schemas['Priority']> = {
  '1': 'critical',
  '2': 'severe',
  '3': 'urgent',
  '4': 'non_urgent',
  i: 'critical',
  ii: 'severe',
  iii: 'urgent',
  iv: 'non_urgent',
};
