import type { EventWords } from './rows';

// What befalls the journal itself; nobody commands it.
export const events: EventWords = {
  clock_corrected: {
    zh: { word: '时钟已校正', sentence: '时钟已校正：此前的记录时间超前到 {newest}，进行中的计时自此刻重新开始' },
    en: {
      word: 'Clock set right',
      sentence: 'Clock set right: earlier entries run ahead to {newest}; what is under way counts anew from here',
    },
  },
  journal_set_back: {
    zh: {
      word: '日志退回',
      sentence: '日志[从第 {from_version} 条]退回到第 {to_version} 条，其后的旧记录已丢失[；请核对事件 {incidents}]',
    },
    en: {
      word: 'Journal set back',
      sentence:
        'The journal was set back[ from record {from_version}] to {to_version}: what was recorded after it ' +
        'is lost[; check incidents {incidents}]',
    },
  },
};
