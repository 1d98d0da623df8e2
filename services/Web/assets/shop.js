// On every page: the number on the cart, the buttons that fill it, and times in the reader's own zone.
import { add, cartCount } from './store.js';
import { localTimes, say, text } from './words.js';

function showCount() {
  const count = document.getElementById('cart-count');
  count.hidden = cartCount() === 0;
  count.firstElementChild.textContent = cartCount();
}

function put(button, quantity) {
  const { add: id, name, price, currency, motif, glaze } = button.dataset;
  add({ id: Number(id), name, price: Number(price), currency, motif, glaze }, quantity);
  say(text('added', { name }));
}

for (const button of document.querySelectorAll('button[type=button][data-add]')) button.addEventListener('click', () => put(button, 1));
for (const form of document.querySelectorAll('form[data-buy]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    put(form.querySelector('[data-add]'), form.querySelector('input').valueAsNumber);
  });
}

addEventListener('cart', showCount);
addEventListener('storage', showCount);
showCount();
localTimes(document);
