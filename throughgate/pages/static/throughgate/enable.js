// Tells the stylesheet that scripts run. Every page works without it.
document.documentElement.classList.add("js-enabled");
