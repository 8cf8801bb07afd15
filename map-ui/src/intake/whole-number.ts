// A whole number as it was typed, an input method's full-width digits among them; null for anything else.
export function wholeNumber(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  return /^\d+$/.test(plain) ? Number(plain) : null;
}

export function wholeWithin(text: string, least: number, most: number): boolean {
  const number = wholeNumber(text);
  return number !== null && number >= least && number <= most;
}
