// Saves a <form data-autosave> by itself: after a rest in typing, and when the page is hidden or left.
//
// The server answers {saved: "14.32", version: 7}. 409 means that another device saved too: the form is sent the
// ordinary way, so that the page with both texts comes. Without network the text waits in sessionStorage, under
// the address of the page, until it is acknowledged; signing out throws it away.
const rest = 900; // ms
const again = [2000, 5000, 15000, 30000]; // ms between tries without network

const hex = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const kept = {
  read: (key) => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
  write: (key, value) => { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
  drop: (key) => { try { sessionStorage.removeItem(key); } catch { /* forbidden */ } },
};
// On a shared phone the next person must not get these words: they are kept under who is signed in.
const all = "mmm-unsent:";
const prefix = `${all}${document.documentElement.dataset.who ?? ""}:`;
const forget = (wanted) => Object.keys(sessionStorage).filter(wanted).forEach(kept.drop);

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = prefix + location.pathname;
    this.line = document.querySelector("[data-saved]");
    this.sent = this.words();
    this.tries = 0;
    this.restore();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", () => this.stop());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
    addEventListener("pagehide", () => this.leave());
    // The quick way out (exit.js) waits a moment for this; afterwards nothing more is sent from here.
    document.addEventListener("mmm:leave", (event) => {
      if (!this.ended && this.words() !== this.sent) event.detail.push(this.save(true));
      this.ended = true;
    });
    addEventListener("online", () => this.save());
  }

  // What the person filled in; tokens, once-key and version are not words.
  words() {
    const data = new FormData(this.form);
    for (const name of ["once", "version", "turn", "csrfmiddlewaretoken"]) data.delete(name);
    return JSON.stringify([...data]);
  }

  // Each save of this page has a number, so that one that overtakes another is known for the newer.
  next() {
    const turn = this.form.elements.turn;
    if (turn) turn.value = Number(turn.value) + 1;
  }

  body() {
    this.next();
    const data = new FormData(this.form);
    data.set("once", hex());
    return new URLSearchParams(data);
  }

  // Words that were typed here but never acknowledged come back, unless the server has something newer.
  restore() {
    const saved = kept.read(this.key);
    if (!saved) return;
    const area = this.form.querySelector("textarea");
    if (area && saved.version === this.version() && saved.text !== area.value) {
      area.value = saved.text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      this.typed();
    } else {
      kept.drop(this.key);
    }
  }

  version() { return this.form.elements.version?.value ?? ""; }

  typed() {
    if (this.words() === this.sent) return;
    const area = this.form.querySelector("textarea");
    if (area) kept.write(this.key, { version: this.version(), text: area.value });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), rest);
  }

  stop() {
    this.ended = true;
    this.next();
    clearTimeout(this.timer);
    kept.drop(this.key);
  }

  leave() {
    if (!this.ended && this.words() !== this.sent) this.save(true);
  }

  async save(leaving = false) {
    clearTimeout(this.timer);
    const words = this.words();
    // Hiding and leaving come one after the other: the same words go once.
    if (this.ended || words === this.sent || words === this.going) return;
    if (this.busy && !leaving) return void (this.timer = setTimeout(() => this.save(), rest));
    this.busy = true;
    this.going = words;
    try {
      const body = this.body();
      const answer = await fetch(this.form.action, {
        method: "POST",
        body,
        // A browser sends at most 64 KB after the page is gone; longer text waits in sessionStorage.
        keepalive: leaving && String(body).length < 60000,
        credentials: "same-origin",
        redirect: "error",
        headers: { "X-Autosave": "1", "X-Requested-With": "fetch" },
      });
      if (answer.status === 409 || answer.status === 401 || answer.status === 403) return void (this.ended || this.ordinary());
      if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
      // Refused (too long, for one): the page itself explains it when the button is pressed.
      if (!answer.ok) return void this.say(this.line?.dataset.unsaved);
      const { saved, version } = await answer.json();
      if (this.form.elements.version) this.form.elements.version.value = version;
      this.sent = words;
      this.tries = 0;
      if (this.words() === words) kept.drop(this.key);
      else this.typed();
      this.say(this.line?.dataset.saved.replace("{time}", saved), true);
    } catch {
      this.say(this.line?.dataset.unsaved);
      this.timer = setTimeout(() => this.save(), again[Math.min(this.tries++, again.length - 1)]);
    } finally {
      this.busy = false;
      this.going = null;
    }
  }

  // Send the form as a button would: the answer is a page (both texts, or sign in again with the words carried).
  ordinary() {
    if (document.visibilityState === "hidden") return;
    this.stop();
    const once = this.form.elements.once;
    if (once) once.value = hex();
    const stay = Object.assign(document.createElement("input"), { type: "hidden", name: "stay", value: "1" });
    this.form.append(stay);
    this.form.submit();
  }

  say(text, good = false) {
    const words = this.line?.querySelector("span");
    if (!words || !text) return;
    // A reader hears the same sentence once, not after each rest.
    if (words.textContent !== text) words.textContent = text;
    this.line.classList.toggle("saved-wait", !good);
  }
}

// Words of somebody else in this tab go at once; one's own go at signing out and erasing.
forget((key) => key.startsWith(all) && !key.startsWith(prefix));
for (const form of document.querySelectorAll("form[data-forget]")) {
  form.addEventListener("submit", () => forget((key) => key.startsWith(all)));
}
for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
