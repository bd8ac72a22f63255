// Elements. Texts are always texts; only markup that the program has written goes in as markup.

/** Makes an element. Attributes whose value is null or false are left out, and `on` holds what listens. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

/** Puts other children into an element. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
}

/** Puts in markup that the program has written, in which every name is harmless. */
export function markup(parent, written) {
  if (parent.dataset.written === undefined || parent.written !== written) {
    parent.innerHTML = written ?? "";
    parent.written = written;
    parent.dataset.written = "";
  }
}

export const button = (label, press, attributes = {}) => element("button", { type: "button", on: { click: press }, ...attributes }, label);
