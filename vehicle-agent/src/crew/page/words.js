// All words of the page: [Chinese, English].
export const WORDS = {
  other_language: ["English", "中文"],
  unknown_vehicle: ["未识别车辆", "Vehicle not known yet"],
  link_online: ["已联网", "Online"], link_connecting: ["连接中", "Connecting"], link_offline: ["离线", "Offline"],
  all_sent: ["已全部发送", "All sent"], stored: ["已存 {n} 条 - 正在发送", "Stored {n} - sending"],
  gps_ok: ["定位正常", "Position good"], gps_old: ["定位已停 {n} 秒", "No position for {n} s"], gps_none: ["尚无定位", "No position yet"],
  waiting_for_centre: ["等待中心", "Waiting for the centre"], waiting_note: ["联网后显示车辆状态", "The state shows once the centre answers"],
  unsent_note: ["按键已存，中心尚未确认", "Pressed and stored; the centre has not confirmed yet"],
  task_assigned: ["新任务", "New order"], order_received: ["已接令", "Order received"], to_scene: ["驶向现场", "To scene"], at_scene: ["到达现场", "At scene"],
  patient_on_board: ["病人上车", "Patient on board"], at_hospital: ["到达医院", "At hospital"], available_on_road: ["途中待命", "Free on road"],
  available_at_station: ["站内待命", "At station"], off_duty: ["下班", "Off duty"], paused: ["暂停调用", "Paused"],
  press_order_received: ["确认接令", "Acknowledge"], press_departed: ["出车", "Departed"], press_at_scene: ["到达现场", "At scene"], press_left_scene: ["病人上车 离开现场", "Patient on board, leaving"],
  press_at_hospital: ["到达医院", "At hospital"], press_finished: ["任务完成", "Finished"], press_returned_to_station: ["返回站中", "Back at station"], press_resume: ["结束暂停", "End pause"], press_on_duty: ["上班", "On duty"],
  ms_created: ["派车", "Order"], ms_order_received: ["接令", "Acknowledged"], ms_departed: ["出车", "Departed"], ms_at_scene: ["到现场", "At scene"], ms_left_scene: ["离现场", "Left scene"], ms_at_hospital: ["到医院", "At hospital"], ms_finished: ["完成", "Finished"], ms_back_at_station: ["回站", "At station"],
  carried_title: ["送到几位病人？", "How many patients were brought?"], carried_none: ["没有病人", "None"], carried_n: ["{n} 位", "{n}"],
  left_title: ["另外 {n} 位病人呢？", "And the other {n}?"], treated_at_scene: ["现场处置，不需送医", "Treated, no transport"], refused_transport: ["拒绝送医", "Refused transport"], dead_at_scene: ["现场死亡", "Dead at the scene"], not_found: ["没有找到", "Not found"], carried_by_others: ["由他人送医", "Carried by others"], still_waiting: ["还在等，需要再派车", "Still waiting, send another"],
  undo: ["撤回「{what}」({n} 秒)", "Take back \"{what}\" ({n} s)"], no_step: ["待命，等待任务", "Standing by for an order"],
  propose_at_scene: ["车已停在现场附近。到达现场了吗？", "You have stopped near the scene. At scene?"], yes_at_scene: ["是，到达现场", "Yes, at scene"], not_yet: ["还没有", "Not yet"],
  stage_new: ["新任务 - 请确认", "New order - acknowledge"], stage_overdue: ["任务超时未确认 - 请立即确认", "Not acknowledged in time - acknowledge now"], stage_acknowledged: ["任务", "Order"],
  expired: ["任务已过期", "Order expired"],
  stage_expired: ["任务已过期 - 请用电台呼叫中心", "Order expired - call the centre by radio"],
  comma: ["、", ", "], number: ["事件号 {n}", "Incident {n}"], changed_mark: ["已改", "NEW"], cleared: ["（已清除）", "(cleared)"], kind: ["类型", "Kind"], priority: ["优先级", "Priority"], patient: ["病人", "Patient"], special_needs: ["特殊需求", "Special needs"], appointment: ["预约", "Wanted at"], male: ["男", "male"], female: ["女", "female"], years_n: ["{n} 岁", "{n} years"],
  changed: ["命令有变更：{what}", "The order changed: {what}"], seen_change: ["知悉变更", "Change seen"], next_new: ["有下一任务，请知悉", "There is a next order, please confirm"], next_changed: ["下一任务有变更，请知悉", "The next order changed, please confirm"],
  hospital_title: ["送到哪家医院？", "Which hospital?"], hospital_choose: ["选医院", "Hospital"], hospital_other: ["其他医院（电台报告）", "Another one (tell by radio)"], hospital_chosen: ["医院：{name}", "To: {name}"], theme_day: ["白天", "Day"], theme_night: ["夜间", "Night"], allow_sound: ["开启声音", "Allow sound"],
  scene: ["现场", "Scene"], waiting_place: ["等车地点", "Waiting at"], destination: ["送往", "Destination"], complaint: ["主诉", "Complaint"], contact: ["联系人", "Contact"], phone: ["电话", "Phone"], patients: ["人数", "Patients"], with_vehicles: ["同去车辆", "With"], notes: ["备注", "Notes"],
  patients_n: ["{n} 人", "{n}"], stretcher: ["需担架", "stretcher"],
  critical: ["I 级 濒危", "I critical"], severe: ["II 级 危重", "II severe"], urgent: ["III 级 急症", "III urgent"], non_urgent: ["IV 级 非急症", "IV not urgent"],
  illness: ["急病", "Illness"], injury: ["外伤", "Injury"], traffic_accident: ["交通事故", "Traffic accident"], maternity: ["孕产", "Maternity"], poisoning: ["中毒", "Poisoning"], transfer: ["转院", "Transfer"], standby: ["保障", "Standby"], mass_casualty: ["突发事件", "Mass casualty"], kind_other: ["其他", "Other"],
  ended_finished: ["上次任务已完成", "Last order finished"], ended_cancelled: ["任务已取消，请停止前往", "Order cancelled, stop"], ended_aborted: ["任务已中止", "Order aborted"], ended_redirected: ["任务已改派", "Redirected to another order"],
  pause: ["暂停调用", "Pause"], pause_title: ["暂停原因", "Why pause?"], fuel: ["加油", "Fuel"], meal: ["用餐", "Meal"], repair: ["修车", "Repair"], disinfection: ["消毒", "Disinfection"], restock: ["补充物资", "Restock"], other: ["其他", "Other"],
  abort: ["无法完成任务", "Cannot go on"], abort_title: ["中止原因", "Why can the order not be done?"], vehicle_breakdown: ["车辆故障", "Breakdown"], road_accident: ["途中事故", "Road accident"], road_blocked: ["道路不通", "Road blocked"], gone_on_arrival: ["到达无人", "Nobody there"], patient_refused: ["病人拒绝送医", "Patient refused"], crew_unable: ["人员无法出车", "Crew unable"], sent_by_mistake: ["误派", "Sent by mistake"],
  go_off_duty: ["下班", "Off duty"], off_duty_title: ["确定下班？下班后不再派车。", "Go off duty? No orders will come."], yes_off_duty: ["确定下班", "Yes, off duty"], back: ["返回", "Back"],
  route_title: ["路线 {km} 公里 · 约 {n} 分钟", "Way {km} km · about {n} min"], route_straight: ["按直线估计，没有转弯提示", "By straight line, without turns"], metres_n: ["{n} 米", "{n} m"], kilometres_n: ["{n} 公里", "{n} km"], exit_n: ["第 {n} 出口", "exit {n}"],
  turn_depart: ["出发", "Set off"], turn_depart_turning_round: ["掉头出发", "Turn round and set off"], turn_continue: ["直行进入", "Go on along"], turn_slight_right: ["偏右", "Bear right"], turn_right: ["右转", "Right"], turn_sharp_right: ["急右转", "Sharp right"], turn_turn_back: ["掉头", "Turn back"], turn_sharp_left: ["急左转", "Sharp left"], turn_left: ["左转", "Left"], turn_slight_left: ["偏左", "Bear left"],
  turn_roundabout: ["环岛", "Roundabout"], turn_enter_expressway: ["上高速", "Onto the expressway"], turn_leave_expressway: ["下高速", "Off the expressway"], turn_arrive: ["到达", "Arrive"],
  contested: ["中心已结束此任务，但您报告有病人：请继续，中心已收到", "The centre had ended this order, but you reported a patient: go on, the centre has been told"],
  next_order: ["下一任务（完成后开始）", "Next order (after you finish)"], next_until: ["{time} 前有效", "holds until {time}"], next_seen: ["已知悉", "seen"], next_waits: ["中心尚未决定", "the centre has not decided yet"], seen_next: ["知悉下一任务", "Next order seen"],
  no_follow_on: ["下一任务已失效", "The next order no longer stands"], crew_report_open: ["中心尚未处理您的报告", "The centre has not yet settled your report"],
  sos: ["按住求救 SOS", "Hold for SOS"], sos_sent: ["求救已存，正在发送。同时请用电台呼叫。", "SOS stored and on its way. Call by radio too."],
  refused: ["中心未接受「{what}」：{why}", "The centre did not take \"{what}\": {why}"], close: ["知道了", "Understood"],
  receiver_date_wrong: ["定位接收机日期错误：中心把本车位置视为过时，请用电台报位置并报修", "The receiver's date is wrong: the centre takes this position for old. Give it by radio and have the receiver seen to"],
  storage_failing: ["终端存储故障：按键可能丢失，请用电台报告", "Storage failing: presses may be lost, report by radio"],
  unstored: ["{n} 条按键未存入本终端，联网后直接发送", "{n} presses are not stored on this terminal; they are sent from memory"],
  renewed: ["终端已改用新的编号：{why}。", "This terminal numbers anew: {why}."], renewed_moved: ["待发送的 {n} 条按键已转入。", "{n} waiting presses were moved."], renewed_again: ["中心丢失的 {n} 条按键正在重新发送。", "{n} presses that the centre lost are sent again."], renewed_missing: ["中心缺少 {n} 条已确认的按键，请用电台核对。", "The centre lacks {n} confirmed presses; check by radio."],
  renewed_centre_behind: ["中心的记录曾回退", "the centre's record was set back"], renewed_terminal_behind: ["本终端曾被还原，或有另一台相同的终端", "this terminal was set back, or there is another one like it"], renewed_number_used_twice: ["同一编号用过两次", "one number was used twice"], renewed_outbox_damaged: ["终端存储文件损坏，已另存", "the store was damaged and set aside"],
  page_lost: ["屏幕与终端程序断开，以下内容可能已旧", "The screen lost the agent; what it shows may be old"],
  link_trouble: ["联网问题：{why}", "Link: {why}"], trouble_refused: ["服务器没有开启或拒绝连接", "the server is off or refuses the link"], trouble_silent: ["服务器没有应答", "the server does not answer"], trouble_name: ["找不到服务器地址", "the server's name is not found"], trouble_network: ["没有网络", "there is no network"], trouble_key: ["车辆密钥不被接受，请通知中心", "the vehicle's key is not accepted, tell the centre"], trouble_secure: ["安全连接失败，请通知中心", "the secure link failed, tell the centre"], trouble_busy: ["服务器暂时不能接受连接", "the server takes no link at the moment"], trouble_cut: ["连接中断，正在重连", "the link broke, trying again"], trouble_replaced: ["同一车辆的另一台终端已连接", "another terminal of this vehicle is linked"], trouble_version: ["终端软件版本不符，请通知中心", "the terminal's software does not fit, tell the centre"], trouble_enrolled: ["中心没有登记本车辆，请通知中心", "no centre has this vehicle, tell the centre"], trouble_stopping: ["服务器正在重启", "the server is restarting"], dropped: ["存储已满，旧定位已抽稀 {n} 条", "Store full: {n} old positions thinned out"],
  store_full: ["终端已存满，请用电台报告", "The store is full; report by radio"], not_your_order: ["该任务已不在本车", "That order is no longer yours"], already_pressed: ["已经按过", "Already pressed"],
  note_too_long: ["备注太长", "The note is too long"], not_stored: ["尚未存好，请用电台报告", "Not stored yet; report by radio"], act_sos: ["求救", "SOS"], act_undo: ["撤回", "Undo"], silent: ["声音未开启，来命令时不会响：请点一下", "Sound is off, orders will not ring: touch here"],
  acknowledge_change: ["知悉变更", "Change seen"], acknowledge_next: ["知悉下一任务", "Next order seen"], no_order_change: ["变更已不存在", "That change no longer stands"], task_over: ["任务已结束", "The order has ended"], milestone_out_of_order: ["步骤次序不符", "Steps are out of order"], already_in_state: ["已是该状态", "That holds already"], vehicle_on_task: ["车辆正在执行任务", "The vehicle is on an order"], not_your_vehicle: ["不是本车的任务", "Not this vehicle's order"], unknown_task: ["中心没有该任务", "The centre does not know that order"], patient_on_board: ["车上有病人", "A patient is on board"], not_latest_milestone: ["只能撤回最后一步", "Only the last step can be taken back"],
  // Codes with which a centre refuses an act; a code without words shows the centre's own sentence.
  vehicle_retired: ["本车在中心已停用，请用电台联系中心", "This vehicle is out of service at the centre; call by radio"],
  order_expired: ["任务已过期，请呼叫中心", "The order expired; call the centre"],
};

let language = localStorage.getItem("language") === "en" ? 1 : 0;
export const languageTag = () => (language === 0 ? "zh-CN" : "en");
export function switchLanguage() {
  language = 1 - language;
  localStorage.setItem("language", language === 1 ? "en" : "zh");
}
export function say(key, values = {}) {
  const words = WORDS[key]?.[language] ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
export const has = (key) => key in WORDS;
