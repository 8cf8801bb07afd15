// The page as an app of the terminal: it opens without the agent, and becomes the new one when the agent was updated.

/**
 * Has the browser keep the page. Gives what to call whenever the agent is heard again, since it may be another one.
 * `mayReload` says whether nobody is in the middle of a choice.
 */
export function keepPage(mayReload) {
  const workers = navigator.serviceWorker;
  if (!workers) return () => {};
  const registered = workers.register('/worker.js', { updateViaCache: 'none' }).catch(() => null);
  // The first worker takes over the page that it was made of; a later one has other files.
  let isFirst = !workers.controller;
  workers.addEventListener('controllerchange', () => {
    if (!isFirst) reloadWhen(mayReload);
    isFirst = false;
  });
  return async () => (await registered)?.update().catch(() => {});
}

const ASKED_AGAIN_MS = 2000;

function reloadWhen(mayReload) {
  if (mayReload()) location.reload();
  else setTimeout(() => reloadWhen(mayReload), ASKED_AGAIN_MS);
}
