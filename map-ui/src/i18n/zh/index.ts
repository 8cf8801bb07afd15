import { desk } from './desk';
import { log } from './log';
import { place } from './place';
import { problems } from './problems';
import { screen } from './screen';
import { sentences } from './sentences';
import { vocabulary } from './vocabulary';

export const zh = { screen: { ...screen, desk, place }, vocabulary, problems, log, sentences };
