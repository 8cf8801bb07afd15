import { screen } from '../i18n/language.svelte';
import type { Field } from './amending.svelte';

/** The field of an amendment as the form calls it. */
export function fieldName(field: Field): string {
  const { incident: ofIncident, intake } = screen();
  const names: Record<Field, string> = {
    priority: ofIncident.priority,
    kind: ofIncident.kind,
    complaint: ofIncident.complaint,
    address: ofIncident.place,
    found: ofIncident.place,
    picked: ofIncident.place,
    noPosition: ofIncident.place,
    waiting: intake.waiting,
    waitingNoPosition: intake.waiting,
    destination: intake.destination,
    appointment: intake.appointment,
    vehicleKind: intake.vehicleKind,
    level: intake.level,
    equipment: intake.equipment,
    hazards: intake.hazards,
    patients: intake.count,
    vehicles: intake.vehicles,
    callerNumber: intake.phone,
    contactName: intake.contactName,
    contactPhone: intake.contactPhone,
    patientName: intake.patientName,
    sex: intake.sex,
    age: intake.ageYears,
    needs: intake.needs,
    stretcher: intake.stretcher,
  };
  return names[field];
}
