import { wordsOfCommands } from '../commands';
import type { Language } from '../languages';
import { desk } from './desk';
import { place } from './place';
import { problems } from './problems';
import { screen } from './screen';
import { vocabulary } from './vocabulary';

export const en = {
  language: 'en' as Language,
  screen: { ...screen, desk, place },
  vocabulary,
  problems,
  ...wordsOfCommands('en'),
};
