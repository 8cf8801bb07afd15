export const log: Record<string, string> = {
  incident_opened: '开立事件', call_taken: '受理来电', call_separated: '拆出来电', call_concluded: '受理结束', incident_amended: '修改事件', incident_suspended: '挂起',
  incident_resumed: '恢复', incident_refused: '拒绝', incident_cancelled: '取消', incident_closed: '结束', incident_reopened: '重开',
  note_added: '备注', vehicles_wanted: '所需车辆', patients_accounted: '病人去向', order_resent: '重发命令', order_change_acknowledged: '知悉变更', order_lapsed: '命令未收到', task_created: '派车', device_receipt_recorded: '终端回执', milestone_reached: '节点', milestone_corrected: '更正节点',
  task_details_corrected: '更正任务内容', milestone_undone: '撤回节点', task_aborted: '中止任务', task_redirected: '改派', vehicle_paused: '暂停调用', vehicle_resumed: '恢复调用',
  vehicle_went_off_duty: '下班', vehicle_came_on_duty: '上班', vehicle_returned_to_station: '回站', crew_assigned: '车组变更',
  vehicle_handed_over: '移交车辆', vehicle_taken_over: '接收车辆', hand_over_confirmed: '交接确认', sos_raised: '呼救', sos_cleared: '呼救已处理',
  crew_act_refused: '车组操作被拒', terminal_trouble_noted: '终端异常', vehicle_enrolled: '车辆登记', vehicle_amended: '车辆资料变更', vehicle_retired: '车辆停用',
  milestone_reported: '车组补报', crew_report_settled: '处理车组报告', crew_away_reported: '车组派车前已离岗', crew_back_reported: '车组返回', refused_presses_seen: '已阅被拒操作', follow_on_given: '下一任务', follow_on_acknowledged: '知悉下一任务', follow_on_ended: '下一任务失效',
  clock_corrected: '时钟已校正',
  journal_set_back: '日志退回',
};
