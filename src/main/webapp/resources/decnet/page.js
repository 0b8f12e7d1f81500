// Times in the browser's zone; regions that follow the server without a reload, told by it or asking; copy buttons; local times for forms.
(function () {
  'use strict';
  const REFRESH_EVERY = 2000;
  const PUSHED_REFRESH_EVERY = 10000;
  const CHANNEL_AGAIN_AFTER = 30000;
  const language = document.documentElement.lang || undefined;
  const dayAndTime = new Intl.DateTimeFormat(language, {dateStyle: 'medium', timeStyle: 'medium'});
  const timeOnly = new Intl.DateTimeFormat(language, {timeStyle: 'medium'});
  const relative = new Intl.RelativeTimeFormat(language, {numeric: 'auto', style: 'short'});
  const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

  function ago(date) {
    const seconds = Math.round((date - Date.now()) / 1000);
    const unit = UNITS.find(function (u) { return Math.abs(seconds) >= u[1]; }) || UNITS[3];
    return relative.format(Math.trunc(seconds / unit[1]), unit[0]);
  }

  function local(date) {
    return date.toDateString() === new Date().toDateString() ? timeOnly.format(date) : dayAndTime.format(date);
  }

  function showTimes(root) {
    root.querySelectorAll('time[datetime]').forEach(function (time) {
      const date = new Date(time.dateTime);
      if (!isNaN(date)) {
        const text = time.dataset.ago ? ago(date) : local(date);
        if (time.textContent !== text) {
          time.textContent = text;
        }
        time.title = dayAndTime.format(date);
      }
    });
    root.querySelectorAll('title[data-at]').forEach(function (title) {
      title.dataset.text = title.dataset.text || title.textContent;
      title.textContent = local(new Date(title.dataset.at)) + ': ' + title.dataset.text;
    });
    root.querySelectorAll('[data-since]').forEach(function (chip) {
      const date = new Date(chip.dataset.since);
      chip.title = chip.dataset.tip.replace('{0}', dayAndTime.format(date) + ', ' + ago(date));
      chip.querySelectorAll('time').forEach(function (time) { time.title = chip.title; });
    });
  }

  // Makes one element like another and leaves alone what is alike, so that focus, selection and open details stay.
  function follow(old, fresh) {
    if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || (old.id || fresh.id) && old.id !== fresh.id) {
      old.replaceWith(fresh.cloneNode(true));
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== fresh.nodeValue) {
        old.nodeValue = fresh.nodeValue;
      }
      return;
    }
    followAttributes(old, fresh);
    const before = Array.from(old.childNodes);
    const after = Array.from(fresh.childNodes);
    if (after.some(function (node) { return node.id; })) {
      followKeyed(old, after);
      return;
    }
    after.forEach(function (node, i) {
      if (i < before.length) {
        follow(before[i], node);
      } else {
        old.append(node.cloneNode(true));
      }
    });
    before.slice(after.length).forEach(function (node) { node.remove(); });
  }

  function followAttributes(old, fresh) {
    Array.from(old.attributes).forEach(function (a) {
      if (!fresh.hasAttribute(a.name) && a.name !== 'open') {
        old.removeAttribute(a.name);
      }
    });
    Array.from(fresh.attributes).forEach(function (a) {
      if (old.getAttribute(a.name) !== a.value) {
        old.setAttribute(a.name, a.value);
      }
    });
  }

  // Moves as little as can be: what is moved loses the focus, what is made anew its ticks too.
  function followKeyed(old, after) {
    const elements = after.filter(function (node) { return node.nodeType === Node.ELEMENT_NODE; });
    const stays = new Set(elements.map(function (node) { return node.id; }).filter(Boolean));
    const known = new Map(Array.from(old.children).filter(function (c) { return c.id; }).map(function (c) { return [c.id, c]; }));
    let at = old.firstElementChild;
    function next() {
      const here = at;
      at = at.nextElementSibling;
      return here;
    }
    elements.forEach(function (node) {
      while (at && at.id && !stays.has(at.id)) {
        next().remove();
      }
      const alike = at && !at.id && at.nodeName === node.nodeName ? at : null;
      const same = node.id ? known.get(node.id) : alike;
      if (!same) {
        old.insertBefore(node.cloneNode(true), at);
        return;
      }
      if (same === at) {
        next();
      } else {
        old.insertBefore(same, at);
      }
      follow(same, node);
    });
    while (at) {
      next().remove();
    }
  }

  let lastHeard = new Date();
  let refreshing = false;
  let refreshAgain = false;

  async function refresh() {
    if (document.hidden) {
      return;
    }
    if (refreshing) {
      refreshAgain = true; // what is on its way may be from before the change
      return;
    }
    refreshing = true;
    try {
      const answer = await fetch(location.pathname + location.search, {cache: 'no-store'});
      if (answer.redirected) {
        location.reload(); // the session is over
        return;
      }
      if (!answer.ok) {
        throw new Error(answer.status);
      }
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      showTimes(fresh);
      showPicks(fresh);
      document.querySelectorAll('[data-live]').forEach(function (old) {
        const now = fresh.querySelector('[data-live="' + old.dataset.live + '"]');
        if (now) {
          follow(old, now);
        }
      });
      document.title = fresh.title;
      lastHeard = new Date();
      say(false);
    } catch (e) {
      say(true);
    } finally {
      refreshing = false;
      if (refreshAgain) {
        refreshAgain = false;
        refresh();
      }
    }
  }

  // The server says when something has changed. Only for pages in view: a browser keeps few connections to one server.
  let channel = null;
  let pushed = false;

  function listen() {
    if (channel || document.hidden) {
      return;
    }
    channel = new EventSource('changes');
    channel.onmessage = function () {
      pushed = true; // a proxy that holds messages back opens too
      refresh();
    };
    channel.onerror = function () {
      pushed = false;
      if (channel.readyState === EventSource.CLOSED) {
        channel = null;
        setTimeout(listen, CHANNEL_AGAIN_AFTER);
      }
    };
  }

  function hush() {
    if (channel) {
      channel.close();
      channel = null;
      pushed = false;
    }
  }

  function refreshIfDue() {
    if (!pushed || Date.now() - lastHeard > PUSHED_REFRESH_EVERY) {
      refresh();
    }
  }

  function say(stale) {
    const line = document.getElementById('stale');
    if (stale && line.hidden) {
      line.textContent = line.dataset.text.replace('{0}', dayAndTime.format(lastHeard));
    }
    line.hidden = !stale;
  }

  document.addEventListener('DOMContentLoaded', function () {
    showTimes(document);
    showPicks(document);
    document.querySelectorAll('[data-first]').forEach(ask);
    if (document.querySelector('[data-live]')) {
      listen();
      setInterval(refreshIfDue, REFRESH_EVERY);
      document.addEventListener('visibilitychange', function () {
        if (document.hidden) {
          hush();
        } else {
          listen();
          refresh();
        }
      });
    }
  });

  // One box for all of the page; without a script each is ticked by itself.
  document.addEventListener('change', function (event) {
    const form = event.target.dataset && event.target.dataset.picks;
    if (form) {
      document.querySelectorAll('input[type=checkbox][name=id][form="' + form + '"]')
        .forEach(function (box) { box.checked = event.target.checked; });
    }
  });

  function showPicks(root) {
    root.querySelectorAll('[data-picks]').forEach(function (box) { box.hidden = false; });
  }

  document.addEventListener('click', function (event) {
    const button = event.target.closest('[data-copy]');
    if (button) {
      navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent)
        .then(function () { button.textContent = button.dataset.copied; });
    }
  });

  // Asks the server about the fields of a region and shows the answer in it; the last question wins.
  // The answer is for those who may change something; for others the region names nobody to ask.
  function ask(region) {
    if (!region.dataset.ask) {
      return;
    }
    const fields = new URLSearchParams();
    region.querySelectorAll('input[name], textarea[name], select[name]').forEach(function (field) {
      if (field.type !== 'checkbox' || field.checked) {
        fields.append(field.name.split(':').pop(), field.value);
      }
    });
    const number = String(Number(region.dataset.asked || 0) + 1);
    region.dataset.asked = number;
    fetch(region.dataset.ask, {method: 'POST', body: fields})
      .then(function (answer) { return answer.text(); })
      .then(function (text) {
        const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-answer]');
        if (fresh && region.dataset.asked === number) {
          region.querySelector('[data-answer]').replaceChildren(...fresh.childNodes);
        }
      })
      .catch(function () { /* the form works without an answer */ });
  }

  const waiting = new Map();
  ['input', 'change'].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      const region = event.target.closest('[data-ask]');
      if (region && region.dataset.on === kind) {
        clearTimeout(waiting.get(region));
        waiting.set(region, setTimeout(ask, kind === 'input' ? 250 : 0, region));
      }
    });
  });

  document.addEventListener('click', function (event) {
    const button = event.target.closest('[data-asks]');
    if (button) {
      ask(button.closest('[data-ask]'));
    }
  });

  document.addEventListener('input', function (event) {
    const target = event.target.dataset && event.target.dataset.utc;
    if (target) {
      const date = new Date(event.target.value);
      document.getElementById(target).value = isNaN(date) ? '' : date.toISOString();
    }
  });
})();
