// Passkeys (WebAuthn), the only thing in the house that needs JavaScript. Each form[data-key] says what it asks
// the device ("create" or "get") and with which options; the device's answer is posted in its field `answer`.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function opened(options) {
  const named = (list) => list?.map((each) => ({ ...each, id: bytes(each.id) }));
  const user = options.user && { ...options.user, id: bytes(options.user.id) };
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(user && { user }),
    ...(options.excludeCredentials && { excludeCredentials: named(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: named(options.allowCredentials) }),
  };
}

function written(credential) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = {};
  for (const name of names) if (credential.response[name]) response[name] = text(credential.response[name]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

for (const form of document.querySelectorAll("form[data-key]")) {
  if (!window.PublicKeyCredential) break;
  const place = form.closest("[data-key-place]");
  for (const other of place.querySelectorAll("[data-without-key]")) other.hidden = true;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value || !form.reportValidity()) return;
    event.preventDefault();
    try {
      const publicKey = opened(JSON.parse(form.dataset.options).publicKey);
      form.elements.answer.value = written(await navigator.credentials[form.dataset.key]({ publicKey }));
      form.submit();
    } catch {
      const failed = place.querySelector("[data-key-failed]");
      failed.hidden = false;
      failed.focus();
    }
  });
}
