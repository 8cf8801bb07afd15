import type { EventWords, Labels } from './rows';

// Incidents and their calls.
export const labels = {
  reopen_incident: { zh: '重开', en: 'Reopen' },
  amend_incident: { zh: '修改', en: 'Amend' },
  suspend_incident: { zh: '挂起', en: 'Suspend' },
  resume_incident: { zh: '恢复', en: 'Resume' },
  close_incident: { zh: '结束事件', en: 'Close incident' },
  refuse_incident: { zh: '拒绝', en: 'Refuse' },
  cancel_incident: { zh: '取消事件', en: 'Cancel incident' },
  add_note: { zh: '添加备注', en: 'Add note' },
  separate_call: { zh: '拆出', en: 'Take apart' },
} satisfies Labels;

export const events: EventWords = {
  incident_opened: {
    zh: { word: '开立事件', sentence: '开立事件 {incident}：[{priority}，][{kind}，][{address}]' },
    en: { word: 'Incident opened', sentence: 'Incident {incident} opened: [{priority}, ][{kind}, ][{address}]' },
  },
  call_taken: {
    zh: { word: '受理来电', sentence: '受理 {incident} 的来电[：{priority}][，{address}][，“{complaint}”]' },
    en: { word: 'Call taken', sentence: 'Call taken for {incident}[: {priority}][, {address}][, “{complaint}”]' },
  },
  call_separated: {
    zh: { word: '拆出来电', sentence: '来电 {call_id} 从 {incident} 拆出，另立 {to}' },
    en: { word: 'Call taken apart', sentence: 'Call {call_id} taken apart from {incident}, now {to}' },
  },
  call_concluded: {
    zh: { word: '受理结束', sentence: '{incident} 的来电受理结束：{outcome}[，{reason}][（{note}）]' },
    en: { word: 'Call concluded', sentence: 'Call for {incident} concluded: {outcome}[, {reason}][ ({note})]' },
  },
  incident_amended: {
    zh: {
      word: '修改事件',
      sentence:
        '修改 {incident}[，类型改为{kind}][，优先级改为{priority}][，事故等级改为{accident_level}][，地址改为{address}][，' +
        '等车地址改为{waiting}][，送往医院改为{destination}][，主诉改为“{complaint}”][，预约时间改为 {appointment_at}][，' +
        '车型要求改为{vehicle_kind}][，所需设备改为 {equipment}][，现场危险改为：{hazards}][，坐标改为 {position}][，等车坐标改为 {waiting_position}][，' +
        '来源改为{source}][，演练：{exercise}][，所需车辆改为 {vehicles} 辆][，病人数改为 {patient_count}][，来电登记改动：{changed}]',
    },
    en: {
      word: 'Incident amended',
      sentence:
        '{incident} amended[, kind now {kind}][, priority now {priority}][, accident level now ' +
        '{accident_level}][, address now {address}][, waiting address now {waiting}][, hospital now ' +
        '{destination}][, complaint now “{complaint}”][, wanted at {appointment_at}][, vehicle now ' +
        '{vehicle_kind}][, equipment now {equipment}][, hazards now: {hazards}][, position now {position}][, waiting position now ' +
        '{waiting_position}][, source now {source}][, exercise: {exercise}][, vehicles wanted: {vehicles}]' +
        '[, patients: {patient_count}][, changed in the call: {changed}]',
    },
  },
  incident_suspended: {
    zh: { word: '挂起', sentence: '挂起 {incident}：{reason}[（{note}）]' },
    en: { word: 'Suspended', sentence: '{incident} suspended: {reason}[ ({note})]' },
  },
  incident_resumed: {
    zh: { word: '恢复', sentence: '恢复 {incident}' },
    en: { word: 'Resumed', sentence: '{incident} resumed' },
  },
  incident_refused: {
    zh: { word: '拒绝', sentence: '拒绝 {incident}：{reason}[（{note}）][，确认 {unaccounted} 位病人不再派车]' },
    en: {
      word: 'Refused',
      sentence:
        '{incident} refused: {reason}[ ({note})][, confirmed that nobody goes, patients not accounted for: {unaccounted}]',
    },
  },
  incident_cancelled: {
    zh: {
      word: '取消',
      sentence:
        '取消 {incident}：{reason}[（{note}）][，确认 {unaccounted} 位病人不再派车][，已问清 {at_scene} 在现场的车组][，已知 ' +
        '{out_of_touch} 失去联系][，已知 {on_board} 车上有病人]',
    },
    en: {
      word: 'Cancelled',
      sentence:
        '{incident} cancelled: {reason}[ ({note})][, confirmed that nobody goes, patients not accounted for: {unaccounted}]' +
        '[, crew at the scene asked: {at_scene}][, known to be out of touch: {out_of_touch}][, known to have ' +
        'a patient on board: {on_board}]',
    },
  },
  incident_closed: {
    zh: { word: '结束', sentence: '{incident} 结束[，确认 {unaccounted} 位病人不再派车]' },
    en: {
      word: 'Closed',
      sentence: '{incident} closed[, confirmed that nobody goes, patients not accounted for: {unaccounted}]',
    },
  },
  incident_reopened: {
    zh: { word: '重开', sentence: '重开 {incident}[：{note}]' },
    en: { word: 'Reopened', sentence: '{incident} reopened[: {note}]' },
  },
  note_added: {
    zh: { word: '备注', sentence: '{incident} 备注：{note}' },
    en: { word: 'Note', sentence: 'Note on {incident}: {note}' },
  },
  vehicles_wanted: {
    zh: { word: '所需车辆', sentence: '{incident} 需要 {vehicles} 辆车' },
    en: { word: 'Vehicles wanted', sentence: '{incident}: vehicles wanted {vehicles}' },
  },
  patients_accounted: {
    zh: {
      word: '病人去向',
      sentence:
        '{incident} 病人去向[：现场共 {counted_at_scene} 人][，送医 {patients_carried}][，现场处置 {treated_at_scene}][，拒绝送医 ' +
        '{refused_transport}][，现场死亡 {dead_at_scene}][，未找到 {not_found}][，他人送医 {carried_by_others}][（{note}）]',
    },
    en: {
      word: 'Patients told',
      sentence:
        'Patients of {incident}[: {counted_at_scene} at the scene in all][, {patients_carried} carried][, ' +
        '{treated_at_scene} treated at the scene][, {refused_transport} refused transport][, {dead_at_scene} ' +
        'dead at the scene][, {not_found} not found][, {carried_by_others} carried by others][ ({note})]',
    },
  },
};
