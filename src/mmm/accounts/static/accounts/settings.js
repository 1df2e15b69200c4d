// Shows a choice at once on the page where it is made; it is kept when the button is pressed.
const root = document.documentElement;
const mark = (name, value, usual) => { if (value === usual) delete root.dataset[name]; else root.dataset[name] = value; };

for (const form of document.querySelectorAll("form[data-display]")) {
  const show = () => {
    const of = (name) => new FormData(form).get(name);
    mark("text", of("text"), "1");
    mark("spacing", of("spacing"), "1");
    mark("motion", of("motion"), "device");
    const contrast = of("contrast");
    mark("contrast", contrast === "high" ? "high" : "", "");
    mark("scheme", ["light", "dark"].includes(contrast) ? contrast : "", "");
  };
  form.addEventListener("change", show);
  show(); // a browser that comes back may put an earlier choice in the form
}
