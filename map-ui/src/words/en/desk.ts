export const desk = {
  callWas: 'What the call was', hadRaised: 'This call had raised the incident:', lowerTo: 'Lower to',
  leave: 'A call is not sent yet: press again to sign out and drop it', newRows: '▲ {n} changes, shown when you leave', newFirst: '▲ {n} changes, one I Critical', released: 'Update', tooSoon: 'The queue has just moved: look again',
  cannotChoose: { borrow: '{vehicle} is another centre’s: borrow it first, it cannot go with others', taken: '{vehicle} is on a task: redirect it alone, it cannot go with others', role: 'A {role} cannot send vehicles: ask a dispatcher' },
  loses: '{task} loses it: {priority} {complaint}', otherCentres: 'Incidents of other centres cannot be redirected to: abort the task, then lend the vehicle there', elsewhere: '{centre}: {n}', separate: 'Take apart', separated: 'Now incident {incident}', separateSure: 'Press again: make it an incident of its own', said: 'As told', joined: 'Joined to {incident}', linkedSaid: '{priority} {address} {complaint}', notApplicable: 'Does not apply now',
  refusedBecause: {
    vehicle_on_task: 'on a task', vehicle_not_available: 'not available', unknown_vehicle: 'not of this centre', already_on_incident: 'already on it', patient_on_board: 'patient on board', crew_report_open: 'crew report open', already_promised: 'promised elsewhere', vehicle_lent: 'lent', vehicle_named_twice: 'named twice',
  } as Record<string, string>,
};
