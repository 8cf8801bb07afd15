// What the desk keeps, asks and says of keys.
export const desk = {
  callWas: '来电性质', hadRaised: '此来电曾提高事件：', lowerTo: '降回',
  leave: '还有未建立的来电：再按一次退出并丢弃', newRows: '▲ {n} 条变动，移开后更新', newFirst: '▲ {n} 条变动，含 I 濒危', released: '更新', tooSoon: '队列刚变动，请看清再点',
  cannotChoose: { borrow: '{vehicle} 属外中心：须先借调，不能一起派', taken: '{vehicle} 正在执行任务：只能单独改派，不能一起派', role: '{role}岗位不能派车：请转调度员' },
  loses: '{task} 失去此车：{priority} {complaint}', otherCentres: '其他中心的事件不能直接改派：先中止任务，再把车借给该中心', elsewhere: '{centre}：{n} 件', separate: '拆出', separated: '已另立事件 {incident}', separateSure: '再按一次：另立为独立事件', said: '来电所述', joined: '已并入 {incident}', linkedSaid: '{priority} {address} {complaint}', notApplicable: '当前不适用',
  refusedBecause: {
    vehicle_on_task: '正在执行任务', vehicle_not_available: '不能调用', unknown_vehicle: '不属本中心', already_on_incident: '已在本事件', patient_on_board: '车上有病人', crew_report_open: '车组报告未处理', already_promised: '已许诺给其他事件', vehicle_lent: '已借出', vehicle_named_twice: '重复',
  } as Record<string, string>,
};
