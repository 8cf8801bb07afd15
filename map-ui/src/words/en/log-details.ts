export const logDetails: Record<string, string> = {
  note: '', milestone: '', reason: '', kind: '', priority: '', outcome: '', address: '', complaint: '', method: '', accident_level: '', act: '',
  to: 'to', from: 'from', acceptance: 'call', was_at: 'was', truly_at: 'truly', total_seconds: 'seconds', rank: 'rank', offered: 'offered', previous_task: 'from task', patients_carried: 'carried', hospital: 'hospital',
  destination: 'to hospital', distance_km: 'km', station: 'station', waiting: 'waiting at', crew: 'crew', call_sign: 'call sign', appointment_at: 'wanted at', code: 'because', number: 'number',
};
