// What is too small for 长辈版 on this page: text under 24 px, targets under 60 px. A list of sentences.
(() => {
  const wrong = [];
  const name = (node) => {
    const words = (node.innerText || node.value || node.getAttribute("aria-label") || "").trim().slice(0, 30);
    return `<${node.tagName.toLowerCase()} class="${node.getAttribute("class") || ""}"> ${words}`;
  };
  const isShown = (node) => {
    const box = node.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) return false;
    return node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !node.closest(".visually-hidden, .skip");
  };
  for (const node of document.body.querySelectorAll("*")) {
    if (node.closest("svg, option, script, noscript, iframe, swagger-ui") || !isShown(node)) continue;
    const hasText = Array.from(node.childNodes).some((child) => child.nodeType === 3 && child.nodeValue.trim());
    const size = parseFloat(getComputedStyle(node).fontSize);
    if ((hasText || node.matches("input, select, textarea")) && !node.matches("[type=checkbox], [type=radio]") && size < 23.95)
      wrong.push(`text of ${size}px: ${name(node)}`);
  }
  const targets = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  for (const node of document.body.querySelectorAll(targets)) {
    if (!isShown(node)) continue;
    // A link in running text is as high as its line; a tick counts with its label.
    if (node.matches("a") && getComputedStyle(node).display === "inline") {
      const around = node.closest("p, li, dd, td, th, figcaption");
      if (around && around.innerText.trim().length > node.innerText.trim().length + 3) continue;
    }
    const target = node.matches("[type=checkbox], [type=radio]") ? node.closest("label") || node : node;
    const box = target.getBoundingClientRect();
    if (box.height < 59.5 || box.width < 47.5) wrong.push(`target of ${Math.round(box.width)}×${Math.round(box.height)}: ${name(node)}`);
  }
  return [...new Set(wrong)];
})();
