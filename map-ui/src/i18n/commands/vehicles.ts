import type { EventWords, Labels } from './rows';

// Vehicles, their crews and terminals.
export const labels = {
  clear_sos: { zh: '呼救已处理', en: 'SOS dealt with' },
  pause_vehicle: { zh: '暂停', en: 'Pause' },
  resume_vehicle: { zh: '恢复', en: 'Resume' },
  return_to_station: { zh: '已回站', en: 'Back at station' },
  go_off_duty: { zh: '下班', en: 'Off duty' },
  go_on_duty: { zh: '上班', en: 'On duty' },
  lend_vehicle: { zh: '借调到', en: 'Lend to' },
  assign_crew: { zh: '安排车组', en: 'Assign crew' },
  log_vehicle: { zh: '行车日志', en: 'Vehicle log' },
  send_message: { zh: '发给车组', en: 'Send to crew' },
  answer_crew: { zh: '答复车组', en: 'Answer crew' },
} satisfies Labels;

export const events: EventWords = {
  vehicle_paused: {
    zh: { word: '暂停调用', sentence: '{vehicle} 暂停调用：{reason}[（{note}）]' },
    en: { word: 'Paused', sentence: '{vehicle} paused: {reason}[ ({note})]' },
  },
  vehicle_resumed: {
    zh: { word: '恢复调用', sentence: '{vehicle} 恢复调用' },
    en: { word: 'Resumed', sentence: '{vehicle} may be sent again' },
  },
  vehicle_went_off_duty: {
    zh: { word: '下班', sentence: '{vehicle} 下班' },
    en: { word: 'Off duty', sentence: '{vehicle} went off duty' },
  },
  vehicle_came_on_duty: {
    zh: { word: '上班', sentence: '{vehicle} 上班' },
    en: { word: 'On duty', sentence: '{vehicle} came on duty' },
  },
  vehicle_returned_to_station: {
    zh: { word: '回站', sentence: '{vehicle} 回到站内' },
    en: { word: 'Back at station', sentence: '{vehicle} is back at its station' },
  },
  crew_assigned: {
    zh: { word: '车组变更', sentence: '{vehicle} 车组改为[：{crew}]' },
    en: { word: 'Crew changed', sentence: 'Crew of {vehicle} changed[: {crew}]' },
  },
  vehicle_handed_over: {
    zh: { word: '移交车辆', sentence: '{vehicle} 移交给{to}[：{note}]' },
    en: { word: 'Handed over', sentence: '{vehicle} handed over to {to}[: {note}]' },
  },
  vehicle_taken_over: {
    zh: { word: '接收车辆', sentence: '接收 {vehicle}，来自{from}[：{note}]' },
    en: { word: 'Taken over', sentence: '{vehicle} taken over from {from}[: {note}]' },
  },
  hand_over_confirmed: {
    zh: { word: '交接确认', sentence: '{vehicle} 的移交已确认' },
    en: { word: 'Hand-over confirmed', sentence: 'Hand-over of {vehicle} confirmed' },
  },
  sos_raised: {
    zh: { word: '呼救', sentence: '{vehicle} 呼救' },
    en: { word: 'SOS', sentence: '{vehicle} calls for help' },
  },
  sos_cleared: {
    zh: { word: '呼救已处理', sentence: '{vehicle} 的呼救已处理[：{note}]' },
    en: { word: 'SOS dealt with', sentence: 'Call for help of {vehicle} dealt with[: {note}]' },
  },
  camera_watched: {
    zh: { word: '查看车载画面', sentence: '查看 {vehicle} 的车载画面（摄像头 {channel}）' },
    en: { word: 'Camera watched', sentence: 'Camera {channel} of {vehicle} looked through' },
  },
  vehicle_logged: {
    zh: {
      word: '行车日志',
      sentence:
        '{vehicle} 行车日志：[加油 {litres} 升，]里程 {odometer_km} km[，油量 {fuel_percent} %][，有问题：{faults}][（{note}）]',
    },
    en: {
      word: 'Vehicle log',
      sentence:
        '{vehicle} log: [{litres} litres of fuel, ]odometer {odometer_km} km[, fuel {fuel_percent} %][, not in order: ' +
        '{faults}][ ({note})]',
    },
  },
  message_sent: {
    zh: { word: '发给车组', sentence: '告 {vehicle} 车组：{text}' },
    en: { word: 'Sent to crew', sentence: 'To the crew of {vehicle}: {text}' },
  },
  messages_read: {
    zh: { word: '车组已读', sentence: '{vehicle} 车组已读中心的消息' },
    en: { word: 'Read by crew', sentence: 'The crew of {vehicle} has read the centre’s messages' },
  },
  crew_wrote: {
    zh: { word: '车组来信', sentence: '{vehicle} 车组来信[，请求{need}][：{text}]' },
    en: { word: 'Crew wrote', sentence: 'The crew of {vehicle} wrote[, asks for {need}][: {text}]' },
  },
  crew_answered: {
    zh: { word: '答复车组', sentence: '{vehicle} 车组的来信已阅[，答复：{text}]' },
    en: { word: 'Crew answered', sentence: 'What the crew of {vehicle} wrote was seen[ and answered: {text}]' },
  },
  crew_act_refused: {
    zh: { word: '车组操作被拒', sentence: '{vehicle} 车组的操作未被接受[：{code}]' },
    en: { word: 'Crew command refused', sentence: 'A command of the crew of {vehicle} was not accepted[: {code}]' },
  },
  movement_noted: {
    zh: {
      word: '位置提示',
      sentence: '{vehicle} 位置显示（{since} 起）：{movement}[，{kmh} 公里/小时][，{station}][（{over}）]',
    },
    en: {
      word: 'Seen by position',
      sentence: 'Position of {vehicle} since {since}: {movement}[, {kmh} km/h][, {station}][ ({over})]',
    },
  },
  terminal_trouble_noted: {
    zh: {
      word: '终端异常',
      sentence:
        '{vehicle} 的终端：{trouble}[（{cause}）][，日志中缺少第 {missing} 项操作][，移入 {moved} 项操作][（编号 {number}）]',
    },
    en: {
      word: 'Terminal trouble',
      sentence:
        'Terminal of {vehicle}: {trouble}[ ({cause})][, commands {missing} are not in the journal][, {moved} ' +
        'presses moved][ (number {number})]',
    },
  },
  vehicle_enrolled: {
    zh: { word: '车辆登记', sentence: '登记车辆 {vehicle}[，呼号 {call_sign}][，站点 {station}]' },
    en: {
      word: 'Vehicle enrolled',
      sentence: 'Vehicle {vehicle} enrolled[, call sign {call_sign}][, station {station}]',
    },
  },
  vehicle_amended: {
    zh: { word: '车辆资料变更', sentence: '修改车辆 {vehicle} 的资料[，呼号 {call_sign}][，站点 {station}]' },
    en: {
      word: 'Vehicle amended',
      sentence: 'Vehicle {vehicle} amended[, call sign {call_sign}][, station {station}]',
    },
  },
  vehicle_retired: {
    zh: { word: '车辆停用', sentence: '车辆 {vehicle} 停用' },
    en: { word: 'Vehicle retired', sentence: 'Vehicle {vehicle} retired' },
  },
  refused_presses_seen: {
    zh: { word: '已阅被拒操作', sentence: '{vehicle} 被拒的操作已阅' },
    en: { word: 'refused presses seen', sentence: 'Refused presses of {vehicle} seen' },
  },
};
