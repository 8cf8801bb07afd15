import type { Incident } from '../api/types';

// Whether an incident, or the incident of a task, is an exercise; of what the feed does not have nobody knows.
export const isExercise = (incidents: ReadonlyMap<string, Incident>, incidentOrTask: string): boolean =>
  incidents.get(incidentOrTask.replace(/\.t\d+$/, ''))?.facts.test === true;
