import { describe, expect, it } from 'vitest';
import { detailChanges, detailsOf } from '../src/tasks/details';

describe('what a task told', () => {
  const before = detailsOf({
    hospital: 'H-1',
    patients_carried: 1,
    distance_km: 9,
    patients: { refused_transport: 2 },
  });

  it('is sent only as far as it was touched', () => {
    expect(detailChanges(before, { ...before })).toEqual({});
    expect(detailChanges(before, { ...before, patients_carried: 0, distance_km: 9.5 })).toEqual({
      patients_carried: 0,
      distance_km: 9.5,
    });
  });

  it('is taken back where a field was emptied', () => {
    const emptied = { ...before, hospital: null, distance_km: null, refused_transport: undefined as unknown as null };
    expect(detailChanges(before, emptied)).toEqual({ hospital: null, distance_km: null, refused_transport: null });
  });
});
