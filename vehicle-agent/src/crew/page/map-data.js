// The map that the terminal keeps, as the page has read it: again whenever the terminal has another one.
const ASKED_AGAIN_MS = 30_000;

let asked = null;
let map = null;
let isUnreadable = false;

/** The map of this version once it is read, the one before until then; `whenRead` is called when it is. */
export function storedMap(version, whenRead) {
  if (version && asked !== version) read(version, whenRead);
  return version ? map : null;
}

/** Whether there is no map to be had: the terminal has none of this version, or one that cannot be read. */
export const isMissing = (version) => !version || (isUnreadable && !map);

function read(version, whenRead) {
  asked = version;
  const reader = new Worker('/map-reader.js');
  const done = (read) => {
    reader.terminate();
    // Another one may have been asked for meanwhile.
    if (asked !== version) return;
    isUnreadable = !read;
    map = read ?? map;
    if (isUnreadable) setTimeout(() => (asked = null), ASKED_AGAIN_MS);
    whenRead();
  };
  reader.onmessage = ({ data }) => done(data);
  reader.onerror = () => done(null);
  reader.postMessage(version);
}
