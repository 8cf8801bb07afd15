import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
const read = (path: string): string => readFileSync(SRC + path, 'utf8');
const FIELD = /<(?:form|input|select|textarea)\b/;

// Every part of the console that has a field. What somebody types or chooses there is kept over a reload by what stands
// here, or is not, for the reason that stands here. A new form fails this test until it is named.
const KEPT_BY: Record<string, string> = {
  'admin/Changes.svelte': 'drafts',
  'admin/Keys.svelte': 'drafts',
  'admin/People.svelte': 'drafts',
  'admin/Terminals.svelte': 'drafts',
  'board/Board.svelte': 'drafts',
  'board/CrewForm.svelte': 'drafts',
  'board/CrewReport.svelte': 'drafts',
  'board/VehicleCommands.svelte': 'drafts',
  'command-line/CommandLine.svelte': 'drafts',
  'console/TopBar.svelte': 'selection',
  'incident/Amend.svelte': 'drafts',
  'incident/CloseQuestion.svelte': 'drafts',
  'incident/Notes.svelte': 'drafts',
  'incident/Placement.svelte': 'drafts',
  'intake/Intake.svelte': 'intake.form',
  'intake/MoreFields.svelte': 'intake.form',
  'intake/OwnerLine.svelte': 'intake.form',
  'messages/Messages.svelte': 'drafts',
  'moves/MoveTo.svelte': 'drafts',
  'roads/ConditionForm.svelte': 'conditions.draft',
  'tasks/DetailsForm.svelte': 'drafts',
  'tasks/FinishForm.svelte': 'drafts',
  'tasks/MilestoneRow.svelte': 'drafts',
  'tasks/ReasonForm.svelte': 'drafts',
  'tasks/DivertForm.svelte': 'drafts',
};
// Fields that belong to the form around them.
const PART_OF: Record<string, string[]> = {
  'incident/AmendCall.svelte': ['incident/Amend.svelte'],
  'incident/PatientFields.svelte': ['incident/CloseQuestion.svelte', 'tasks/FinishForm.svelte'],
  'intake/Choices.svelte': ['incident/Amend.svelte', 'intake/MoreFields.svelte'],
  'intake/PlaceField.svelte': ['incident/Amend.svelte', 'intake/AddressField.svelte'],
};
const NOT_KEPT: Record<string, string> = {
  'session/ChoosePassword.svelte': 'a password is written down nowhere',
  'session/SetUp.svelte': 'a set-up code and a password are written down nowhere',
  'session/SignIn.svelte': 'nobody is signed in, and a password is written down nowhere',
  'hospital/HospitalList.svelte': 'a list to look at, sorted by the incident each time it is opened',
  'incident/Calls.svelte': 'the choice is the order itself: nothing is left to send',
  'rank/CandidateRow.svelte': 'a ranking is made anew: a vehicle chosen in an old one may be gone',
  'rank/Compare.svelte': 'two rows of the ranking in view, of which nothing is sent',
  'rank/Ranking.svelte': 'which vehicles the ranking in view covers; a ranking is made anew',
};

const withFields = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.svelte') && FIELD.test(read(path)))
  .sort();

describe('what is typed and not sent', () => {
  it('is kept over a reload by every form there is, or is not for a reason that is told', () => {
    expect([...Object.keys(KEPT_BY), ...Object.keys(PART_OF), ...Object.keys(NOT_KEPT)].sort()).toEqual(withFields);
  });

  it.each(Object.entries(KEPT_BY))('in %s lies in %s', (path, keeper) => expect(read(path)).toContain(keeper));

  it.each(Object.entries(PART_OF))('in %s belongs to a form that uses it', (path, forms) => {
    const name = path.split('/').at(-1)?.replace('.svelte', '') ?? '';
    for (const form of forms) expect(read(form)).toContain(`<${name}`);
  });

  it('lies where a reload finds it', () => {
    const keeper = read('console/keep.svelte.ts');
    for (const what of ['drafts.forms', 'drafts.notes', 'intake.form', 'conditions.draft', 'selection.seat()'])
      expect(keeper).toContain(what);
    // A password field may stand in a form that is kept, but its value never goes into the draft.
    const kept = Object.keys(KEPT_BY).filter((path) => read(path).includes('type="password"'));
    expect(kept).toEqual(['admin/People.svelte']);
    expect(read('admin/People.svelte')).toContain('const { password: _, ...told } = $state.snapshot(fresh);');
  });
});
