// One line of the log by kind of event. A part in brackets is left out when a blank in it was not told.
export const sentences: Record<string, string> = {
  incident_opened: '开立事件 {incident}：[{priority}，][{kind}，][{address}]',
  call_taken: '受理 {incident} 的来电[：{priority}][，{address}][，“{complaint}”]',
  call_separated: '来电 {call_id} 从 {incident} 拆出，另立 {to}',
  call_concluded: '{incident} 的来电受理结束：{outcome}[，{reason}][（{note}）]',
  incident_amended:
    '修改 {incident}[，类型改为{kind}][，优先级改为{priority}][，事故等级改为{accident_level}][，地址改为{address}][，' +
    '等车地址改为{waiting}][，送往医院改为{destination}][，主诉改为“{complaint}”][，预约时间改为 {appointment_at}][，' +
    '车型要求改为{vehicle_kind}][，所需设备改为 {equipment}][，坐标改为 {position}][，等车坐标改为 {waiting_position}][，' +
    '来源改为{source}][，演练：{exercise}][，所需车辆改为 {vehicles} 辆][，病人数改为 {patient_count}][，来电登记改动：{changed}]',
  incident_suspended: '挂起 {incident}：{reason}[（{note}）]',
  incident_resumed: '恢复 {incident}',
  incident_refused: '拒绝 {incident}：{reason}[（{note}）][，确认 {unaccounted} 位病人不再派车]',
  incident_cancelled:
    '取消 {incident}：{reason}[（{note}）][，确认 {unaccounted} 位病人不再派车][，已问清 {at_scene} 在现场的车组][，已知 {out_of_touch} 失去联系][，已知 {on_board} 车上有病人]',
  incident_closed: '{incident} 结束[，确认 {unaccounted} 位病人不再派车]',
  incident_reopened: '重开 {incident}[：{note}]',
  vehicles_wanted: '{incident} 需要 {vehicles} 辆车',
  patients_accounted:
    '{incident} 病人去向[：现场共 {counted_at_scene} 人][，送医 {patients_carried}][，现场处置 {treated_at_scene}][，拒绝送医 ' +
    '{refused_transport}][，现场死亡 {dead_at_scene}][，未找到 {not_found}][，他人送医 {carried_by_others}][（{note}）]',
  order_resent: '重发命令给 {vehicle}[（{incident}）]',
  order_change_acknowledged: '{vehicle} 的车组已知悉命令变更[（{incident}）]',
  order_lapsed: '{vehicle} 没有收到命令，命令已过期[（{incident}）]',
  note_added: '{incident} 备注：{note}',
  task_created:
    '派 {vehicle} 去 {incident}[，{from}出发][，推荐 {offered} 辆中的第 {rank} 名][，估计 {total_seconds} 秒][（{method}）][，由任务 {previous_task} 改派]',
  device_receipt_recorded: '{vehicle} 的终端收到命令[（{incident}）]',
  milestone_reached:
    '{vehicle} {milestone}[，送{hospital}][，载 {patients_carried} 人][，现场共 {counted_at_scene} 人][，现场处置 ' +
    '{treated_at_scene}][，拒绝送医 {refused_transport}][，现场死亡 {dead_at_scene}][，未找到 {not_found}][，他人送医 ' +
    '{carried_by_others}][，行驶 {distance_km} 公里][（{incident}）]',
  milestone_corrected: '{vehicle} “{milestone}”时间[由 {was_at} ]更正为 {truly_at}[：{note}][（{incident}）]',
  task_details_corrected:
    '更正 {vehicle} 的任务内容[，送{hospital}][，载 {patients_carried} 人][，现场共 {counted_at_scene} 人]' +
    '[，{distance_km} 公里][，现场处置 ' +
    '{treated_at_scene}][，拒绝送医 {refused_transport}][，现场死亡 {dead_at_scene}][，未找到 {not_found}][，他人送医 ' +
    '{carried_by_others}][：{note}][（{incident}）]',
  milestone_undone: '撤回 {vehicle} 的“{milestone}”[（{incident}）]',
  task_aborted:
    '中止 {vehicle} 的任务：{reason}[（{note}）][（{incident}）][，已问清 {at_scene} 在现场的车组][，已知 {out_of_touch} 失去联系][，已知 {on_board} 车上有病人]',
  task_redirected:
    '{vehicle} [从 {incident} ]改派到 {to}：{reason}[（{note}）][，已问清 {at_scene} 在现场的车组][，已知 {out_of_touch} 失去联系][，已知 {on_board} 车上有病人]',
  vehicle_paused: '{vehicle} 暂停调用：{reason}[（{note}）]',
  vehicle_resumed: '{vehicle} 恢复调用',
  vehicle_went_off_duty: '{vehicle} 下班',
  vehicle_came_on_duty: '{vehicle} 上班',
  vehicle_returned_to_station: '{vehicle} 回到站内',
  crew_assigned: '{vehicle} 车组改为[：{crew}]',
  vehicle_handed_over: '{vehicle} 移交给{to}[：{note}]',
  vehicle_taken_over: '接收 {vehicle}，来自{from}[：{note}]',
  hand_over_confirmed: '{vehicle} 的移交已确认',
  sos_raised: '{vehicle} 呼救',
  sos_cleared: '{vehicle} 的呼救已处理[：{note}]',
  crew_act_refused: '{vehicle} 车组的操作未被接受[：{code}]',
  terminal_trouble_noted:
    '{vehicle} 的终端：{trouble}[（{cause}）][，日志中缺少第 {missing} 项操作][，移入 {moved} 项操作][（编号 {number}）]',
  vehicle_enrolled: '登记车辆 {vehicle}[，呼号 {call_sign}][，站点 {station}]',
  vehicle_amended: '修改车辆 {vehicle} 的资料[，呼号 {call_sign}][，站点 {station}]',
  vehicle_retired: '车辆 {vehicle} 停用',
  milestone_reported: '{vehicle} 车组报告 {milestone}[，送{hospital}][，载 {patients_carried} 人][（{incident}）]',
  crew_report_settled: '{vehicle} 的车组报告已处理：{kept}[：{note}][（{incident}）]',
  crew_away_reported: '{vehicle} 在派车前已{state}，任务 {task} 未出动，事件重新等车',
  crew_back_reported: '{vehicle} 已返回，可执行任务 {task}',
  refused_presses_seen: '{vehicle} 被拒的操作已阅',
  follow_on_given: '{vehicle} 完成后去 {incident}，{expires_at} 前有效',
  follow_on_acknowledged: '{vehicle} 知悉下一任务 {incident}',
  follow_on_ended: '{vehicle} 不再许诺给 {incident}：{why}',
  move_advice_set: '移动待命建议：{advice}',
  move_suggested:
    '建议 {vehicle} 到 {station} 待命[，该站已 {uncovered_seconds} 秒无车覆盖]，覆盖 {covered_before} 升至 {covered_after}，{expires_at} 前有效',
  move_suggestion_ended: '{vehicle} 的移动建议：{end}[（{reason}）][：{note}]，{silent_until} 前不再建议',
  move_given: '{vehicle} 到 {station} 待命[（按建议 {suggestion}）]',
  move_acknowledged: '{vehicle} 知悉，出发到 {station} 待命',
  standby_reached: '{vehicle} 已在 {station} 待命',
  move_withdrawn: '{vehicle} 不再到 {station} 待命',
  clock_corrected: '时钟已校正：此前的记录时间超前到 {newest}，进行中的计时自此刻重新开始',
  journal_set_back:
    '日志[从第 {from_version} 条]退回到第 {to_version} 条，其后的旧记录已丢失[；请核对事件 {incidents}]',
};
