export const screen = {
  product: '贺兰 120 指挥调度',
  otherLanguage: 'English',
  session: {
    title: '登录', name: '用户名', password: '密码', signIn: '登录', signingIn: '正在登录…', signOut: '退出', ended: '登录已失效，请重新登录',
    loading: '正在加载…', noConnection: '无法连接服务器，正在重试', noDesk: '本岗位还没有自己的界面', notYourRole: '{role}岗位不能做此操作', notYourCentre: '这属于您不负责的中心',
  },
  setUp: { title: '首次设置：建立第一位管理员', code: '设置码（服务器启动时显示）', displayName: '显示姓名', create: '建立管理员', passwordHint: '密码至少 10 个字符' },
  console: {
    allCentres: '全部中心', centre: '中心', admin: '管理', backToConsole: '返回调度台', sound: '声音', muted: '静音', mute: '静音（新事件与呼救仍响）', unmute: '打开声音',
    tabs: '右侧栏', incident: '事件', vehicles: '车辆', log: '日志', time: '当前时间', help: '帮助 F1', close: '关闭', norms: '时限指标', cases: '只看这些事件',
    showAll: '显示全部', alerts: '警报', notices: '操作结果', selectFirst: '在左侧队列选择事件（F6，方向键）', selectVehicle: '选择车辆查看详情',
  },
  link: {
    title: '连接状态', connecting: '正在连接…', live: '在线', lost: '{since} 起断线，画面停在此刻；第 {attempt} 次重连', retryIn: '，{seconds} 秒后', stale: '画面停在 {since}，不是实时',
    journal_degraded: '记录变慢：操作可能要等几秒才确认', journal_down: '记录停止：操作现在不能保存，请用纸笔和电台', history_degraded: '轨迹记录变慢，不影响派车', history_down: '轨迹记录停止，不影响派车',
    others_degraded: '收不到其他服务器的消息：它们连接的车辆位置可能变旧；操作和指令不受影响', others_down: '收不到其他服务器的消息：它们连接的车辆显示为旧位置、离线；操作和指令不受影响',
    clock_differs: '服务器时钟差 5 秒以上，时刻不准：请通知运维',
    signedOut: '登录已失效',
  },
  queue: {
    title: '事件队列', empty: '没有进行中的事件', age: '已 {age}', over: '超 {time}', left: '剩 {time}', ended: '近期结束', vehicles: '{n} 车', noVehicle: '未派车', test: '演练',
    filtered: '筛选中', open: '进行中', columnsHint: '方向键选择，Enter 打开',
  },
  intake: {
    title: '受理来电', newCall: '新来电 F2', address: '现场地址', complaint: '主诉', priority: '优先级', phone: '来电号码', send: '建立事件', sending: '正在记录…', clear: '清空',
    pickOnMap: '地图选点 F3', picking: '请在地图上点选现场（Esc 取消）', more: '更多信息', kind: '类型', source: '来源', level: '事故等级', waiting: '等车地址', destination: '送往医院',
    contactName: '联系人', contactPhone: '联系电话', patientName: '病人姓名', sex: '性别', ageYears: '年龄', count: '人数', stretcher: '需要担架', needs: '特殊需求',
    appointment: '预约时间', seat: '席位', test: '演练 / 线路测试', noPosition: '无坐标：只能按地址派车', foundAs: '位置：{source}', duplicates: '可能是同一事件', link: '并入 {incident}（Alt+{n}）',
    duplicateWhy: '相距 {distance}，{age} 前', sameCaller: '同一号码', anyAge: '刚才', places: '地址候选', owner: '归属 {centre}', near: '{place}附近约 {km} 公里', openNew: '开新事件', elsewhere: '其他结果', consultation: '咨询，不派车', nuisance: '骚扰电话',
    addressMissing: '请填写现场地址', badAge: '年龄须为 0 到 130', badCount: '人数至少为 1', badAppointment: '预约时间看不懂',
  },
  rank: {
    title: '推荐车辆', open: '推荐车辆 F4', loading: '正在计算…', none: '没有可派车辆', madeAt: '{time} 计算', old: '结果已 {seconds} 秒，按 R 更新', refresh: '更新 R',
    dispatch: '派车', dispatchNth: '派 {vehicle}（{n}）', dispatchChosen: '派出所选 {n} 辆（Ctrl+Enter）', choose: '选择 {vehicle}', confirmTake: '再按一次：从 {task} 改派',
    rejected: '不推荐的车辆（{n}）', total: '合计', seconds: '{n} 秒', positionAge: '位置 {n} 秒前', noFix: '无定位', changed: '状态已变：{state}', distance: '直线 {n}', others: '含外中心', lend: '借调', lendNth: '借调 {vehicle}（{n}）', keys: '1–9 派第几辆，Enter 派当前行，空格多选，V 为什么',
    terms: { departure_delay: '出车', travel: '路程', wait_until_free: '等待空闲', capability_penalty: '车型/设备不合', coverage_lost: '留下空缺', other_patient: '另一病人多等', position_doubt: '位置不准' },
    noPlace: '事件没有坐标，不能按路程排序；请修改地址',
  },
  task: {
    milestones: '{vehicle} 任务进程', enter: '补录 {milestone}', correct: '更正', undo: '撤回', abort: '中止任务', recorded: '记录于 {time}', doubtful: '时钟可疑', corrected: '已更正', offline: '离线时按下',
    byPerson: '人工', byCrew: '车组', byRule: '自动', receipt: '终端回执 {time}', noReceipt: '终端未回执', expires: '命令 {time} 失效', expired: '命令已过期未回执', newTime: '实际时间 (时:分:秒)', why: '原因说明',
    from: '由 {task} 改派', km: '{n} 公里', carried: '载 {n} 人', carriedHow: '送达病人数（可空）', kmHow: '公里数（可空）', to: '送往 {hospital}', crew: '车组', save: '保存', cancel: '放弃', redirect: '改派到…', redirectTo: '改派到事件', noOther: '没有其他进行中的事件', none: '未派车', title: '任务', ended: '结束：{reason}',
  },
  incident: {
    details: '事件详情', calls: '来电', notes: '备注', addNote: '添加备注', note: '备注内容', amend: '修改', cancel: '取消事件', suspend: '挂起', resume: '恢复', refuse: '拒绝', close: '结束事件', reopen: '重开',
    reason: '原因', confirm: '确定', opened: '开立', firstDispatch: '首次派车', ended: '结束', priority: '优先级', place: '地址', complaint: '主诉', showOnMap: '地图定位', patient: '病人', caller: '来电', takenBy: '受理', outcome: '结果', timeline: '完整记录', hideTimeline: '收起记录', appointmentAt: '预约 {time}', kind: '类型', noAddressFound: '未找到，按口述记录',
  },
  board: {
    title: '车辆', filter: '筛选：车号、呼号、状态', details: '车辆详情', since: '{age}', position: '位置', noFix: '无定位', online: '在线', offline: '离线', ageOld: '{n} 秒前', station: '站点', crew: '车组', equipment: '设备', kind: '类型', plate: '车牌',
    pause: '暂停', resume: '恢复', offDuty: '下班', onDuty: '上班', returned: '已回站', lend: '借调到', clearSos: '呼救已处理', sos: '呼救', sosSince: '{time} 呼救', noneFound: '没有符合的车辆', free: '{n} 可派', speed: '{n} km/h', home: '原属 {centre}', outside: '位置在本地图范围之外', onIncident: '事件 {incident}', what: '处理情况', dispatchHere: '派往 {incident}', track: '轨迹', hideTrack: '收起轨迹',
  },
  track: { again: '更新轨迹', found: '近一小时 {n} 个位置', none: '近一小时没有位置', late: '迟到 {n}', suspect: '可疑 {n}' },
  crew: { title: '车组', assign: '安排车组', name: '姓名', person: '工号（可空）', nameOf: '第 {n} 人姓名', roleOf: '第 {n} 人岗位', personOf: '第 {n} 人工号', remove: '去掉第 {n} 人', add: '加一人' },
  roads: {
    title: '路况', arrives: '约 {n} 分后{where} {at}', now: '即将{where}', offRoute: '已偏离路线', willMiss: '预计超时 {n} 分', way: '路线 {distance}，约 {minutes} 分', reach: '可达范围', reachOf: '{name} 的可达范围', minutes: '{n} 分', area: '约 {n} 平方公里', hospitalsIn: '{n} 家医院：{names}',
    kind: '种类', factor: '用时为平时的几倍', note: '说明（他人可见）', until: '到期', untilEnded: '直到解除', hours: '{n} 小时后', draw: '在地图上画', drawing: '在地图上逐点点击划定区域', corners: '已画 {n} 点', undo: '去掉上一点', clear: '重画', place: '地名', radius: '半径（米）', circle: '用圆形区域', save: '公布',
    needArea: '请先划定区域（至少三点）', list: '生效中的路况', none: '没有生效的封闭或缓行', end: '解除', ends: '{time} 到期', noEnd: '直到解除', drawnAt: '{time} 公布', slow: '缓行 {n} 倍', supervisors: '封路与缓行由班长公布', notFound: '没有找到“{place}”',
  },
  hospitals: { choose: '选医院', speciality: '专科', any: '不限', title: '送往医院', keys: '1–9 定为送往医院', set: '送往 {name}（{n}）', setShort: '送往', chosen: '已定', noRoad: '道路不可达', none: '没有可选医院', minutes: '约 {n} 分', matches: '专科：{names}' },
  compare: {
    title: '为什么', open: '为什么 V', one: '前一辆', other: '后一辆', before: '{first} 比 {second} 合计少 {n} 秒，排在前', after: '{first} 比 {second} 合计多 {n} 秒，排在后', same: '{first} 与 {second} 合计相同', more: '{vehicle} 的{term}多 {n} 秒', less: '{vehicle} 的{term}少 {n} 秒',
    lacks: '缺本次需要的设备', kept: '设备较好的车型，留给更需要的病人',
  },
  reports: {
    title: '报表', supervisors: '报表由班长查看', travel: '行程估计准不准', none: '还没有可比较的出车', journeys: '比较了 {n} 次出车（估计方法：{method}）', slower: '一般比估计慢 {n} 秒', faster: '一般比估计快 {n} 秒', exact: '一般与估计相符', p90: '十次有九次，误差不超过 {n} 秒', group: '分组', count: '次数', median: '中位误差', p90Short: '九成误差', ratio: '实际/估计',
    profile: '全部行程 ×{n}', inForce: '现用校正', plain: '未校正，按道路原定速度', offer: '建议校正（由已完成的出车学得）', switched: '{who} 于 {time} 启用', use: '启用建议校正', back: '恢复原定速度', road: '{class}（{area}）', parts: { day: '白天', night: '夜间', rush: '高峰' }, factor: '{what} ×{n}，{journeys} 次出车', wouldBe: '启用后：中位误差 {median} 秒（现 {medianNow} 秒），十次有九次不超过 {p90} 秒（现 {p90Now} 秒）', seconds: '{n} 秒', again: '更新', hour: '{n} 时', class: '道路 {n}', area: '地区 {n}', all: '全部',
  },
  map: { label: '地图', fit: '全区', zoomIn: '放大', zoomOut: '缩小', legend: '图例', failed: '本机不能显示地图（WebGL）；其余功能照常，请用列表', counts: '显示车辆 {shown} 辆，其中位置过期 {old} 辆', hidden: '车辆较多，标注已省略', outside: '这里在本地图范围之外，没有底图；按“全区”返回' },
  log: { title: '日志', empty: '没有记录' },
  command: {
    label: '命令行', placeholder: '/ 输入命令，例如  派 YC-01-1 12   取消 12 来电人取消   ? 帮助', help: '命令与按键', will: '将执行：{what}', keysTitle: '按键', grammarTitle: '命令',
    unknown_verb: '没有命令“{word}”，输入 ? 看全部', no_incident: '没有事件“{word}”', no_vehicle: '没有车辆“{word}”', ambiguous: '“{word}”不止一个，请写全', missing_incident: '缺少事件编号', missing_vehicle: '缺少车辆', missing_reason: '缺少原因：{choices}',
    bad_reason: '没有原因“{word}”：{choices}', missing_text: '缺少内容', no_task: '车辆 {word} 没有任务', bad_milestone: '没有节点“{word}”：{choices}', bad_time: '时间“{word}”看不懂，写 14:05 或 14:05:30', bad_centre: '没有中心“{word}”', bad_priority: '优先级写 I II III IV 或 1–4', too_much: '多余的内容“{word}”',
  },
  admin: {
    title: '管理', people: '人员', add: '添加人员', name: '用户名', displayName: '姓名', role: '角色', centre: '中心', hospital: '医院编号', active: '可登录', barred: '已停用', bar: '停用', unbar: '启用', keys: '车辆密钥', rotate: '换新密钥',
    newKey: '{vehicle} 的新密钥（只显示这一次）：', madeAt: '制作', lastUsed: '最近使用', never: '从未', revoke: '作废', password: '密码', setPassword: '改密码', added: '已添加 {name}', done: '已保存', sure: '再按一次确认：旧密钥立即失效', noKey: '无密钥', filter: '筛选车辆',
  },
  acts: { confirm: '已问清，照做', sending: '正在记录…', retrying: '未连上，正在重试（第 {n} 次），请勿重复操作', recorded: '已记录', already: '此前已记录', opened: '已建立事件 {incident}', dismiss: '知道了' },
  sound: { new_incident: '新事件', sos: '呼救', overdue: '超时' },
  norm: { order: '1 分钟派车', departure: '3 分钟出车', response: '12 分钟到场', late: '现超时', soon: '将超时', free: '可派车', waiting: '待派', running: '进行中', silent: '无信号' },
};
