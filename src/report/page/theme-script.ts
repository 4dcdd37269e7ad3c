/** The only script of the page: a button that goes from the system's theme to the other one. Without it the page follows the system. */
export const THEME_SCRIPT = `(function () {
  var root = document.documentElement;
  var button = document.getElementById("theme");
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function isDark() { return (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark"; }
  function label() { button.textContent = isDark() ? "Light theme" : "Dark theme"; }
  try { var kept = localStorage.getItem("oldhand-theme"); if (kept === "dark" || kept === "light") root.dataset.theme = kept; } catch (error) {}
  button.hidden = false;
  button.addEventListener("click", function () {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("oldhand-theme", root.dataset.theme); } catch (error) {}
    label();
  });
  dark.addEventListener("change", label);
  label();
})();`;
