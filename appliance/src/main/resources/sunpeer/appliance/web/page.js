'use strict';
// Renews the sections of this page every five seconds while somebody looks at it.
(() => {
  const live = document.getElementById('live');
  const clock = () => new Date().toLocaleTimeString('en-GB');
  const say = (text, lost) => {
    if (live.textContent !== text) live.textContent = text;
    live.classList.toggle('lost', lost);
  };
  let answered = clock();
  let moved = Date.now();
  let asked = false;
  const renew = async () => {
    if (document.hidden || asked) return;
    asked = true;
    try {
      const answer = await fetch('/', {cache: 'no-store', signal: AbortSignal.timeout(4500)});
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (fresh.documentElement.dataset.look !== document.documentElement.dataset.look) {
        location.reload();
        return;
      }
      const before = document.getElementById('asof').textContent;
      for (const part of fresh.querySelectorAll('[data-live]')) {
        const old = document.getElementById(part.id);
        if (old && old.outerHTML !== part.outerHTML) old.replaceWith(document.adoptNode(part));
      }
      document.title = fresh.title;
      if (document.getElementById('asof').textContent !== before) moved = Date.now();
      answered = clock();
      const stuck = Math.floor((Date.now() - moved) / 60000);
      if (stuck >= 5) say('the node answers, but has not moved for ' + stuck + ' min', true);
      else say('live', false);
    } catch (lost) {
      say('no answer since ' + answered + ', still trying', true);
    } finally {
      asked = false;
    }
  };
  setInterval(renew, 5000);
  document.addEventListener('visibilitychange', renew);
  renew();
})();
