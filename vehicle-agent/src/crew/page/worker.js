// Keeps the page's own files, so that the page opens while the agent starts anew or hangs. Never a picture, never a
// press: what the crew reads and does comes from the agent alone. VERSION and FILES stand above, written by the agent.
const KEPT = `page-${VERSION}`;
// The agent is on this machine; what takes it longer is no answer.
const ANSWERS_MS = 2000;

async function keep() {
  const files = await caches.open(KEPT);
  await files.addAll(FILES);
  await self.skipWaiting();
}

async function takeOver() {
  const others = (await caches.keys()).filter((name) => name !== KEPT);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// The agent's own file where it gives one: page and agent are of one version then.
async function answer(request) {
  try {
    const found = await fetch(request, { signal: AbortSignal.timeout(ANSWERS_MS) });
    if (found.ok) return found;
  } catch {
    // Told on the page itself, which asks for pictures in vain.
  }
  return (await caches.match(request, { ignoreSearch: true })) ?? Response.error();
}

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'GET' && FILES.includes(new URL(url).pathname)) event.respondWith(answer(event.request));
});
