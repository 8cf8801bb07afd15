// Names of what a log line tells beside its kind; an empty name lets the value speak for itself.
export const logDetails: Record<string, string> = {
  note: '', milestone: '', reason: '', kind: '', priority: '', outcome: '', address: '', complaint: '', method: '', accident_level: '', act: '',
  to: '到', from: '从', acceptance: '受理', was_at: '原时间', truly_at: '实际', total_seconds: '秒数', rank: '名次', offered: '推荐数', previous_task: '原任务', patients_carried: '载人', hospital: '医院',
  destination: '送往', distance_km: '公里', station: '站点', waiting: '等车', crew: '车组', call_sign: '呼号', appointment_at: '预约', code: '原因', number: '编号',
};
