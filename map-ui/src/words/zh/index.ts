import { log } from './log';
import { problems } from './problems';
import { screen } from './screen';
import { vocabulary } from './vocabulary';

export const zh = { screen, vocabulary, problems, log };
