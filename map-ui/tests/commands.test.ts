import { expect, test } from 'vitest';
import { COMMANDS } from '../src/commands/commands';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';

test.each(Object.entries(COMMANDS))('the log has a word in both languages for what %s does', (_, { event }) => {
  expect([typeof zh.log[event], typeof en.log[event]]).toEqual(['string', 'string']);
});
