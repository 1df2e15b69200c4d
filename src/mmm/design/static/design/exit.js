// The quick way out: one tap on "Snel weg", or Escape twice within a second.
//
// The page is white at once. Unsaved words are sent by autosave.js, which gets half a second; then the session ends
// at the server, by a request that goes on after the page is gone, and the browser is elsewhere. Without this
// script the form does the same a little slower.
const patience = 500; // ms
const twice = 1000; // ms

for (const form of document.querySelectorAll("form[data-exit]")) {
  const action = form.action;
  const elsewhere = form.dataset.exit;
  let going = false;

  const leave = async () => {
    if (going) return;
    going = true;
    document.documentElement.hidden = true;
    document.title = "\u2026";
    const saving = [];
    document.dispatchEvent(new CustomEvent("mmm:leave", { detail: saving }));
    document.body.replaceChildren();
    if (saving.length) await Promise.race([Promise.all(saving), new Promise((done) => { setTimeout(done, patience); })]);
    try { sessionStorage.clear(); } catch { /* forbidden */ }
    try { fetch(action, { method: "POST", keepalive: true, credentials: "same-origin" }).catch(() => {}); } catch { /* gone */ }
    location.replace(elsewhere);
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
  let last = -twice;
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - last < twice) leave();
    last = event.timeStamp;
  }, true);
  // Whoever comes back to a page that the browser kept alive finds it white, and the server without a session.
  addEventListener("pageshow", (event) => { if (event.persisted && going) location.replace(elsewhere); });
}
