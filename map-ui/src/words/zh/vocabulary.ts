export const vocabulary = {
  Equipment: {
    defibrillator: '除颤仪', ventilator: '呼吸机', monitor: '监护仪', oxygen: '氧气', suction: '吸引器', infusion_pump: '输液泵',
    incubator: '转运暖箱', negative_pressure_cabin: '负压舱', radio_relay: '无线中继', satellite_link: '卫星通信',
  },
  RoadClass: { motorway: '高速公路', trunk: '国道干线', primary: '国省道', secondary: '县道与主街', tertiary: '一般街道', residential: '居民区道路', service: '内部道路', unclassified: '未分级道路', living_street: '生活街道', track: '便道' },
  Surroundings: { urban: '城区', rural: '乡村' },
  VehicleState: {
    task_assigned: '任务已派', order_received: '接收命令', to_scene: '驶向现场', at_scene: '到达现场', patient_on_board: '病人上车',
    at_hospital: '到达医院', available_on_road: '途中待命', available_at_station: '站内待命', off_duty: '不能调用', paused: '暂停调用',
  },
  Milestone: {
    created: '生成任务', order_received: '接收命令', departed: '出车', at_scene: '到达现场', left_scene: '离开现场',
    at_hospital: '到达医院', finished: '完成', back_at_station: '返回站中',
  },
  VehicleKind: { basic: '普通型', intensive_care: '监护型', negative_pressure: '负压型', neonatal: '新生儿', command: '指挥车' },
  Priority: { critical: 'I 濒危', severe: 'II 危重', urgent: 'III 急症', non_urgent: 'IV 非急症' },
  IncidentKind: {
    illness: '急病', injury: '外伤', traffic_accident: '交通事故', maternity: '孕产', poisoning: '中毒', transfer: '转院',
    standby: '保障', mass_casualty: '突发事件', other: '其他',
  },
  IncidentSource: { phone: '120 电话', app: '手机应用', police: '110', fire: '119', traffic_police: '122', hospital: '医院' },
  AccidentLevel: { ordinary: '普通', general: 'IV 一般', larger: 'III 较大', major: 'II 重大', extra_major: 'I 特别重大' },
  PlaceSource: {
    address_search: '地址库', map_click: '地图点选', phone_location: '手机定位', caller_words: '口述', other_service: '其他部门',
  },
  Sex: { male: '男', female: '女', unknown: '不详' },
  CrewRole: { driver: '司机', doctor: '医生', nurse: '护士', stretcher_bearer: '担架员' },
  SuspendReason: { awaiting_vehicle: '等待车辆', awaiting_caller: '等待来电人', awaiting_other_service: '等待其他部门', other: '其他' },
  RefuseReason: { out_of_area: '超出服务区', not_medical: '非医疗', conditions_not_accepted: '不接受条件', other: '其他' },
  CancelReason: {
    caller_cancelled: '来电人取消', went_by_themselves: '自行前往', gone_on_arrival: '到场无人', nuisance: '骚扰电话',
    duplicate: '重复事件', dealt_with_by_others: '他人已处理', other: '其他',
  },
  AbortReason: {
    incident_cancelled: '事件已取消', vehicle_breakdown: '车辆故障', road_accident: '途中事故', road_blocked: '道路不通',
    gone_on_arrival: '到场无人', patient_refused: '病人拒绝', crew_unable: '车组不能出车', sent_by_mistake: '误派', other: '其他',
  },
  RedirectReason: { higher_priority: '病情更急', nearer: '距离更近', better_equipped: '设备更适合', other: '其他' },
  PauseReason: { fuel: '加油', meal: '用餐', repair: '维修', disinfection: '消毒', restock: '补充物资', other: '其他' },
  FixQuality: { fresh: '新', late: '迟到', suspect: '可疑', frozen: '冻结' },
  Role: {
    call_taker: '受理员', dispatcher: '调度员', supervisor: '班长', regional_duty_officer: '区级值班员', hospital: '医院', administrator: '管理员',
  },
  IncidentStage: {
    appointment: '预约', waiting: '待派', running: '进行中', not_received: '命令未收到', to_decide: '结束或再派？', suspended: '挂起', refused: '已拒绝', cancelled: '已取消', closed: '已结束',
  },
  TaskStage: { running: '进行中', finished: '正常完成', aborted: '已中止', redirected: '已改派' },
  DeadlineKind: {
    answer: '接听', order: '派车', device_receipt: '终端回执', crew_acknowledgement: '车组确认', departure: '出车', scene: '到场',
    silent_vehicle: '车辆无信号', overdue_in_state: '本状态', follow_on: '许诺车辆空闲', recheck: '复核', appointment: '预约到时', close_decision: '结束或再派',
  },
  TravelMethod: { straight_line: '按直线估算', road: '按道路计算' },
  Speciality: { chest_pain: '胸痛', stroke: '卒中', trauma: '创伤', maternity: '孕产', neonatal: '新生儿', paediatrics: '儿科', psychiatry: '精神', infectious: '传染病' },
  SetOutFrom: { station: '从站内', road: '从途中' },
  ArrivalGoal: { scene: '到现场', hospital: '到医院' },
  RoadConditionKind: { closed: '封闭', slow: '缓行' },
  TurnKind: {
    depart: '出发', depart_turning_round: '掉头出发', continue: '直行', slight_right: '靠右', right: '右转', sharp_right: '右后转', turn_back: '掉头',
    sharp_left: '左后转', left: '左转', slight_left: '靠左', roundabout: '进环岛', enter_expressway: '上高速', leave_expressway: '下高速', arrive: '到达',
  },
  CandidateWarning: {
    position_unknown: '位置不明', on_exercise: '正在演练',
    position_stale: '位置已旧', position_of_station: '无定位，按站点', offline: '终端离线', takes_from_other: '须从他人任务调离',
    not_fully_equipped: '设备不全', other_centre: '外中心车辆',
  },
  RenewalReason: {
    centre_behind: '中心日志被回退', terminal_behind: '终端被回退', number_used_twice: '编号重复使用', outbox_damaged: '发件箱损坏',
  },
  StorageState: { healthy: '存储正常', failing: '磁盘故障' },
  PositionSource: { fix: '定位', station: '按站点位置', last_known: '最后已知位置' },
  RejectionReason: {
    serves_patient: '正在服务病人', at_other_scene: '在另一现场',
    off_duty: '不能调用', paused: '暂停调用', patient_on_board: '车上有病人', on_equal_or_higher_priority: '执行同级或更急任务',
    already_on_incident: '已在本事件', carries_no_patient: '不能载人', other_centre: '外中心车辆', no_position: '无位置', no_command_vehicle: '指挥车不救治', unreachable: '道路不可达',
  },
  EndedHow: { finished: '正常完成', cancelled: '事件取消', aborted: '中止', redirected: '改派' },
  PartState: { working: '正常', degraded: '变慢', down: '停止' },
  NormKind: { order: '1分钟派车', departure: '3分钟出车', response: '到达现场' },
  exercise: { true: '是', false: '否' },
  callField: { caller_number: '来电号码', contact_name: '联系人', contact_phone: '联系电话', patient_name: '病人姓名', patient_sex: '病人性别', patient_age_years: '病人年龄', stretcher: '担架', special_needs: '特殊需求' },
  kept: { true: '保留病人', false: '误按' },
  followOnEnd: { withdrawn: '已撤回', expired: '过期', incident_over: '事件已结束或挂起', vehicle_not_free: '该车不能成行' },
  trouble: {
    outbox_renewed: '已改用新的编号序列', acts_missing: '已确认的操作在本中心缺失', number_used_twice: '同一编号收到两个不同的操作',
    press_repeated: '已记录的操作以新编号再次到达', storage_failing: '存储故障，发送的内容未存入终端', storage_recovered: '存储已恢复',
    links_take_turns: '连接反复互相顶替，是否有两台终端使用同一密钥？',
  },
  cause: { centre_behind: '日志曾回退', terminal_behind: '终端曾被还原或克隆', number_used_twice: '编号重复使用', outbox_damaged: '终端存储损坏' },
  outcome: {
    open: '未定', dispatched: '已派车', suspended: '挂起', refused: '拒绝', cancelled: '撤销', reassigned: '改派',
    consultation: '咨询', nuisance: '骚扰', repeat: '重复来电',
  },
};
