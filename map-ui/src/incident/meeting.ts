import type { Incident, Position } from '../api/types';

// Where a vehicle is wanted, as the server's rankings and routes have it: the waiting place, else the scene.
export const meetingPosition = ({ waiting, scene }: Incident['facts']): Position | null =>
  waiting?.position ?? scene.position ?? null;
