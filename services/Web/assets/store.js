// The browser's storage: the cart, and the orders it has placed. Other tabs share it and get changes by the event 'storage'.
const CART = 'cart', ORDERS = 'orders', MOST_LINES = 100, MOST_QUANTITY = 1000, MOST_ORDERS = 50;

const read = (name, otherwise) => {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    // Not written by this script: start with an empty one.
    return otherwise;
  }
};

const write = (name, value) => {
  localStorage.setItem(name, JSON.stringify(value));
  dispatchEvent(new CustomEvent('cart'));
};

const newCart = () => ({ key: crypto.randomUUID?.() ?? randomKey(), lines: [], sent: [] });

// Over plain HTTP from another machine a browser has no randomUUID.
const randomKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(16)).join('-');

/** The cart: its key makes repeated attempts one order; `sent` holds the bodies whose outcome is not known yet. */
export const cart = () => read(CART, null) ?? newCart();

export const cartCount = () => cart().lines.reduce((sum, line) => sum + line.quantity, 0);

// A price has two decimals at most. Whole cents, because as binary fractions 3 times 6.90 is 20.700000000000003, which is another total.
const cents = (line) => Math.round(line.price * 100) * line.quantity;

/** What lines of the cart cost, exactly. */
export const total = (...lines) => lines.reduce((sum, line) => sum + cents(line), 0) / 100;

/** Adds a quantity of a product to the cart. */
export function add(product, quantity) {
  const now = cart();
  const line = now.lines.find((l) => l.id === product.id);
  if (line) Object.assign(line, product, { quantity: Math.min(line.quantity + quantity, MOST_QUANTITY) });
  else if (now.lines.length < MOST_LINES) now.lines.push({ ...product, quantity });
  write(CART, now);
}

/** Changes one line of the cart; without changes it is removed. */
export function change(id, changes) {
  const now = cart();
  now.lines = now.lines.flatMap((line) => (line.id !== id ? [line] : changes ? [{ ...line, ...changes }] : []));
  write(CART, now);
}

/** Remembers what is about to be sent, so that its outcome can be found whatever happens. */
export function sending(body) {
  const now = cart();
  if (!now.sent.includes(body)) now.sent.push(body);
  write(CART, now);
}

/** The cart has become an order. What was put in since that attempt stays, under a new key. */
export function ordered(order) {
  const had = new Map(order.items.map((item) => [item.productId, item.quantity]));
  const lines = cart().lines.filter((line) => had.get(line.id) !== line.quantity);
  write(CART, { ...newCart(), lines });
  remember(order);
}

/** The orders of this browser, newest first. */
export const orders = () => read(ORDERS, []);

/** Notes an order, or its newer status. */
export function remember({ id, status, total, currency, createdAt }) {
  const others = orders().filter((order) => order.id !== id);
  const all = [...others, { id, status, total, currency, createdAt }].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  write(ORDERS, all.slice(0, MOST_ORDERS));
}

export const isFinal = (status) => ['Confirmed', 'Rejected', 'Cancelled'].includes(status);
