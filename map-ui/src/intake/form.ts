import type { Place, PlaceFound, Position, Priority, Schemas } from '../api/types';
import type { CommandAtCentre } from '../commands/commands';
import { entered } from '../time/entered';
import { wholeNumber, wholeWithin } from './whole-number';
import { stillMeant, withName, type Meant } from './words-of-place';

// What stands in the intake form, as typed. Only the address must be there.
export interface Intake {
  // The caller's words and the position are two things: typing changes the words alone.
  address: string;
  position: Position | null;
  positionSource: 'address_search' | 'map_click' | 'caller_words' | null;
  // The name of the place whose position it is; empty for a point of the map.
  placeName: string;
  // The same place in the other language, since callers' words may be in either.
  placeAlso: string;
  // Metres within which it lies, where the search knows it only roughly.
  placeErrorM: number | null;
  owner: string | null;
  // The centre chosen by hand; empty for the one that the place lies in.
  centre: string;
  complaint: string;
  priority: Priority;
  // Whether somebody chose the priority; one that only stands there says nothing about an incident that is open.
  priorityChosen: boolean;
  phone: string;
  kind: Schemas['IncidentKind'];
  source: Schemas['IncidentSource'];
  level: Schemas['AccidentLevel'];
  waiting: string;
  destination: string;
  contactName: string;
  contactPhone: string;
  patientName: string;
  sex: Schemas['Sex'] | '';
  age: string;
  count: string;
  vehicles: string;
  stretcher: boolean;
  needs: string;
  appointment: string;
  seat: string;
  test: boolean;
  vehicleKind: Schemas['VehicleKind'] | '';
  equipment: string[];
  hazards: Schemas['Hazard'][];
  beganAt: number | null;
  // The incident of another centre that this call takes the place of, once it is recorded.
  replaces: string | null;
}

// What the form knows of a place of which it knows no position.
const NO_POSITION = {
  position: null,
  positionSource: null,
  placeName: '',
  placeAlso: '',
  placeErrorM: null,
  owner: null,
} as const;

export const blankIntake = (): Intake => ({
  address: '',
  ...NO_POSITION,
  centre: '',
  complaint: '',
  priority: 'urgent',
  priorityChosen: false,
  phone: '',
  kind: 'illness',
  source: 'phone',
  level: 'ordinary',
  waiting: '',
  destination: '',
  contactName: '',
  contactPhone: '',
  patientName: '',
  sex: '',
  age: '',
  count: '1',
  vehicles: '1',
  stretcher: false,
  needs: '',
  appointment: '',
  seat: '',
  test: false,
  vehicleKind: '',
  equipment: [],
  hazards: [],
  beganAt: null,
  replaces: null,
});

// The fields that are always open, and what goes with them. The others are folded away until somebody needs them.
const ALWAYS_OPEN: readonly (keyof Intake)[] = [
  'address',
  'position',
  'positionSource',
  'placeName',
  'placeAlso',
  'placeErrorM',
  'owner',
  'centre',
  'complaint',
  'priority',
  'priorityChosen',
  'phone',
  'beganAt',
  'replaces',
];

function filledIn(intake: Intake): (keyof Intake)[] {
  const blank = blankIntake();
  const fields = Object.keys(blank) as (keyof Intake)[];
  return fields.filter((field) => JSON.stringify(intake[field]) !== JSON.stringify(blank[field]));
}

// Whether anything was entered that would be missed. The moment at which the first key came is nothing by itself.
export const isBlank = (intake: Intake): boolean => filledIn(intake).every((field) => field === 'beganAt');

// Whether something stands in the fields that are folded away.
export const saysMore = (intake: Intake): boolean => filledIn(intake).some((field) => !ALWAYS_OPEN.includes(field));

// The rules' own bound (Limits in dispatch-core).
const PATIENTS_PER_CALL = 2000;

export type IntakeFault = 'addressMissing' | 'badAge' | 'badCount' | 'badVehicles' | 'badAppointment';

// `linking`: a further call about an incident may say no more than "the same place".
export function faultOf(intake: Intake, linking = false): IntakeFault | null {
  if (intake.address.trim() === '' && !linking) return 'addressMissing';
  if (intake.age.trim() !== '' && !wholeWithin(intake.age, 0, 130)) return 'badAge';
  if (!wholeWithin(intake.count, 1, PATIENTS_PER_CALL)) return 'badCount';
  if (!wholeWithin(intake.vehicles, 1, 200)) return 'badVehicles';
  if (intake.appointment !== '' && Number.isNaN(entered(intake.appointment))) return 'badAppointment';
  return null;
}

// The seat's own choice of place. What was typed beyond its name, a house number above all, stays.
export function chosePlace(intake: Intake, found: PlaceFound, name: string): Intake {
  const place = {
    position: found.position,
    owner: found.centre || null,
    placeAlso: '',
    placeErrorM: found.error_radius_m ?? null,
  };
  // Coordinates that the caller read out have no name.
  if (found.kind === COORDINATES) return { ...intake, ...place, positionSource: 'caller_words', placeName: '' };
  const kilometre = found.kind === KILOMETRE_POST;
  return {
    ...intake,
    ...place,
    address: wordsOnceChosen(intake.address, found, name),
    positionSource: 'address_search',
    placeName: kilometre ? intake.address.trim() : name,
    placeAlso: kilometre ? '' : otherName(found, name),
  };
}

const otherName = ({ name_zh, name_en }: PlaceFound, name: string): string => (name === name_zh ? name_en : name_zh);

// The words of an address once a place was chosen for them, in a new call and in an amendment alike: nothing that a
// caller said is lost. `name` is the place's name as the words were typed, in Chinese or not.
export function wordsOnceChosen(typed: string, found: PlaceFound, name: string): string {
  // Coordinates have no name. A kilometre of a road is named by the caller's own words, direction and all; how rough
  // it is stands beside it.
  if (found.kind === COORDINATES || found.kind === KILOMETRE_POST) return typed;
  const also = otherName(found, name);
  // Words that hold the place's name in the other language are whole already.
  const whole = also !== '' && typed.trim() !== '' && stillMeant(typed, also) === 'same';
  return whole ? typed.trim() : withName(typed, name);
}

// In the script that was typed: the crew reads what the caller said. `otherwise` is the name in the language of the screen.
export const nameAsTyped = (typed: string, { name_zh }: PlaceFound, otherwise: string): string =>
  /\p{Script=Han}/u.test(typed) ? name_zh : otherwise;

// The kind of a place that was typed as coordinates.
export const COORDINATES = 'coordinates';
const KILOMETRE_POST = 'kilometre_post';

export function pickedOnMap(intake: Intake, position: Position, address: string, owner: string | null): Intake {
  return {
    ...intake,
    position,
    positionSource: 'map_click',
    placeName: '',
    placeAlso: '',
    placeErrorM: null,
    owner,
    address: intake.address.trim() === '' ? address : intake.address,
  };
}

export const withoutPosition = (intake: Intake): Intake => ({
  ...intake,
  ...NO_POSITION,
});

// The place's name as it is shown, with how far off it may be.
export const roughly = ({ placeName, placeErrorM }: Intake): string =>
  placeErrorM == null ? placeName : `${placeName} ±${Math.ceil(placeErrorM / 1000)} km`;

// Whether the words in the field still mean the place whose position the form holds.
export function meant({ address, position, placeName, placeAlso }: Intake): Meant {
  if (!position) return 'other';
  // A point of the map or coordinates were chosen whatever the words say; only no words at all are another call.
  if (placeName === '') return address.trim() === '' ? 'other' : 'same';
  const both = [placeName, placeAlso].filter((name) => name !== '').map((name) => stillMeant(address, name));
  return both.includes('same') ? 'same' : both.includes('doubtful') ? 'doubtful' : 'other';
}

export interface Ending {
  linkTo?: string;
  // The priority of the incident that the call is linked to.
  priority?: Priority | undefined;
  outcome?: Schemas['CallOutcome'];
}

export function takeCall(intake: Intake, centre: string, now: number, ending: Ending = {}): CommandAtCentre {
  const link = ending.linkTo === undefined ? {} : { link_to: ending.linkTo };
  const outcome = ending.outcome === undefined ? {} : { outcome: ending.outcome };
  const vehicles = wholeNumber(intake.vehicles) ?? 1;
  const wanted = vehicles > 1 ? { vehicles_wanted: vehicles } : {};
  const priority = intake.priorityChosen ? intake.priority : (ending.priority ?? intake.priority);
  return {
    centre,
    command: {
      type: 'take_call',
      facts: { ...facts(intake, now), priority },
      details: details(intake, now),
      ...link,
      ...outcome,
      ...wanted,
    },
  };
}

function facts(intake: Intake, now: number): Schemas['IncidentFacts'] {
  return {
    kind: intake.kind,
    priority: intake.priority,
    source: intake.source,
    accident_level: intake.level,
    scene: scene(intake, now),
    complaint: intake.complaint.trim(),
    test: intake.test,
    ...(intake.waiting.trim() === '' ? {} : { waiting: inWords(intake.waiting) }),
    ...needs(intake),
    ...(intake.hazards.length === 0 ? {} : { hazards: [...intake.hazards] }),
    ...(intake.destination === '' ? {} : { destination: intake.destination }),
    ...(intake.appointment === '' ? {} : { appointment_at: entered(intake.appointment) }),
  };
}

function details(intake: Intake, now: number): Schemas['CallDetails'] {
  const age = wholeNumber(intake.age);
  const text = (name: string, value: string) => (value.trim() === '' ? {} : { [name]: value.trim() });
  return {
    began_at: intake.beganAt ?? Math.round(now),
    patient_count: wholeNumber(intake.count) ?? 1,
    stretcher: intake.stretcher,
    special_needs: intake.needs.trim(),
    ...text('seat', intake.seat),
    ...text('caller_number', intake.phone),
    ...text('contact_name', intake.contactName),
    ...text('contact_phone', intake.contactPhone),
    ...text('patient_name', intake.patientName),
    ...(intake.sex === '' ? {} : { patient_sex: intake.sex }),
    ...(age === null ? {} : { patient_age_years: age }),
  };
}

function needs({ vehicleKind, equipment }: Intake): Pick<Schemas['IncidentFacts'], 'needs'> {
  if (vehicleKind === '' && equipment.length === 0) return {};
  return {
    needs: {
      ...(vehicleKind === '' ? {} : { kind: vehicleKind }),
      ...(equipment.length === 0 ? {} : { equipment: [...equipment] }),
    },
  };
}

function scene(intake: Intake, now: number): Place {
  const address = intake.address.trim();
  if (!intake.position || !intake.positionSource) return inWords(address);
  const rough = intake.placeErrorM === null ? {} : { error_radius_m: intake.placeErrorM };
  return { address, position: intake.position, source: intake.positionSource, measured_at: Math.round(now), ...rough };
}

const inWords = (address: string): Place => ({ address: address.trim(), source: 'caller_words' });
