import type { Language } from '../languages';
import * as incidents from './incidents';
import * as journal from './journal';
import * as moves from './moves';
import { ofEach } from './rows';
import * as tasks from './tasks';
import * as vehicles from './vehicles';

const labels = { ...incidents.labels, ...tasks.labels, ...vehicles.labels, ...moves.labels };
const events = { ...incidents.events, ...tasks.events, ...vehicles.events, ...moves.events, ...journal.events };

// The words of commands and events in one language: the button, the log's word, the log's line.
export const wordsOfCommands = (language: Language) => ({
  labels: ofEach(labels, (row) => row[language]),
  log: ofEach(events, (row) => row[language].word),
  sentences: ofEach(events, (row) => row[language].sentence),
});
