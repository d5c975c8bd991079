// Asks the browser for a passkey and sends what it answers. Without it, a code does the same.
"use strict";
{
  const form = document.querySelector("form[data-passkey]");
  const said = document.querySelector("[data-passkey-said]");

  const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  const readable = (options) => {
    options.challenge = toBytes(options.challenge);
    if (options.user) options.user.id = toBytes(options.user.id);
    for (const each of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) each.id = toBytes(each.id);
    return options;
  };

  const writable = (found) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (found.response[name]) response[name] = toText(found.response[name]);
    }
    return {
      id: found.id, rawId: toText(found.rawId), type: found.type, response,
      clientExtensionResults: found.getClientExtensionResults(),
    };
  };

  const asked = async () => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    return (await answer.json()).request_options;
  };

  if (form && window.PublicKeyCredential) form.hidden = false;
  form?.addEventListener("submit", async (sending) => {
    sending.preventDefault();
    try {
      const publicKey = readable((await asked()).publicKey);
      if (form.dataset.passkey === "create") {
        publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
      }
      const found = await navigator.credentials[form.dataset.passkey]({ publicKey });
      form.elements.credential.value = JSON.stringify(writable(found));
      form.submit(); // which does not come back here
    } catch {
      said.textContent = form.dataset.none;
    }
  });
}
