import type { Incident } from '../api/types';
import { forEntry } from '../time/entered';
import { blankIntake, type Intake } from './form';

// An incident as a call to be taken again, by the centre it belongs to: every word that was written down is kept.
export function takenAgain({ id, facts, calls, vehicles_wanted }: Incident, centre: string): Intake {
  const details = calls[0]?.details;
  const { scene } = facts;
  return {
    ...blankIntake(),
    address: scene.address,
    position: scene.position ?? null,
    positionSource: !scene.position
      ? null
      : scene.source === 'map_click' || scene.source === 'address_search'
        ? scene.source
        : 'caller_words',
    owner: centre,
    centre,
    complaint: facts.complaint,
    priority: facts.priority,
    priorityChosen: true,
    kind: facts.kind,
    source: facts.source,
    level: facts.accident_level,
    waiting: facts.waiting?.address ?? '',
    destination: facts.destination ?? '',
    vehicleKind: facts.needs?.kind ?? '',
    equipment: [...(facts.needs?.equipment ?? [])],
    hazards: [...(facts.hazards ?? [])],
    appointment: facts.appointment_at == null ? '' : forEntry(facts.appointment_at),
    test: facts.test ?? false,
    vehicles: String(vehicles_wanted ?? 1),
    phone: details?.caller_number ?? '',
    contactName: details?.contact_name ?? '',
    contactPhone: details?.contact_phone ?? '',
    patientName: details?.patient_name ?? '',
    sex: details?.patient_sex ?? '',
    age: details?.patient_age_years == null ? '' : String(details.patient_age_years),
    count: String(details?.patient_count ?? 1),
    stretcher: details?.stretcher ?? false,
    needs: details?.special_needs ?? '',
    seat: details?.seat ?? '',
    beganAt: details?.began_at ?? null,
    replaces: id,
  };
}
