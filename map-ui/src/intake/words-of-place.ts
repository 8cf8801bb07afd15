// Words and position of an address are two things. What is said here is only which words stand in the field, and
// whether they can still mean the place whose position was chosen.

const BESIDE = '门口|附近|旁|对面|对过|里面|外面|东侧|西侧|南侧|北侧|东边|西边|南边|北边|东门|西门|南门|北门|路口';
const COUNTED = '[0-9一二三四五六七八九十百]+(?:号|栋|幢|楼|单元|层|室|队|组|期|弄)';
// Where the part begins that no list of places knows: a house number, a building, "opposite".
const DETAIL = new RegExp(`(?:${COUNTED}|${BESIDE}|(?<=[\\s\\p{Script=Han}])[0-9]+(?![0-9]*[A-Za-z中]))`, 'u');

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·,，.。、'’-]/g, '');

// The words once a place was chosen for them: its name, and what was typed beyond it.
export function withName(typed: string, name: string): string {
  const words = typed.trim();
  if (plain(words).includes(plain(name))) return words;
  const at = DETAIL.exec(words)?.index ?? words.length;
  // A number belongs to its street: at a place that is something else it means nothing.
  if (/(街|路|道|巷|弄)\s*$/.test(words.slice(0, at)) && stillMeant(words, name) === 'other') return name;
  const tail = words.slice(at).trim();
  return plain(name).endsWith(plain(tail)) ? name : `${name}${tail}`;
}

export type Meant = 'same' | 'doubtful' | 'other';

// Whether words still mean the place of this name: they hold it; they share part of it, as a corrected
// character or another end of the street does; or they speak of something else.
export function stillMeant(words: string, name: string): Meant {
  const [now, was] = [plain(words), plain(name)];
  if (was === '' || now.includes(was)) return 'same';
  const pairs = [...was].slice(1).map((character, index) => `${[...was][index]}${character}`);
  return pairs.some((pair) => now.includes(pair)) ? 'doubtful' : 'other';
}
