import type { PlaceFound, Position, Schemas } from '../api/types';
import { COORDINATES } from '../intake/form';
import { entered, forEntry } from '../time/entered';

type Facts = Schemas['IncidentFacts'];

// What stands in the form, as typed. An empty field means that there is none.
export interface Amended {
  priority: Facts['priority'];
  kind: Facts['kind'];
  level: Facts['accident_level'];
  complaint: string;
  address: string;
  // A place of the address list that was chosen for the scene.
  found: PlaceFound | null;
  // A point of the map that was chosen for it.
  picked: Position | null;
  // The position is wrong and only the words hold.
  noPosition: boolean;
  waiting: string;
  // The same of the place where the caller waits.
  waitingNoPosition: boolean;
  destination: string;
  // As a field of date and time gives it, in the region's time; empty for now.
  appointment: string;
  vehicleKind: Schemas['VehicleKind'] | '';
  equipment: string[];
  hazards: Schemas['Hazard'][];
}

export const amendedOf = (facts: Facts): Amended => ({
  priority: facts.priority,
  kind: facts.kind,
  level: facts.accident_level,
  complaint: facts.complaint,
  address: facts.scene.address,
  found: null,
  picked: null,
  noPosition: false,
  waiting: facts.waiting?.address ?? '',
  waitingNoPosition: false,
  destination: facts.destination ?? '',
  appointment: facts.appointment_at == null ? '' : forEntry(facts.appointment_at),
  vehicleKind: facts.needs?.kind ?? '',
  equipment: [...(facts.needs?.equipment ?? [])],
  hazards: [...(facts.hazards ?? [])],
});

// Each field is kept, set or cleared by itself. Other words for the scene leave its position where it is, and
// a position that is wrong goes without the words.
export function changesOf(before: Facts, now: Amended): Schemas['IncidentChanges'] {
  const was = amendedOf(before);
  const changes: Schemas['IncidentChanges'] = {};
  if (now.priority !== was.priority) changes.priority = now.priority;
  if (now.kind !== was.kind) changes.kind = now.kind;
  if (now.level !== was.level) changes.accident_level = now.level;
  if (now.complaint !== was.complaint) changes.complaint = now.complaint;
  if (now.address.trim() !== was.address) changes.scene_address = now.address.trim();
  if (now.picked) changes.scene_point = { position: now.picked, source: 'map_click' };
  else if (now.found)
    changes.scene_point = {
      position: now.found.position,
      source: now.found.kind === COORDINATES ? 'caller_words' : 'address_search',
      ...(now.found.error_radius_m == null ? {} : { error_radius_m: now.found.error_radius_m }),
    };
  else if (now.noPosition && before.scene.position) changes.scene_point = null;
  Object.assign(changes, waitingOf(before, now));
  if (now.destination !== was.destination) changes.destination = now.destination || null;
  if (now.appointment !== was.appointment)
    changes.appointment_at = now.appointment === '' ? null : entered(now.appointment);
  if (now.vehicleKind !== was.vehicleKind || now.equipment.join() !== was.equipment.join())
    changes.needs = needsOf(now);
  const hazards = [...now.hazards].sort();
  if (hazards.join() !== [...was.hazards].sort().join()) changes.hazards = hazards;
  return changes;
}

function needsOf({ vehicleKind, equipment }: Amended): Schemas['VehicleNeeds'] | null {
  if (vehicleKind === '' && equipment.length === 0) return null;
  return { ...(vehicleKind === '' ? {} : { kind: vehicleKind }), ...(equipment.length === 0 ? {} : { equipment }) };
}

function waitingOf({ waiting: was }: Facts, { waiting, waitingNoPosition }: Amended): Schemas['IncidentChanges'] {
  const words = waiting.trim();
  if (words === (was?.address ?? '') && !(waitingNoPosition && was?.position)) return {};
  if (words === '') return { waiting: null };
  return waitingNoPosition && was?.position
    ? { waiting: { address: words, source: 'caller_words' } }
    : { waiting_address: words };
}
