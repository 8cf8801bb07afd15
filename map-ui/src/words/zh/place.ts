// Where an incident is, whose it is, and what becomes of a call on its way there.
export const place = {
  stillAt: '位置仍是“{place}”，与地址对得上吗？', drop: '去掉位置', dropped: '“{place}”的位置已去掉。', liesIn: '此地归{centre}', tellOwner: '此地归{centre}：本席位不能替其受理，请转告', ownerLabel: '归属中心',
  choosePlace: '还没有位置：请选一个候选地点（↓），或再按一次 Enter 只按文字建立', doubtfulPlace: '地址与所选位置不一致：再按一次 Enter 保留位置，或去掉位置另选', chooseCentre: '没有位置，不知归哪个中心：请在上面选择，或再按一次 Enter 归本中心',
  unsure: '“{address}”是否已建立不明，请先查队列', parked: '没有记录：{address}', unpark: '取回', replaces: '重新受理 {incident}：记录后原事件按“超出服务区”拒绝', movedTo: '已由 {incident} 受理',
  noPosition: '没有位置：不能推荐车辆，不画路线', give: '补位置…', wgs: 'WGS-84（GPS、北斗）', gcj: 'GCJ-02（高德、腾讯、微信）',
  several: '“{place}”不止一处：请从列表中选，或写得更全', callFields: '人数、来电与病人', unchanged: '没有改动', moved: '新位置：{place}', positionGoes: '位置将被去掉', move: '转给其他中心…', moveTo: '转给', moveHint: '各项内容带入受理表，改好后按 Enter；原事件随后按“超出服务区”拒绝', moveNotYours: '您不能替{centre}受理：请电话转告，再按“超出服务区”拒绝', outside: '此地归{centre}，事件却在{own}',
};
