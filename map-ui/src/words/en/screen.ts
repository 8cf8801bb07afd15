import type { screen as zh } from '../zh/screen';

export const screen: typeof zh = {
  product: 'Helan 120 dispatch',
  otherLanguage: '中文',
  session: {
    title: 'Sign in', name: 'Sign-in name', password: 'Password', signIn: 'Sign in', signingIn: 'Signing in…', signOut: 'Sign out', ended: 'Your session has ended; please sign in again',
    loading: 'Loading…', noConnection: 'The server cannot be reached; trying again', noDesk: 'There is no screen for this role yet', notYourRole: 'The role {role} may not do this', notYourCentre: 'This belongs to a centre you do not act for',
    choosePassword: 'Change password', currentPassword: 'Present password', newPassword: 'New password', newPasswordAgain: 'New password again', passwordsDiffer: 'The two new passwords differ',
    passwordRule: 'At least 10 characters; no common word, number or row of keys, and not your own name', passwordDue: 'An administrator chose the present password: first change it to one that only you know',
  },
  setUp: { title: 'First set-up: create the first administrator', code: 'Set-up code (printed when the server starts)', displayName: 'Name as shown', create: 'Create administrator', passwordHint: 'At least 10 characters' },
  console: {
    allCentres: 'All centres', centre: 'Centre', admin: 'Administration', backToConsole: 'Back to console', sound: 'Sound', muted: 'Muted', mute: 'Mute (new incidents and SOS still sound)', unmute: 'Sound on',
    tabs: 'Right panel', incident: 'Incident', vehicles: 'Vehicles', log: 'Log', time: 'Current time', help: 'Help F1', close: 'Close', norms: 'Norms', cases: 'Show only these incidents',
    showAll: 'Show all', alerts: 'Alarms', notices: 'Results of acts', selectFirst: 'Choose an incident in the queue (F6, arrows)', selectVehicle: 'Choose a vehicle for details',
  },
  link: {
    title: 'Link state', connecting: 'Connecting…', live: 'Live', lost: 'Offline since {since}, the picture stands still; reconnecting, attempt {attempt}', retryIn: ', in {seconds} s', stale: 'Picture of {since}, not live',
    journal_degraded: 'Recording is slow: acts may take some seconds to be confirmed', journal_down: 'Recording is down: acts cannot be saved now, use paper and radio', space_degraded: 'Disk of the server is getting full: tracks are not recorded, dispatching goes on. Tell the operator to make room', space_down: 'Disk of the server is nearly full: soon acts cannot be saved. Call the operator now, have paper and radio ready', history_degraded: 'Track history is slow; dispatching is not affected', history_down: 'Track history is down; dispatching is not affected',
    others_degraded: 'The other servers are not heard: vehicles linked to them may look old; acts and orders are not affected', others_down: 'The other servers are not heard: vehicles linked to them look old and offline; acts and orders are not affected',
    region_old: 'The region data of this server is not the newest; vehicles were not changed: tell whoever runs it',
    clock_differs: 'Server clock off by over 5 s, times are wrong: call the operator',
    set_back_restored: 'The journal of {centre} was restored from an older copy at {time}: whatever was recorded after record {to} is LOST. Check with everybody on duty and take lost calls again',
    set_back: 'The journal of {centre} was set back at {time}: records {to} to {from} are LOST, though they were confirmed. Check with everybody on duty and take lost calls again', set_back_incidents: '; incidents {incidents}',
    standing_still: 'The journal of {centre} is damaged: nothing can be recorded there. Paper and radio; call the operator',
    signedOut: 'The session has ended',
  },
  queue: {
    title: 'Incident queue', empty: 'No open incident', age: 'open {age}', over: '{time} over', left: '{time} left', ended: 'Recently ended', vehicles: '{n} veh', missing: '{n} missing', noVehicle: 'no vehicle', test: 'TEST',
    filtered: 'Filtered', open: 'open', columnsHint: 'Arrows choose, Enter opens',
  },
  intake: {
    title: 'Take a call', newCall: 'New call F2', address: 'Address', complaint: 'Complaint', priority: 'Priority', phone: 'Caller', send: 'Create incident', sending: 'Recording…', clear: 'Clear',
    pickOnMap: 'On map F3', picking: 'Click the scene on the map (Esc to cancel)', more: 'More details', kind: 'Kind', source: 'Source', level: 'Accident level', waiting: 'Waiting address', destination: 'Hospital wanted',
    contactName: 'Contact name', contactPhone: 'Contact phone', patientName: 'Patient name', sex: 'Sex', ageYears: 'Age', count: 'Patients', stretcher: 'Stretcher needed', needs: 'Special needs',
    appointment: 'Wanted at', seat: 'Seat', test: 'Exercise / line test', noPosition: 'No position: words only', foundAs: 'Position: {source}', duplicates: 'May be the same incident', link: 'Link to {incident} (Alt+{n})',
    vehicleKind: 'Kind of vehicle', anyVehicle: 'any vehicle', equipment: 'Equipment needed',
    duplicateEnded: 'ended {age} ago', tellCentre: 'Tell {centre}', reopenFirst: 'Look at {incident}: reopen it, or open a new one', duplicatesUnknown: 'Duplicates could not be looked for',
    duplicateWhy: '{distance} away, {age} ago', sameCaller: 'same number', anyAge: 'just now', places: 'Address suggestions', owner: 'belongs to {centre}', near: 'about {km} km from {place}', openNew: 'Open new', elsewhere: 'Other outcome', consultation: 'Consultation, no vehicle', nuisance: 'Nuisance call',
    addressMissing: 'The scene address is missing', badAge: 'Age must be 0 to 130', vehicles: 'Vehicles wanted', badVehicles: 'Vehicles wanted must be 1 to 200', badCount: 'At least 1 patient', badAppointment: 'The time wanted cannot be read',
  },
  rank: {
    title: 'Ranked vehicles', open: 'Rank vehicles F4', loading: 'Ranking…', none: 'No vehicle can be sent', madeAt: 'made {time}', old: '{seconds} s old, press R to rank again', refresh: 'Rank again R',
    dispatch: 'Dispatch', dispatchNth: 'Dispatch {vehicle} ({n})', dispatchChosen: 'Dispatch {n} chosen (Ctrl+Enter)', choose: 'Choose {vehicle}', confirmTake: 'Press again: take it from {task}',
    rejected: 'Not offered ({n})', total: 'total', seconds: '{n} s', positionAge: 'position {n} s old', noFix: 'no fix', changed: 'State has changed: {state}', distance: '{n} straight', others: 'Other centres too', lend: 'Borrow', lendNth: 'Borrow {vehicle} ({n})', keys: '1–9 sends the nth, Enter the current row, Space chooses several, V why',
    terms: { departure_delay: 'departure', travel: 'travel', wait_until_free: 'until free', capability_penalty: 'vehicle type', coverage_lost: 'cover lost', other_patient: 'other patient waits', position_doubt: 'position doubtful' },
    without: 'lacks {what}', soonFree: 'Free soon (at hospital)', freeIn: 'free in about {n} min', notListed: '{n} farther vehicles are not listed', listAll: 'List all A', rejectedMore: '{n} more are not shown',
    noPlace: 'The incident has no position, so vehicles cannot be ranked; amend its address',
  },
  task: {
    milestones: 'Milestones of {vehicle}', enter: 'Enter {milestone}', correct: 'Correct', undo: 'Take back', abort: 'Abort task', recorded: 'recorded {time}', doubtful: 'clock doubtful', reckoned: 'terminal clock said {time}, converted', corrected: 'corrected', offline: 'pressed offline',
    byPerson: 'by hand', byCrew: 'crew', byRule: 'automatic', receipt: 'terminal receipt {time}', noReceipt: 'no terminal receipt', expires: 'order expires {time}', unanswered: 'Order ran out, nobody received it: call by radio, or send another', resend: 'Send again', byRadio: 'Confirmed by radio', expired: 'order expired unreceived', newTime: 'True time (h:m:s)', why: 'Why',
    from: 'taken from {task}', km: '{n} km', carried: '{n} carried', carriedHow: 'Patients brought (optional)', kmHow: 'Kilometres (optional)', to: 'to {hospital}', crew: 'Crew', save: 'Save', cancel: 'Leave', redirect: 'Redirect…', redirectTo: 'Redirect to incident', noOther: 'This centre has no other open incident', none: 'No vehicle sent', title: 'Tasks', ended: 'ended: {reason}',
  },
  closing: {
    title: 'Close the incident, or who else goes?', send: 'Send a vehicle F4', tell: 'What became of them…', patients: '{left} patient(s) not accounted for ({reported} reported, {accounted} accounted for)', notReplaced: 'Task {task} ended early and no vehicle was sent after it', called: 'A call came after the last vehicle had left', fewer: '{wanted} vehicles were wanted, {came} came', reopened: 'Reopened: it closes only by hand',
  },
  patients: {
    counted_at_scene: 'At scene in all', treated_at_scene: 'Treated at scene', refused_transport: 'Refused transport', dead_at_scene: 'Dead at scene', not_found: 'Not found', carried_by_others: 'Carried by others',
    accounted: 'Patients {accounted}/{reported} accounted for', counted: '{n} counted at the scene {who}', vehicles: '{n} vehicle(s) wanted', more: 'One vehicle more', fewer: 'One vehicle fewer',
  },
  incident: {
    noPosition: 'No position', takeBack: 'Clear', wantedNow: 'Now', positionStays: 'Words only; the position stays', positionWrong: 'The position is wrong; keep the words only',
    details: 'Incident details', calls: 'Calls', notes: 'Notes', addNote: 'Add note', note: 'Note', amend: 'Amend', cancel: 'Cancel incident', suspend: 'Suspend', resume: 'Resume', refuse: 'Refuse', close: 'Close incident', reopen: 'Reopen',
    reason: 'Reason', confirm: 'Confirm', opened: 'opened', firstDispatch: 'first dispatch', ended: 'ended', priority: 'Priority', place: 'Address', complaint: 'Chief complaint', showOnMap: 'Show on map', patient: 'Patient', caller: 'Caller', takenBy: 'taken by', outcome: 'outcome', timeline: 'Full record', hideTimeline: 'Hide record', appointmentAt: 'wanted at {time}', kind: 'Kind', noAddressFound: 'Not found; kept as told',
  },
  board: {
    title: 'Vehicles', filter: 'Filter: id, call sign, state', details: 'Vehicle details', since: '{age}', position: 'Position', noFix: 'no fix', terminalFault: 'terminal fault', online: 'online', offline: 'offline', ageOld: '{n} s old', station: 'Station', crew: 'Crew', equipment: 'Equipment', kind: 'Kind', plate: 'Plate',
    pause: 'Pause', resume: 'Resume', offDuty: 'Off duty', onDuty: 'On duty', returned: 'Back at station', lend: 'Lend to', clearSos: 'SOS dealt with', sos: 'SOS', sosSince: 'SOS since {time}', noneFound: 'No vehicle fits', free: '{n} free', speed: '{n} km/h', home: 'home {centre}', outside: 'position outside this map', onIncident: 'Incident {incident}', what: 'What was done', dispatchHere: 'Dispatch to {incident}', track: 'Track', hideTrack: 'Hide track',
  },
  track: { again: 'Track again', found: '{n} fixes in the last hour', none: 'No fix in the last hour', late: '{n} late', suspect: '{n} suspect' },
  crew: { title: 'Crew', assign: 'Assign crew', name: 'Name', person: 'Staff number (optional)', nameOf: 'Name of member {n}', roleOf: 'Role of member {n}', personOf: 'Staff number of member {n}', remove: 'Take out member {n}', add: 'One more' },
  roads: {
    title: 'Roads', arrives: '{n} min {where} {at}', now: 'about {where}', offRoute: 'off its route', willMiss: 'will be {n} min late', way: 'Way {distance}, about {minutes} min', reach: 'Reach', reachOf: 'Reach of {name}', minutes: '{n} min', area: 'about {n} km²', hospitalsIn: '{n} hospitals: {names}',
    kind: 'Kind', factor: 'Times as long as usual', note: 'Note (others read it)', until: 'Ends', untilEnded: 'when ended by hand', hours: 'in {n} h', draw: 'Draw on map', drawing: 'Click the corners of the area on the map', corners: '{n} corners', undo: 'Take back corner', clear: 'Draw again', place: 'Place', radius: 'Radius (m)', circle: 'Use a circle', save: 'Publish',
    needArea: 'Mark the area first (three corners or more)', list: 'Conditions that hold', none: 'No closed or slow road', end: 'End', ends: 'ends {time}', noEnd: 'until ended', drawnAt: 'published {time}', slow: 'slow, {n} times', supervisors: 'A supervisor publishes closed and slow roads', notFound: '“{place}” was not found',
  },
  hospitals: { choose: 'Choose hospital', speciality: 'Speciality', any: 'any', title: 'Hospital', keys: '1–9 sets the hospital', set: 'Take to {name} ({n})', setShort: 'Set', chosen: 'set', noRoad: 'no road there', none: 'No hospital to choose', minutes: 'about {n} min', matches: 'speciality: {names}' },
  compare: {
    title: 'Why', open: 'Why V', one: 'One vehicle', other: 'The other', before: '{first} comes before {second}: {n} s less in all', after: '{first} comes after {second}: {n} s more in all', same: '{first} and {second} come to the same', more: '{vehicle}: {n} s more of {term}', less: '{vehicle}: {n} s less of {term}',
    lacks: 'lacks what this call needs', kept: 'better equipped, kept for a patient who needs it',
  },
  reports: {
    title: 'Reports', supervisors: 'Reports are for supervisors', travel: 'How right travel times were', none: 'No journey to compare yet', journeys: '{n} journeys compared (estimated {method})', slower: 'Usually {n} s slower than estimated', faster: 'Usually {n} s faster than estimated', exact: 'Usually as estimated', p90: 'Nine of ten are no more than {n} s off', group: 'Group', count: 'Journeys', median: 'Median error', p90Short: 'P90 error', ratio: 'Actual/estimate',
    profile: 'All journeys ×{n}', inForce: 'Correction in use', plain: 'None: the speeds that the road profile says', offer: 'Correction offered (learned from completed journeys)', switched: 'switched on by {who}, {time}', use: 'Use the correction offered', back: 'Back to the speeds of the road profile', road: '{class} ({area})', parts: { day: 'By day', night: 'By night', rush: 'Rush hours' }, factor: '{what} ×{n}, {journeys} journeys', wouldBe: 'With it: median error {median} s (now {medianNow} s), nine of ten within {p90} s (now {p90Now} s)', seconds: '{n} s', again: 'Refresh', hour: '{n} h', class: 'road {n}', area: 'area {n}', all: 'all',
  },
  map: { label: 'Map', fit: 'Whole region', zoomIn: 'Zoom in', zoomOut: 'Zoom out', legend: 'Legend', failed: 'This computer cannot draw the map (WebGL); all else works, use the lists', counts: '{shown} vehicles drawn, {old} with an old position', hidden: 'Many vehicles: labels left out', outside: 'Outside this map nothing is drawn; “Whole region” goes back' },
  log: { title: 'Log', empty: 'Nothing yet' },
  command: {
    label: 'Command line', placeholder: '/ to type a command, e.g.  d YC-01-1 12   cancel 12 caller_cancelled   ? help', help: 'Commands and keys', will: 'Will: {what}', keysTitle: 'Keys', grammarTitle: 'Commands', reasonsTitle: 'Reasons and milestones',
    unknown_verb: 'There is no command “{word}”; type ? for all', no_incident: 'There is no incident “{word}”', no_vehicle: 'There is no vehicle “{word}”', ambiguous: '“{word}” fits more than one; write it in full', other_centre: '{word} is not of that incident’s centre: abort its task, then lend it there', hint: '(Tab completes)', missing_incident: 'Incident number missing', missing_vehicle: 'Vehicle missing', missing_reason: 'Reason missing: {choices}',
    bad_reason: 'There is no reason “{word}”: {choices}', missing_text: 'Text missing', no_task: 'Vehicle {word} has no task', bad_milestone: 'There is no milestone “{word}”: {choices}', bad_time: '“{word}” is no time; write 14:05 or 14:05:30', bad_centre: 'There is no centre “{word}”', bad_priority: 'Priority is I II III IV or 1–4', too_much: '“{word}” is too much',
  },
  admin: {
    title: 'Administration', people: 'People', add: 'Add person', name: 'Sign-in name', displayName: 'Name', role: 'Role', centre: 'Centre', hospital: 'Hospital id', active: 'may sign in', barred: 'barred', bar: 'Bar', unbar: 'Allow', keys: 'Vehicle keys', rotate: 'New key',
    newKey: 'New key of {vehicle} (shown this once):', madeAt: 'Made', lastUsed: 'Last used', never: 'never', revoke: 'Revoke', password: 'Password', setPassword: 'Set password', added: 'Added {name}', done: 'Saved', sure: 'Press again: the old key ends at once', noKey: 'no key', filter: 'Filter vehicles',
    changes: 'Changes', reload: 'Reload', older: 'Older ones', find: 'Find: who, what, to whom, what changed', allKinds: 'All kinds', shownOf: '{n} shown of {of} read', when: 'When', who: 'Who', what: 'What', about: 'To whom', changed: 'Before → after', yes: 'yes', no: 'no', wholeRegion: 'whole region',
    fields: { name: 'sign-in name', display_name: 'name', role: 'role', centre: 'centre', hospital: 'hospital', active: 'may sign in', password_due: 'must choose a password', password: 'password', kind: 'kind', factor: 'factor', area: 'area', note: 'note', until: 'until', vehicles: 'vehicles' } as Record<string, string>,
    did: {
      person_added: 'person added', person_changed: 'person changed', person_restored: 'person restored from a backup', own_password_chosen: 'own password changed', vehicle_keys_made: 'vehicle key made', vehicle_key_removed: 'vehicle key removed',
      road_condition_laid: 'road closed or slowed', road_condition_ended: 'road opened again', travel_profile_switched: 'travel times corrected',
    } as Record<string, string>,
  },
  report: {
    title: 'The crew contradicts the centre', stands: 'Crew reports “{milestone}”: the centre had ended task {task}; a patient may be on board', done: 'Crew reports “{milestone}”: the centre had ended task {task}; check the record', before: 'Pressed {time}, before the end', after: 'Pressed {time}; the crew may not have known', doubtful: 'Pressed {time}, clock doubtful: possibly before the end',
    alsoOn: 'It also has an order: task {task}; decide which one holds', keep: 'Keep the patient (task goes on, incident reopens)', wrong: 'The press was wrong', note: 'What was done (optional)', mark: 'crew report to settle', refusedTitle: 'Refused presses of the crew', refused: '{time} the crew pressed “{act}” {task}, not accepted: {why}', more: '(and {n} more)', refusedMark: 'crew press refused', seen: 'Seen',
    acts: { undo_milestone: 'take back', abort_task: 'cannot go on', pause_vehicle: 'pause', resume_vehicle: 'resume', go_off_duty: 'off duty', go_on_duty: 'on duty', return_to_station: 'back at station', acknowledge_follow_on: 'next order seen', raise_sos: 'SOS' },
  },
  followOn: { lapsed: '{vehicle} was not free by {time}; the promise is void, send another', give: 'Next order: {incident}', promised: 'Then to {incident}, holds until {time}', seen: 'seen by the crew', unseen: 'not yet seen by the crew', withdraw: 'Withdraw next order', next: 'next {incident}', waits: '{vehicle} promised (until {time}), not under way' },
  acts: { confirm: 'I have asked, do it', sending: 'Recording…', retrying: 'No connection, trying again (attempt {n}); do not repeat the act', recorded: 'Recorded', already: 'Had been recorded before', opened: 'Incident {incident} opened', dismiss: 'Understood' },
  sound: { new_incident: 'New incident', sos: 'SOS', overdue: 'Overdue' },
  norm: { decide: 'to decide', unheard: 'not received', order: 'Order 1 min', departure: 'Depart 3 min', response: 'Scene 12 min', late: 'late', soon: 'soon', free: 'free', waiting: 'waiting', running: 'running', silent: 'no signal' },
};
