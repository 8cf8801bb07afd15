import type { EventWords, Labels } from './rows';

// Tasks, their orders and what crews report.
export const labels = {
  abort_task: { zh: '中止任务', en: 'Abort task' },
  divert_vehicle: { zh: '改派到…', en: 'Divert…' },
  resend_order: { zh: '重发命令', en: 'Send again' },
  acknowledge_order_change: { zh: '已用电台告知', en: 'Told by radio' },
  correct_milestone: { zh: '更正', en: 'Correct' },
  undo_milestone: { zh: '撤回', en: 'Take back' },
} satisfies Labels;

export const events: EventWords = {
  order_resent: {
    zh: { word: '重发命令', sentence: '重发命令给 {vehicle}[（{incident}）]' },
    en: { word: 'Order sent again', sentence: 'Order sent again to {vehicle}[ ({incident})]' },
  },
  order_change_acknowledged: {
    zh: { word: '知悉变更', sentence: '{vehicle} 的车组已知悉命令变更[（{incident}）]' },
    en: { word: 'Change seen', sentence: 'The crew of {vehicle} has seen what changed in its order[ ({incident})]' },
  },
  order_lapsed: {
    zh: { word: '命令未收到', sentence: '{vehicle} 没有收到命令，命令已过期[（{incident}）]' },
    en: { word: 'Order not received', sentence: '{vehicle} never received its order; it has run out[ ({incident})]' },
  },
  task_created: {
    zh: {
      word: '派车',
      sentence:
        '派 {vehicle} 去 {incident}[，{from}出发][，推荐 {offered} 辆中的第 {rank} 名][，估计 {total_seconds} 秒][（{method}）]' +
        '[，由任务 {previous_task} 改派]',
    },
    en: {
      word: 'Vehicle sent',
      sentence:
        '{vehicle} sent to {incident}[, {from}][, of {offered} offered it was number {rank}][, estimated ' +
        '{total_seconds} s][ ({method})][, taken from task {previous_task}]',
    },
  },
  device_receipt_recorded: {
    zh: { word: '终端回执', sentence: '{vehicle} 的终端收到命令[（{incident}）]' },
    en: { word: 'Terminal receipt', sentence: 'The terminal of {vehicle} has the order[ ({incident})]' },
  },
  milestone_reached: {
    zh: {
      word: '节点',
      sentence:
        '{vehicle} {milestone}[，送{hospital}][，载 {patients_carried} 人][，现场共 {counted_at_scene} 人][，现场处置 ' +
        '{treated_at_scene}][，拒绝送医 {refused_transport}][，现场死亡 {dead_at_scene}][，未找到 {not_found}][，他人送医 ' +
        '{carried_by_others}][，行驶 {distance_km} 公里][（{incident}）]',
    },
    en: {
      word: 'Milestone',
      sentence:
        '{vehicle}: {milestone}[, {hospital}][, {patients_carried} carried][, {counted_at_scene} at the ' +
        'scene in all][, {treated_at_scene} treated there][, {refused_transport} refused transport][, ' +
        '{dead_at_scene} dead there][, {not_found} not found][, {carried_by_others} carried by others][, ' +
        '{distance_km} km driven][ ({incident})]',
    },
  },
  milestone_corrected: {
    zh: {
      word: '更正节点',
      sentence: '{vehicle} “{milestone}”时间[由 {was_at} ]更正为 {truly_at}[：{note}][（{incident}）]',
    },
    en: {
      word: 'Milestone corrected',
      sentence: '{vehicle}: time of “{milestone}” corrected[ from {was_at}] to {truly_at}[: {note}][ ({incident})]',
    },
  },
  task_details_corrected: {
    zh: {
      word: '更正任务内容',
      sentence:
        '更正 {vehicle} 的任务内容[，送{hospital}][，载 {patients_carried} 人][，现场共 {counted_at_scene} 人][，{distance_km} ' +
        '公里][，现场处置 {treated_at_scene}][，拒绝送医 {refused_transport}][，现场死亡 {dead_at_scene}][，未找到 {not_found}][，' +
        '他人送医 {carried_by_others}][：{note}][（{incident}）]',
    },
    en: {
      word: 'Task corrected',
      sentence:
        '{vehicle}: what was told is put right[, to {hospital}][, {patients_carried} carried][, ' +
        '{counted_at_scene} at the scene in all][, {distance_km} km][, {treated_at_scene} treated at scene]' +
        '[, {refused_transport} refused][, {dead_at_scene} dead][, {not_found} not found][, ' +
        '{carried_by_others} carried by others][: {note}][ ({incident})]',
    },
  },
  milestone_undone: {
    zh: { word: '撤回节点', sentence: '撤回 {vehicle} 的“{milestone}”[（{incident}）]' },
    en: { word: 'Milestone taken back', sentence: '“{milestone}” of {vehicle} taken back[ ({incident})]' },
  },
  task_aborted: {
    zh: {
      word: '中止任务',
      sentence:
        '中止 {vehicle} 的任务：{reason}[（{note}）][（{incident}）][，已问清 {at_scene} 在现场的车组][，已知 {out_of_touch} 失去联系][，' +
        '已知 {on_board} 车上有病人]',
    },
    en: {
      word: 'Task aborted',
      sentence:
        'Task of {vehicle} aborted: {reason}[ ({note})][ ({incident})][, crew at the scene asked: {at_scene}]' +
        '[, known to be out of touch: {out_of_touch}][, known to have a patient on board: {on_board}]',
    },
  },
  task_redirected: {
    zh: {
      word: '改派',
      sentence:
        '{vehicle} [从 {incident} ]改派到 {to}：{reason}[（{note}）][，已问清 {at_scene} 在现场的车组][，已知 {out_of_touch} ' +
        '失去联系][，已知 {on_board} 车上有病人]',
    },
    en: {
      word: 'Diverted',
      sentence:
        '{vehicle} diverted[ from {incident}] to {to}: {reason}[ ({note})][, crew at the scene asked: ' +
        '{at_scene}][, known to be out of touch: {out_of_touch}][, known to have a patient on board: ' +
        '{on_board}]',
    },
  },
  milestone_reported: {
    zh: {
      word: '车组补报',
      sentence: '{vehicle} 车组报告 {milestone}[，送{hospital}][，载 {patients_carried} 人][（{incident}）]',
    },
    en: {
      word: 'crew report',
      sentence:
        'The crew of {vehicle} reports {milestone}[, to {hospital}][, {patients_carried} carried][ ' + '({incident})]',
    },
  },
  crew_report_settled: {
    zh: { word: '处理车组报告', sentence: '{vehicle} 的车组报告已处理：{kept}[：{note}][（{incident}）]' },
    en: {
      word: 'report settled',
      sentence: 'Report of the crew of {vehicle} settled: {kept}[: {note}][ ({incident})]',
    },
  },
  crew_away_reported: {
    zh: { word: '车组派车前已离岗', sentence: '{vehicle} 在派车前已{state}，任务 {task} 未出动，事件重新等车' },
    en: {
      word: 'crew was away',
      sentence: '{vehicle} was {state} before it was sent; task {task} has not begun, its incident waits again',
    },
  },
  crew_back_reported: {
    zh: { word: '车组返回', sentence: '{vehicle} 已返回，可执行任务 {task}' },
    en: { word: 'crew is back', sentence: '{vehicle} is back and can do task {task}' },
  },
  follow_on_given: {
    zh: { word: '下一任务', sentence: '{vehicle} 完成后去 {incident}，{expires_at} 前有效' },
    en: { word: 'next order', sentence: '{vehicle} goes to {incident} when free, holds until {expires_at}' },
  },
  follow_on_acknowledged: {
    zh: { word: '知悉下一任务', sentence: '{vehicle} 知悉下一任务 {incident}' },
    en: { word: 'next order seen', sentence: '{vehicle} has seen that {incident} is next' },
  },
  follow_on_ended: {
    zh: { word: '下一任务失效', sentence: '{vehicle} 不再许诺给 {incident}：{why}' },
    en: { word: 'next order ended', sentence: '{vehicle} no longer promised to {incident}: {why}' },
  },
};
