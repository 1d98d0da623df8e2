// Follows one order: an event reports a new status, the server renders the current state.
import { orders, remember } from './store.js';
import { localTimes, text } from './words.js';

const FIRST_PAUSE = 2_000, LONGEST_PAUSE = 30_000;
const place = document.getElementById('order'), announcement = document.getElementById('announcement'), connection = document.getElementById('connection');
const id = place.dataset.id;
let pause = FIRST_PAUSE;

const isFinal = () => place.dataset.final !== undefined;
const number = () => Number(place.dataset.number);

async function refresh() {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('order');
  if (Number(fresh.dataset.number) <= number()) return;
  localTimes(fresh);
  place.replaceChildren(...fresh.childNodes);
  place.dataset.number = fresh.dataset.number;
  if (fresh.dataset.final !== undefined) place.dataset.final = '';
  announcement.textContent = [place.querySelector('h1'), ...place.querySelectorAll('.lead, .reason')].map((e) => e.textContent).join('. ');
  note();
}

// The list has only orders placed in this browser, not an order opened by a link.
function note() {
  const known = orders().find((order) => order.id === id);
  if (known) remember({ ...known, status: place.querySelector('[data-status]').dataset.status });
}

// One after the other: two events that come together are one look at the server, or two in their order.
let looking = Promise.resolve();
const look = () => (looking = looking.then(refresh).catch(() => {}));

function follow() {
  if (isFinal()) return;
  const source = new EventSource(`/api/orders/${id}/events`);
  source.addEventListener('open', () => {
    pause = FIRST_PAUSE;
    connection.textContent = '';
  });
  source.addEventListener('status', async (event) => {
    if (Number(event.lastEventId) > number()) await look();
    if (isFinal()) source.close();
  });
  source.addEventListener('error', async () => {
    // While it says CONNECTING the browser tries again by itself. A stream that has ended for good may have missed nothing but its own last event.
    if (source.readyState !== EventSource.CLOSED) return;
    await look();
    if (isFinal()) return;
    connection.textContent = text('lost');
    setTimeout(follow, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  });
}

note();
follow();
// A page restored from the back/forward cache has no connection any more.
addEventListener('pageshow', (event) => event.persisted && location.reload());
