import { describe, expect, it } from 'vitest';
import type { Incident } from '../src/api/types';
import { Amending } from '../src/incident/amending.svelte';

const call = (id: string, caller_number: string): Incident['calls'][number] =>
  ({ id, details: { began_at: 1, caller_number, patient_count: 1, stretcher: false, special_needs: '' } }) as never;
const incident = {
  id: 'yinchuan-1',
  facts: {
    kind: 'illness',
    priority: 'urgent',
    source: 'phone',
    accident_level: 'ordinary',
    complaint: '胸痛',
    test: false,
    scene: { address: '中山北街', position: { lon: 106.2, lat: 38.4 }, source: 'address_search' },
  },
  calls: [call('c1', '13901234709'), call('c2', '13800001111')],
  patients: { reported: 1 },
  vehicles_wanted: 1,
} as unknown as Incident;
const facts = (changes: Partial<Incident['facts']>): Incident => ({
  ...incident,
  facts: { ...incident.facts, ...changes },
});

describe('an amendment while another seat amends', () => {
  it('follows where nothing was typed, and sends only what was', () => {
    const amending = new Amending(incident);
    amending.form.priority = 'critical';
    amending.heed(facts({ complaint: '胸痛，出冷汗' }));
    expect(amending.form.complaint).toBe('胸痛，出冷汗');
    expect(amending.clashing).toEqual([]);
    expect(amending.changes()).toEqual([{ priority: 'critical' }]);
  });

  it('names what both have changed, and keeps what is typed here', () => {
    const amending = new Amending(incident);
    amending.form.complaint = '乙的话';
    amending.numbers.patients = '3';
    amending.heed({ ...facts({ complaint: '甲的话' }), patients: { reported: 2 } as Incident['patients'] });
    expect(amending.clashing).toEqual(['complaint', 'patients']);
    expect(amending.changes()).toEqual([{ complaint: '乙的话', patient_count: 3 }]);
  });

  it('is not undone where both mean the same', () => {
    const amending = new Amending(incident);
    amending.form.complaint = '甲的话';
    amending.heed(facts({ complaint: '甲的话' }));
    expect(amending.clashing).toEqual([]);
    expect(amending.changes()).toEqual([]);
  });

  it('names the place when both have moved it', () => {
    const amending = new Amending(incident);
    amending.form.picked = { lon: 106.3, lat: 38.5 };
    const scene = { ...incident.facts.scene, position: { lon: 106.25, lat: 38.41 } };
    amending.heed(facts({ scene }));
    expect(amending.clashing).toEqual(['address']);
  });

  it('takes up a draft over what the incident has become since', () => {
    const first = new Amending(incident);
    first.form.priority = 'critical';
    const kept = JSON.parse(JSON.stringify(first.draft())) as ReturnType<typeof first.draft>;
    const again = new Amending(facts({ complaint: '甲的话', destination: 'NX-H1' }), kept);
    expect(again.form.complaint).toBe('甲的话');
    expect(again.changes()).toEqual([{ priority: 'critical' }]);
  });

  it('keeps what was typed of one call while another is looked at', () => {
    const amending = new Amending(incident);
    (amending.calls['c1'] as { age: string }).age = '60';
    amending.callId = 'c2';
    (amending.calls['c2'] as { needs: string }).needs = '电梯停运';
    expect(amending.changes()).toEqual([
      { call_id: 'c1', patient_age_years: 60 },
      { call_id: 'c2', special_needs: '电梯停运' },
    ]);
  });

  it('lets go of a call that was taken out of the incident', () => {
    const amending = new Amending(incident);
    amending.callId = 'c2';
    amending.heed({ ...incident, calls: incident.calls.slice(0, 1) });
    expect(amending.callId).toBe('c1');
    expect(amending.changes()).toEqual([]);
  });
});
