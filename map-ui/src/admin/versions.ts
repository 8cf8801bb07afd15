// Which program a terminal or gateway runs, and that it should be updated.
import { screen } from '../i18n/language.svelte';

interface Runs {
  software?: string;
  is_outdated?: boolean;
}

/** In words; empty where it never said. The mark stands beside the words, for whoever reads down the list. */
export const versionInWords = ({ software, is_outdated }: Runs): string =>
  software ? (is_outdated ? `⚠ ${software} (${screen().admin.outdated})` : software) : '';
