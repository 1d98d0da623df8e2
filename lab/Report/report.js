// Sets language and theme before anything is drawn; the page works without it, in English and the system's theme.
(() => {
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  // Storage may be forbidden, for example for a page opened from disk.
  const read = key => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* then only for now */ } };

  const speak = language => {
    root.lang = language;
    for (const button of document.querySelectorAll("[data-lang]"))
      button.setAttribute("aria-pressed", button.dataset.lang === language);
    const title = document.querySelector("title");
    document.title = title.dataset[language];
  };

  const theme = query.get("theme") ?? read("lab-theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const wanted = query.get("lang") ?? read("lab-lang") ?? navigator.language;
  const language = wanted.toLowerCase().startsWith("ko") ? "ko" : "en";
  speak(language);

  document.addEventListener("DOMContentLoaded", () => {
    speak(language);
    document.querySelector(".tools").hidden = false;
    for (const button of document.querySelectorAll("[data-lang]"))
      button.addEventListener("click", () => { speak(button.dataset.lang); keep("lab-lang", button.dataset.lang); });
    document.querySelector("[data-theme-switch]").addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      keep("lab-theme", root.dataset.theme);
    });
  });
})();
