// What a seat was looking at and typing, kept over a reload of the page. One person's only: it lies in this tab's
// own store under their name, is never sent anywhere, and goes when they sign out or another signs in.
const PREFIX = 'helan-desk-';

export function keep(person: string, what: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + person, JSON.stringify(what));
  } catch {
    // A browser that keeps nothing loses it at a reload, as it always did.
  }
}

export function kept<What>(person: string): What | null {
  try {
    const text = sessionStorage.getItem(PREFIX + person);
    return text === null ? null : (JSON.parse(text) as What);
  } catch {
    return null;
  }
}

// `but` keeps what is theirs; without it nobody's is left.
export function forgetKept(but?: string): void {
  try {
    for (const name of Object.keys(sessionStorage))
      if (name.startsWith(PREFIX) && name !== PREFIX + (but ?? '')) sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
