import { describe, expect, it } from 'vitest';
import type { Schemas } from '../src/api/types';
import { callAmendedOf, changesOfCall, changesOfNumbers, faultOfCall } from '../src/incident/call-changes';

const details: Schemas['CallDetails'] = {
  began_at: 1,
  caller_number: '13900000000',
  contact_name: '马',
  patient_age_years: 67,
  patient_sex: 'male',
  patient_count: 2,
  stretcher: false,
  special_needs: '',
};
const form = callAmendedOf(details);

describe('amending a call', () => {
  it('names the call only where something of it changes', () => {
    expect(changesOfCall('yinchuan-1.c1', form, form)).toEqual({});
    expect(changesOfCall('yinchuan-1.c1', form, { ...form, needs: '电梯停运', stretcher: true })).toEqual({
      call_id: 'yinchuan-1.c1',
      special_needs: '电梯停运',
      stretcher: true,
    });
  });

  it('takes back what may be absent', () => {
    const cleared = changesOfCall('c', form, { ...form, callerNumber: ' ', contactName: '', sex: '', age: '' });
    expect(cleared).toEqual({
      call_id: 'c',
      caller_number: null,
      contact_name: null,
      patient_sex: null,
      patient_age_years: null,
    });
  });

  it('changes numbers of the incident by themselves', () => {
    const before = { patients: '2', vehicles: '1' };
    expect(changesOfNumbers(before, before)).toEqual({});
    expect(changesOfNumbers(before, { patients: '3', vehicles: '2' })).toEqual({
      patient_count: 3,
      vehicles_wanted: 2,
    });
  });

  it('says what is wrong before anything is sent', () => {
    const numbers = { patients: '1', vehicles: '1' };
    expect(faultOfCall(form, numbers)).toBeNull();
    expect(faultOfCall({ ...form, age: '200' }, numbers)).toBe('badAge');
    expect(faultOfCall(form, { ...numbers, patients: 'two' })).toBe('badCount');
    // As a Chinese input method writes digits.
    expect(faultOfCall({ ...form, age: '６７' }, { patients: '３', vehicles: '２' })).toBe(null);
    expect(changesOfNumbers(numbers, { patients: '１２', vehicles: '４' })).toEqual({
      patient_count: 12,
      vehicles_wanted: 4,
    });
    expect(faultOfCall(form, { ...numbers, vehicles: '0' })).toBe('badVehicles');
  });
});
