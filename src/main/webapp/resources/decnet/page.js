// Times in the browser's zone, also after an update of the page; and the copy button.
(function () {
  'use strict';
  const short = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'medium'});
  function local(iso) {
    const date = new Date(iso);
    return isNaN(date) ? iso : short.format(date);
  }
  function show(root) {
    root.querySelectorAll('time[datetime]:not([data-local])').forEach(function (time) {
      time.textContent = local(time.dateTime);
      time.title = time.dateTime;
      time.dataset.local = 'yes';
    });
    root.querySelectorAll('[data-since]').forEach(function (chip) {
      chip.title = 'Tripped since ' + local(chip.dataset.since) + '. Re-enable via Edit';
      const time = chip.querySelector('time');
      if (time) {
        time.title = chip.title;
      }
    });
  }
  document.addEventListener('DOMContentLoaded', function () {
    show(document);
    new MutationObserver(function () { show(document); }).observe(document.body, {childList: true, subtree: true});
  });
  document.addEventListener('click', function (event) {
    const button = event.target.closest('[data-copy]');
    if (button) {
      navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent)
        .then(function () { button.textContent = 'Copied'; });
    }
  });
})();
