import { log } from './log';
import { logDetails } from './log-details';
import { problems } from './problems';
import { screen } from './screen';
import { vocabulary } from './vocabulary';

export const en = { screen, vocabulary, problems, log, logDetails };
