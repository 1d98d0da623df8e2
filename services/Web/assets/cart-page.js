import { cart, change, total } from './store.js';
import { copy, money, say, text } from './words.js';

const page = document.getElementById('cart'), list = document.getElementById('lines'), empty = document.getElementById('empty');

function show() {
  const { lines } = cart();
  page.hidden = lines.length === 0;
  empty.hidden = lines.length > 0;
  list.replaceChildren(...lines.map(row));
  showTotal();
}

function showTotal() {
  const { lines } = cart();
  document.getElementById('total').textContent = lines.length ? money(total(...lines), lines[0].currency) : '';
}

function row(line) {
  const item = copy('line');
  const link = item.querySelector('[data-link]'), quantity = item.querySelector('input'), sum = item.querySelector('[data-sum]'), remove = item.querySelector('button');
  const picture = item.querySelector('svg'), drawing = picture.querySelector('use');
  picture.classList.add(`glaze-${line.glaze}`);
  drawing.setAttribute('href', `${drawing.getAttribute('href')}#${line.motif}`);
  link.textContent = line.name;
  link.href = `/products/${line.id}`;
  item.querySelector('[data-each]').textContent = text('each', { price: money(line.price, line.currency) });
  item.querySelector('[data-label]').textContent = text('quantity-of', { name: line.name });
  quantity.value = line.quantity;
  sum.textContent = money(total(line), line.currency);
  quantity.addEventListener('input', () => {
    // Half a number while it is being typed changes nothing.
    if (!quantity.checkValidity()) return;
    change(line.id, { quantity: quantity.valueAsNumber });
    sum.textContent = money(total({ ...line, quantity: quantity.valueAsNumber }), line.currency);
    showTotal();
  });
  remove.setAttribute('aria-label', text('remove-named', { name: line.name }));
  remove.addEventListener('click', () => {
    change(line.id, null);
    say(text('removed', { name: line.name }));
    show();
    document.getElementById('content').focus();
  });
  return item;
}

// Prices may have moved, and products gone, since they were put in.
async function refresh() {
  const { lines } = cart();
  const answers = await Promise.all(lines.map((line) => fetch(`/api/products/${line.id}`).catch(() => null)));
  for (const [i, answer] of answers.entries()) {
    if (answer?.ok) {
      const { name, price, currency } = await answer.json();
      change(lines[i].id, { name, price, currency });
    } else if (answer?.status === 404) {
      change(lines[i].id, null);
      say(text('gone', { name: lines[i].name }));
    }
  }
  if (JSON.stringify(cart().lines) !== JSON.stringify(lines)) show();
}

addEventListener('storage', show);
show();
refresh();
