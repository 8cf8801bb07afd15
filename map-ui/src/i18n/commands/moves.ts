import type { EventWords, Labels } from './rows';

// Moves of free vehicles to other stations.
export const labels = {
  accept_move: { zh: '采纳', en: 'Accept' },
  ignore_move: { zh: '忽略', en: 'Ignore' },
  give_move: { zh: '发出', en: 'Send there' },
  acknowledge_move: { zh: '已用电台告知', en: 'Told by radio' },
  withdraw_move: { zh: '撤回待命', en: 'Withdraw move' },
} satisfies Labels;

export const events: EventWords = {
  move_advice_set: {
    zh: { word: '调整建议设置', sentence: '移动待命建议：{advice}' },
    en: { word: 'advice on moves', sentence: 'Advice on moves: {advice}' },
  },
  move_suggested: {
    zh: {
      word: '建议移动待命',
      sentence:
        '建议 {vehicle} 到 {station} 待命[，该站已 {uncovered_seconds} 秒无车覆盖]，覆盖 {covered_before} 升至 {covered_after}，' +
        '{expires_at} 前有效',
    },
    en: {
      word: 'move suggested',
      sentence:
        'Suggested: {vehicle} to {station}[, uncovered {uncovered_seconds} s], covered {covered_before} to ' +
        '{covered_after}, until {expires_at}',
    },
  },
  move_suggestion_ended: {
    zh: {
      word: '移动建议结束',
      sentence: '{vehicle} 的移动建议：{end}[（{reason}）][：{note}]，{silent_until} 前不再建议',
    },
    en: {
      word: 'suggestion ended',
      sentence: 'Suggestion for {vehicle}: {end}[ ({reason})][: {note}], silent until {silent_until}',
    },
  },
  move_given: {
    zh: { word: '移动待命', sentence: '{vehicle} 到 {station} 待命[（按建议 {suggestion}）]' },
    en: { word: 'move', sentence: '{vehicle} is to wait at {station}[ (suggestion {suggestion})]' },
  },
  move_acknowledged: {
    zh: { word: '知悉待命安排', sentence: '{vehicle} 知悉，出发到 {station} 待命' },
    en: { word: 'move seen', sentence: '{vehicle} sets out for {station}' },
  },
  standby_reached: {
    zh: { word: '到达待命站', sentence: '{vehicle} 已在 {station} 待命' },
    en: { word: 'waits at station', sentence: '{vehicle} waits at {station}' },
  },
  move_withdrawn: {
    zh: { word: '撤回待命安排', sentence: '{vehicle} 不再到 {station} 待命' },
    en: { word: 'move withdrawn', sentence: '{vehicle} is not to wait at {station} any more' },
  },
};
