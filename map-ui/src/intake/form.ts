import type { Place, PlaceFound, Position, Priority, Schemas } from '../api/types';
import type { Order } from '../orders/order';

// What stands in the intake form, as typed. Only the address must be there.
export interface Intake {
  address: string;
  position: Position | null;
  positionSource: 'address_search' | 'map_click' | null;
  owner: string | null;
  complaint: string;
  priority: Priority;
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
  beganAt: number | null;
}

export const blankIntake = (): Intake => ({
  address: '', position: null, positionSource: null, owner: null, complaint: '', priority: 'urgent', phone: '', kind: 'illness', source: 'phone', level: 'ordinary',
  waiting: '', destination: '', contactName: '', contactPhone: '', patientName: '', sex: '', age: '', count: '1', vehicles: '1', stretcher: false, needs: '', appointment: '', seat: '',
  test: false, vehicleKind: '', equipment: [], beganAt: null,
});

// The rules' own bound (Limits in dispatch-core).
const PATIENTS_PER_CALL = 2000;

export type IntakeFault = 'addressMissing' | 'badAge' | 'badCount' | 'badVehicles' | 'badAppointment';

export function faultOf(intake: Intake): IntakeFault | null {
  if (intake.address.trim() === '') return 'addressMissing';
  if (intake.age.trim() !== '' && !wholeWithin(intake.age, 0, 130)) return 'badAge';
  if (!wholeWithin(intake.count, 1, PATIENTS_PER_CALL)) return 'badCount';
  if (!wholeWithin(intake.vehicles, 1, 200)) return 'badVehicles';
  if (intake.appointment !== '' && Number.isNaN(appointmentOf(intake.appointment))) return 'badAppointment';
  return null;
}

// The seat's own choice of place: a typed change of words after a choice keeps the position it had.
export function chosePlace(intake: Intake, found: PlaceFound, name: string): Intake {
  return { ...intake, address: name, position: found.position, positionSource: 'address_search', owner: found.centre };
}

export function pickedOnMap(intake: Intake, position: Position, address: string, owner: string | null): Intake {
  return { ...intake, position, positionSource: 'map_click', owner, address: intake.address.trim() === '' ? address : intake.address };
}

export interface Ending {
  linkTo?: string;
  outcome?: Schemas['AcceptanceOutcome'];
}

export function takeCall(intake: Intake, centre: string, now: number, ending: Ending = {}): Order {
  const link = ending.linkTo === undefined ? {} : { link_to: ending.linkTo };
  const outcome = ending.outcome === undefined ? {} : { outcome: ending.outcome };
  const wanted = Number(intake.vehicles) > 1 ? { vehicles_wanted: Number(intake.vehicles) } : {};
  return { centre, command: { type: 'take_call', facts: facts(intake, now), details: details(intake, now), ...link, ...outcome, ...wanted } };
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
    ...(intake.destination === '' ? {} : { destination: intake.destination }),
    ...(intake.appointment === '' ? {} : { appointment_at: appointmentOf(intake.appointment) }),
  };
}

function details(intake: Intake, now: number): Schemas['AcceptanceDetails'] {
  const text = (name: string, value: string) => (value.trim() === '' ? {} : { [name]: value.trim() });
  return {
    began_at: intake.beganAt ?? Math.round(now),
    patient_count: Number(intake.count),
    stretcher: intake.stretcher,
    special_needs: intake.needs.trim(),
    ...text('seat', intake.seat),
    ...text('caller_number', intake.phone),
    ...text('contact_name', intake.contactName),
    ...text('contact_phone', intake.contactPhone),
    ...text('patient_name', intake.patientName),
    ...(intake.sex === '' ? {} : { patient_sex: intake.sex }),
    ...(intake.age.trim() === '' ? {} : { patient_age_years: Number(intake.age) }),
  };
}

function needs({ vehicleKind, equipment }: Intake): Pick<Schemas['IncidentFacts'], 'needs'> {
  if (vehicleKind === '' && equipment.length === 0) return {};
  return { needs: { ...(vehicleKind === '' ? {} : { kind: vehicleKind }), ...(equipment.length === 0 ? {} : { equipment: [...equipment] }) } };
}

function scene(intake: Intake, now: number): Place {
  const address = intake.address.trim();
  if (!intake.position || !intake.positionSource) return inWords(address);
  return { address, position: intake.position, source: intake.positionSource, measured_at: Math.round(now) };
}

const inWords = (address: string): Place => ({ address: address.trim(), source: 'caller_words' });

// The field gives local time of this computer, which stands in the region.
const appointmentOf = (text: string): number => new Date(text).getTime();

const wholeWithin = (text: string, least: number, most: number): boolean =>
  /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
