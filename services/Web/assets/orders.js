import { isFinal, orders, remember } from './store.js';
import { copy, moment, money, text } from './words.js';

const list = document.getElementById('orders'), names = document.getElementById('statuses').content;

const nameOf = (status) => names.querySelector(`[data-status="${CSS.escape(status)}"]`)?.textContent ?? text('status-unknown');

function show() {
  const all = orders();
  list.hidden = all.length === 0;
  document.getElementById('empty').hidden = all.length > 0;
  list.replaceChildren(...all.map((order) => {
    const item = copy('order');
    const link = item.querySelector('[data-link]'), time = item.querySelector('time'), badge = item.querySelector('.badge');
    link.href = `/orders/${order.id}`;
    link.textContent = order.id.slice(-8).toUpperCase();
    time.dateTime = order.createdAt;
    time.textContent = moment(order.createdAt);
    item.querySelector('[data-total]').textContent = money(order.total, order.currency);
    badge.textContent = nameOf(order.status);
    badge.dataset.status = order.status;
    return item;
  }));
}

// An order that was not final at the last visit may be final now.
async function refresh() {
  await Promise.all(orders().filter((order) => !isFinal(order.status)).map(async ({ id }) => {
    const answer = await fetch(`/api/orders/${id}`).catch(() => null);
    if (answer?.ok) remember(await answer.json());
  }));
  show();
}

show();
refresh();
