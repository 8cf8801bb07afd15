import { untrack } from 'svelte';

// Notes that are being written, each with its incident: looking at another one, or a reload, takes none away.
// More half-typed forms than this are nobody's work any more.
const FORMS_MOST = 40;

class Drafts {
  notes = $state<Record<string, string>>({});

  of(incident: string): string {
    return this.notes[incident] ?? '';
  }

  write(incident: string, text: string): void {
    if (text === '') delete this.notes[incident];
    else this.notes[incident] = text;
  }

  // What was typed into any other form, by the form's own name; nothing when it was not opened or was sent.
  forms = $state<Record<string, unknown>>({});

  formOf<Form>(name: string): Form | undefined {
    return this.forms[name] as Form | undefined;
  }

  writeForm(name: string, form: unknown): void {
    // The form tells what it holds; it does not look at the others.
    untrack(() => {
      this.forms[name] = form;
      // Forms of a long night that nobody went back to; the oldest goes first.
      for (const oldest of Object.keys(this.forms).slice(0, -FORMS_MOST)) delete this.forms[oldest];
    });
  }

  dropForm(name: string): void {
    untrack(() => delete this.forms[name]);
  }

  forget(): void {
    this.notes = {};
    this.forms = {};
  }
}

export const drafts = new Drafts();
