import type { Incident, Schemas } from '../api/types';
import { wholeNumber, wholeWithin } from '../intake/whole-number';

type Details = Schemas['CallDetails'];

// What stands in the form of one call and of the numbers of the incident, as typed. An empty field means that there is none.
export interface AmendedCall {
  callerNumber: string;
  contactName: string;
  contactPhone: string;
  patientName: string;
  sex: Schemas['Sex'] | '';
  age: string;
  needs: string;
  stretcher: boolean;
}

export interface Numbers {
  patients: string;
  vehicles: string;
}

export const callAmendedOf = (details: Details): AmendedCall => ({
  callerNumber: details.caller_number ?? '',
  contactName: details.contact_name ?? '',
  contactPhone: details.contact_phone ?? '',
  patientName: details.patient_name ?? '',
  sex: details.patient_sex ?? '',
  age: details.patient_age_years == null ? '' : String(details.patient_age_years),
  needs: details.special_needs ?? '',
  stretcher: details.stretcher ?? false,
});

export const numbersOf = ({ patients, vehicles_wanted }: Incident): Numbers => ({
  patients: String(patients?.reported ?? 1),
  vehicles: String(vehicles_wanted ?? 1),
});

export function faultOfCall(
  call: AmendedCall,
  { patients, vehicles }: Numbers,
): 'badAge' | 'badCount' | 'badVehicles' | null {
  if (call.age.trim() !== '' && !wholeWithin(call.age, 0, 130)) return 'badAge';
  if (!wholeWithin(patients, 0, 2000)) return 'badCount';
  return wholeWithin(vehicles, 1, 200) ? null : 'badVehicles';
}

// Each field of a call is kept, set or taken back by itself; the call is named only where something of it changes.
export function changesOfCall(id: string, was: AmendedCall, now: AmendedCall): Schemas['IncidentChanges'] {
  const changes: Schemas['IncidentChanges'] = {};
  const text = (
    name: 'caller_number' | 'contact_name' | 'contact_phone' | 'patient_name',
    from: string,
    to: string,
  ): void => {
    if (to.trim() !== from) changes[name] = to.trim() === '' ? null : to.trim();
  };
  text('caller_number', was.callerNumber, now.callerNumber);
  text('contact_name', was.contactName, now.contactName);
  text('contact_phone', was.contactPhone, now.contactPhone);
  text('patient_name', was.patientName, now.patientName);
  if (now.sex !== was.sex) changes.patient_sex = now.sex === '' ? null : now.sex;
  if (now.age.trim() !== was.age) changes.patient_age_years = wholeNumber(now.age);
  if (now.needs.trim() !== was.needs) changes.special_needs = now.needs.trim();
  if (now.stretcher !== was.stretcher) changes.stretcher = now.stretcher;
  return Object.keys(changes).length === 0 ? {} : { ...changes, call_id: id };
}

// The number of patients is the incident's: it cannot go with the name of a call, which would make it that call's.
export function changesOfNumbers(before: Numbers, now: Numbers): Schemas['IncidentChanges'] {
  const [patients, vehicles] = [wholeNumber(now.patients), wholeNumber(now.vehicles)];
  return {
    ...(patients === null || patients === wholeNumber(before.patients) ? {} : { patient_count: patients }),
    ...(vehicles === null || vehicles === wholeNumber(before.vehicles) ? {} : { vehicles_wanted: vehicles }),
  };
}
