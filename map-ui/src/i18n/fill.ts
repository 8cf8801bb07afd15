// '派 {vehicle}' and { vehicle: 'YC-01-1' } -> '派 YC-01-1'. A name that was not told stays away, not in braces.
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '—'));
}
