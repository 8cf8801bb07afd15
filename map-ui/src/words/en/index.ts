import { log } from './log';
import { problems } from './problems';
import { screen } from './screen';
import { sentences } from './sentences';
import { vocabulary } from './vocabulary';

export const en = { screen, vocabulary, problems, log, sentences };
