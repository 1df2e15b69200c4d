// Starts what Wagtail's own templates start with a script inside the page, which our policy does not allow:
// <template data-init="initDateChooser" data-id="id_date" data-opts="{...}">, also in pieces added later.
(() => {
  const start = (mark) => {
    const begin = window[mark.dataset.init];
    const options = JSON.parse(mark.dataset.opts || "null");
    const id = mark.dataset.id;
    mark.remove();
    if (!begin) return;
    if (mark.dataset.init.startsWith("init")) begin(id, options);
    else if (id) new begin(id, options);
    else new begin(options);
  };
  const run = (root) => root.querySelectorAll("template[data-init]").forEach(start);
  run(document);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE || !node.parentNode) continue;
        if (node.matches("template[data-init]")) start(node);
        else run(node);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
