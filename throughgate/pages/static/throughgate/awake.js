// Says, some minutes before a session ends, that it will, and keeps it awake if somebody presses the button.
// Without it nothing is lost either: what was typed too late waits to be sent on.
"use strict";
{
  const notice = document.querySelector("[data-awake]");
  const WARNED_MS = 3 * 60 * 1000;
  let timer;

  const wait = () => {
    clearTimeout(timer);
    notice.hidden = true;
    timer = setTimeout(() => { notice.hidden = false; }, notice.dataset.awake * 60 * 1000 - WARNED_MS);
  };

  if (notice) {
    wait();
    notice.querySelector("form").addEventListener("submit", async (sending) => {
      sending.preventDefault();
      const form = sending.target;
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" });
      if (answer.ok) wait();
    });
  }
}
