// The words come with the page, in its language: <template id="texts">.
const texts = document.getElementById('texts').content;

/** A text of the page's language, with {name} filled in from values; undefined when there is none of that name. */
export function text(name, values = {}) {
  const found = texts.querySelector(`[data-name="${CSS.escape(name)}"]`)?.textContent;
  return found?.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '');
}

/** An amount as the page's language writes it. */
export const money = (amount, currency) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency }).format(amount);

/** A moment in the reader's own time zone. */
export const moment = (at) =>
  new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });

/** Turns the server's UTC times below an element into local ones. */
export function localTimes(element) {
  for (const time of element.querySelectorAll('time[datetime]')) time.textContent = moment(time.dateTime);
}

/** A copy of what a template holds. */
export const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

let silence;

/** Shows a short message and has screen readers announce it. */
export function say(message) {
  const said = document.getElementById('said');
  said.textContent = message;
  clearTimeout(silence);
  silence = setTimeout(() => said.replaceChildren(), 5000);
}
