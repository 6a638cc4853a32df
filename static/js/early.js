// Says before anything is painted that scripts run, modules among them, so that nothing moves when they do.
if ("noModule" in HTMLScriptElement.prototype) document.documentElement.classList.add("js");
