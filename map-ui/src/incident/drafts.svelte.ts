// Notes that are being written, each with its incident: looking at another one, or a reload, takes none away.
class Drafts {
  notes = $state<Record<string, string>>({});

  of(incident: string): string {
    return this.notes[incident] ?? '';
  }

  write(incident: string, text: string): void {
    if (text === '') delete this.notes[incident];
    else this.notes[incident] = text;
  }

  forget(): void {
    this.notes = {};
  }
}

export const drafts = new Drafts();
