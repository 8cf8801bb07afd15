import type { Words } from '../i18n/language.svelte';
import type { Region } from '../api/types';

// As the server bounds it; more words than these are no search.
const CODES_MOST = 60;

// What the journal and the list of people call by a code, and the console by a word: a search for the word must find
// the code. Centres and hospitals are found by their names in either language.
export function codesFor(
  text: string,
  { screen, vocabulary }: Words,
  region: Pick<Region, 'centres' | 'hospitals'> | null,
): string {
  const wanted = text.trim().normalize('NFKC').toLowerCase();
  if (wanted === '') return '';
  const named = [...(region?.centres ?? []), ...(region?.hospitals ?? [])].flatMap(({ id, name_zh, name_en }) => [
    [id, name_zh],
    [id, name_en],
  ]);
  const pairs = [
    ...Object.entries(vocabulary.Role),
    ...Object.entries(screen.admin.did),
    ...Object.entries(screen.admin.fields),
    ...named,
  ];
  const codes = pairs
    .filter(([, word]) => (word ?? '').normalize('NFKC').toLowerCase().includes(wanted))
    .map(([code]) => code ?? '');
  return [...new Set(codes)].slice(0, CODES_MOST).join();
}
