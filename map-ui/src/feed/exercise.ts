import type { Incident } from '../api/types';

// Whether an incident stands apart from patients: an exercise beside them. Where the whole installation is for exercises
// none does, and each is heard and counted as the patient it stands for.
export const isApart = ({ facts }: Pick<Incident, 'facts'>, installation: boolean): boolean =>
  facts.test === true && !installation;

// Whether an incident, or the incident of a task, is an exercise; of what the feed does not have nobody knows.
export const isExercise = (incidents: ReadonlyMap<string, Incident>, incidentOrTask: string): boolean =>
  incidents.get(incidentOrTask.replace(/\.t\d+$/, ''))?.facts.test === true;
