// Copies words for another system at one press. Without it they are selected and copied by hand.
"use strict";
{
  const copied = async (words) => {
    words.select(); // whatever a browser allows, Ctrl-C then copies them
    try {
      await navigator.clipboard.writeText(words.value);
      return true;
    } catch {
      return document.execCommand("copy");
    }
  };

  for (const offer of document.querySelectorAll("template[data-copy]")) {
    const row = offer.content.firstElementChild.cloneNode(true);
    const said = row.querySelector("[role=status]");
    row.querySelector("button").addEventListener("click", async () => {
      const isCopied = await copied(document.getElementById(offer.dataset.copy));
      said.textContent = isCopied ? said.dataset.said : said.dataset.otherwise;
    });
    offer.after(row);
  }
}
