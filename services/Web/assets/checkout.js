import { cart, change, ordered, sending, total } from './store.js';
import { copy, money, text } from './words.js';

const PATIENCE = 30_000;
const form = document.getElementById('checkout'), failure = document.getElementById('failure');
const customer = document.getElementById('customer'), customerError = document.getElementById('customer-error'), button = form.querySelector('button');
const submitText = button.textContent;
let busy = false;
// What is sent is what the page shows, whatever another tab does to the cart meanwhile.
let shown = cart();

const shownTotal = () => money(total(...shown.lines), shown.lines[0].currency);

function show() {
  shown = cart();
  const { lines } = shown;
  form.hidden = lines.length === 0;
  document.getElementById('empty').hidden = lines.length > 0;
  document.getElementById('lines').replaceChildren(...lines.map((line) => {
    const item = copy('line');
    item.querySelector('[data-name]').textContent = line.name;
    item.querySelector('[data-quantity]').textContent = `× ${line.quantity}`;
    item.querySelector('[data-sum]').textContent = money(total(line), line.currency);
    return item;
  }));
  document.getElementById('total').textContent = lines.length ? shownTotal() : '';
}

function nameIsThere() {
  const there = customer.value.trim() !== '';
  customer.setAttribute('aria-invalid', String(!there));
  customerError.textContent = there ? '' : text('name-missing');
  if (!there) customer.focus();
  return there;
}

const post = (key, body) => fetch('/api/orders', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
  body,
  signal: AbortSignal.timeout(PATIENCE),
});

const problemOf = (answer) => answer.clone().json().catch(() => ({}));
const typeOf = (problem) => (problem.type ?? '').split(':').at(-1);

async function send() {
  const { key, lines } = shown;
  const body = JSON.stringify({
    customer: customer.value.trim(),
    items: lines.map(({ id, quantity }) => ({ productId: id, quantity })),
    payment: { token: new FormData(form).get('token') },
    total: total(...lines),
    currency: lines[0].currency,
  });
  const before = cart().sent;
  sending(body);
  const answer = await post(key, body);
  if (answer.ok || typeOf(await problemOf(answer)) !== 'idempotency-key-reused') return answer;
  // An earlier attempt, whose answer got lost, was accepted with other details: that is the order. Sending it again finds it. After any other
  // answer there is no such order, and sending it again could make one that the customer no longer wants.
  for (const earlier of before) {
    const found = await post(key, earlier);
    if (found.ok) return found;
  }
  return answer;
}

/** Shows the prices as they are now: the next press of the button accepts them. */
function reprice({ items, currency }) {
  const before = shownTotal();
  for (const { productId, name, price } of items) change(productId, { name, price, currency });
  show();
  return text('failed-price-changed', { before, total: shownTotal() });
}

async function explain(answer) {
  if (answer === null) return text('failed-offline');
  if (answer.status === 429) return text('failed-busy', { seconds: answer.headers.get('Retry-After') ?? '5' });
  const problem = await problemOf(answer);
  const type = typeOf(problem);
  if (type === 'price-changed') return reprice(problem);
  return (type && text(`failed-${type}`)) ?? text('failed-other', { detail: problem.title ?? answer.status });
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  // A second click while the first is in progress is ignored.
  if (busy || !nameIsThere()) return;
  busy = true;
  failure.hidden = true;
  button.textContent = text('placing');
  button.setAttribute('aria-disabled', 'true');
  const answer = await send().catch(() => null);
  if (answer?.ok) {
    const order = await answer.json();
    ordered(order);
    location.assign(`/orders/${order.id}`);
    return;
  }
  failure.textContent = await explain(answer);
  failure.hidden = false;
  failure.focus();
  button.textContent = submitText;
  button.removeAttribute('aria-disabled');
  busy = false;
});

customer.addEventListener('input', () => customerError.textContent && nameIsThere());
addEventListener('storage', show);
// Back from the order page, the browser may show this page as it was left.
addEventListener('pageshow', (event) => event.persisted && location.reload());
show();
