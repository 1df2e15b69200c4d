// Counts the characters of each [data-count] text area. Never cuts off: too long is told, the text stays.
const spoken = 1500; // ms of rest before the count is read out

for (const area of document.querySelectorAll("textarea[data-count]")) {
  const line = document.querySelector(`[data-count-for="${CSS.escape(area.id)}"]`);
  if (!line) continue;
  const limit = Number(area.dataset.count);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let timer;
  // The visible line changes at each key; a hidden copy is read out only after a rest, and only near the limit.
  const heard = document.createElement("span");
  heard.className = "vh";
  heard.setAttribute("role", "status");
  line.after(heard);

  const show = () => {
    // Code points, as the server counts them; the browser's "\r\n" on sending counts as one.
    const left = limit - [...area.value].length;
    const text = (left < 0 ? line.dataset.over : line.dataset.left).replace("{n}", number.format(Math.abs(left)));
    line.textContent = text;
    line.classList.toggle("count-over", left < 0);
    clearTimeout(timer);
    if (left < limit / 20) timer = setTimeout(() => (heard.textContent = text), spoken);
  };
  area.addEventListener("input", show);
  if (area.value) show();
}
