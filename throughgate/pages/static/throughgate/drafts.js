// Keeps what is being typed as a draft: after a pause, and when the page is left. Without it, a button does so.
"use strict";
{
  const PAUSE_MS = 3000;
  const form = document.querySelector("form[data-draft]");
  const said = document.querySelector("[data-draft-said]");
  let isSent = false;
  let timer;

  const typed = () => new URLSearchParams(new FormData(form));

  const keep = async (isLeaving) => {
    clearTimeout(timer);
    const now = typed();
    if (isSent || now.toString() === kept) return;
    const before = kept;
    kept = now.toString();
    now.set("deed", "draft");
    try {
      const answer = await fetch(location.href, {
        method: "POST", body: now, headers: { Accept: "text/plain" }, keepalive: isLeaving, redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.status);
      said.textContent = await answer.text();
    } catch {
      kept = before; // tried again at the next key; until then the page says when it was kept last
    }
  };

  let kept = form && typed().toString();
  if (form) {
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE_MS, false);
    });
    form.addEventListener("submit", () => { isSent = true; });
    addEventListener("pageshow", () => { isSent = false; }); // back again by the browser's arrow
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
  }
}
