// What somebody can do with a page: print it, and have it read aloud. Without JavaScript the buttons would do
// nothing, so it is this that shows them.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Reads the page aloud, only with a voice of the device itself: nothing is sent anywhere. The button shows itself
// when there is such a voice for the language of the page. Leaving the page ends it.
const blocks = "h1, h2, h3, h4, p, li, dt, dd, legend, label, th, td, blockquote";
const speech = globalThis.speechSynthesis;
const language = document.documentElement.lang.slice(0, 2);
const voice = () => speech?.getVoices().find((one) => one.localService && one.lang.slice(0, 2).toLowerCase() === language);

// What stands in the content, in order, each text once; text areas and what is hidden are left out.
const texts = () => [...document.querySelectorAll("main :is(" + blocks + ")")]
  .filter((one) => one.checkVisibility() && !one.querySelector(blocks) && !one.closest(".no-print, [data-aloud]"))
  .map((one) => one.innerText.trim())
  .filter(Boolean);

for (const button of document.querySelectorAll("[data-aloud]")) {
  const words = button.querySelector("span");
  const start = words.textContent;
  const ready = () => { button.hidden = !voice(); };
  const ended = () => { words.textContent = start; };
  const stop = () => { speech.cancel(); ended(); };
  const read = () => {
    const all = texts();
    all.forEach((text, number) => {
      const piece = new SpeechSynthesisUtterance(text);
      piece.voice = voice();
      piece.lang = document.documentElement.lang;
      if (number === all.length - 1) piece.onend = ended;
      speech.speak(piece);
    });
    words.textContent = button.dataset.aloud;
  };
  if (!speech) continue;
  ready();
  speech.addEventListener?.("voiceschanged", ready);
  button.addEventListener("click", () => (words.textContent === start ? read() : stop()));
  addEventListener("pagehide", () => speech.cancel());
  document.addEventListener("mmm:leave", () => speech.cancel());
}
