import { cart, cartTotal, ordered, sending } from './store.js';
import { copy, money, text } from './words.js';

const PATIENCE = 30_000;
const form = document.getElementById('checkout'), failure = document.getElementById('failure');
const customer = document.getElementById('customer'), customerError = document.getElementById('customer-error'), button = form.querySelector('button');
const submitText = button.textContent;
let busy = false;

function show() {
  const { lines } = cart();
  form.hidden = lines.length === 0;
  document.getElementById('empty').hidden = lines.length > 0;
  document.getElementById('lines').replaceChildren(...lines.map((line) => {
    const item = copy('line');
    item.querySelector('[data-name]').textContent = line.name;
    item.querySelector('[data-quantity]').textContent = `× ${line.quantity}`;
    item.querySelector('[data-sum]').textContent = money(line.price * line.quantity, line.currency);
    return item;
  }));
  document.getElementById('total').textContent = lines.length ? money(cartTotal(), lines[0].currency) : '';
}

function nameIsThere() {
  const there = customer.value.trim() !== '';
  customer.setAttribute('aria-invalid', String(!there));
  customerError.textContent = there ? '' : text('name-missing');
  if (!there) customer.focus();
  return there;
}

const post = (body) => fetch('/api/orders', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'Idempotency-Key': cart().key },
  body,
  signal: AbortSignal.timeout(PATIENCE),
});

async function send() {
  const body = JSON.stringify({
    customer: customer.value.trim(),
    items: cart().lines.map(({ id, quantity }) => ({ productId: id, quantity })),
    payment: { token: new FormData(form).get('token') },
  });
  const before = cart().sent;
  sending(body);
  const answer = await post(body);
  if (answer.status !== 422 || before.length === 0) return answer;
  // An earlier attempt, whose answer got lost, was accepted with other details: that is the order. Sending it again finds it.
  for (const earlier of before) {
    const found = await post(earlier);
    if (found.ok) return found;
  }
  return answer;
}

async function explain(answer) {
  if (answer === null) return text('failed-offline');
  if (answer.status === 429) return text('failed-busy', { seconds: answer.headers.get('Retry-After') ?? '5' });
  const problem = await answer.json().catch(() => ({}));
  const type = (problem.type ?? '').split(':').at(-1);
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
