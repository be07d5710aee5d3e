// What happens when something happens: listeners gather inputs, call, show that they wait, and hand out the results.

import { randomName } from "./api.js";
import { Call } from "./call.js";
import { text } from "./strings.js";
import { same, set } from "./dom.js";

const PAUSE_MS = 150; // of typing or dragging, before a listener that wants only the last value is called

export class Listeners {
  #api;
  #nodes;
  #dependencies;
  #byEvent = new Map(); // "id:event" → dependencies
  #calls = new Map(); // dependency id → its calls under way
  #again = new Map(); // dependency id → the trigger that came while it was busy
  #pauses = new Map();
  #stops = new Map(); // buttons that do nothing but cancel → the dependencies they cancel
  #fields = new Map(); // text fields that a call can be stopped from → the dependencies they cancel
  #chat; // whether the app is a chat: what is said is shown before the server has heard it
  #announce;
  #notify;

  constructor(config, nodes, { api, announce, notify }) {
    this.#api = api;
    this.#nodes = nodes;
    this.#chat = config.mode === "chat_interface";
    this.#announce = announce;
    this.#notify = notify;
    this.#dependencies = config.dependencies.map((dependency, index) => ({ ...dependency, id: dependency.id ?? index }));
    this.#hear();
  }

  /** Find what listens to which event. */
  #hear() {
    this.#byEvent.clear();
    for (const dependency of this.#dependencies) {
      if (!this.#calls.has(dependency.id)) this.#calls.set(dependency.id, new Set());
      for (const [id, event] of dependency.targets ?? []) {
        const key = event === "load" ? "load" : `${id}:${event}`;
        this.#byEvent.set(key, [...(this.#byEvent.get(key) ?? []), dependency]);
      }
    }
    this.drew();
  }

  /** Find what of newly drawn nodes can stop calls. */
  drew() {
    this.#stops.clear();
    this.#fields.clear();
    this.#findStops();
  }

  /** Put what a function has drawn into its place on the page, with its listeners. */
  async #redraw(config) {
    const { page } = this.#nodes.get(config.layout.id);
    page.hear(config.dependencies);
    const others = this.#dependencies.filter(({ rendered_in: part }) => part !== config.render_id);
    this.#dependencies = [...others, ...config.dependencies];
    const { redraw } = await import("./redraw.js");
    await redraw(config, this.#dependencies, this.#nodes, page);
    this.#hear();
    for (const dependency of config.dependencies) {
      if (dependency.targets?.some(([, event]) => event === "load")) this.#trigger(dependency, null, null);
    }
  }

  /** Find the buttons that only cancel: they can be pressed while there is something to cancel. */
  #findStops() {
    for (const dependency of this.#dependencies) {
      for (const [id, event] of dependency.targets ?? []) {
        const field = event === "stop" && dependency.cancels?.length ? this.#nodes.made(id) : null;
        if (field?.stoppable) this.#fields.set(field, [...(this.#fields.get(field) ?? []), ...dependency.cancels]);
      }
      for (const button of this.#buttons(dependency)) {
        const all = this.#byEvent.get(`${button.id}:click`) ?? [];
        if (!all.length || !all.every((one) => this.#onlyCancels(one))) continue;
        this.#stops.set(button, all.flatMap(({ cancels }) => cancels));
      }
    }
    this.#showStops();
  }

  /** Whether a listener does nothing but end calls: one with a script, or with listeners after it, does more. */
  #onlyCancels({ id, cancels, backend_fn: calls, js }) {
    return cancels?.length && !calls && !js && !this.#dependencies.some(({ trigger_after: before }) => before === id);
  }

  #showStops() {
    const running = (ids) => ids.some((id) => this.#calls.get(id)?.size);
    for (const [button, ids] of this.#stops) button.block(!running(ids));
    for (const [field, ids] of this.#fields) field.stoppable(running(ids));
  }

  load() {
    for (const dependency of this.#byEvent.get("load") ?? []) this.#trigger(dependency, null, null);
  }

  /** Tell the listeners that `event` happened to `node`. */
  async emit(node, event, data) {
    const heard = this.#byEvent.get(`${node.id}:${event}`) ?? [];
    const ended = heard.flatMap((dependency) => this.#cancel(dependency));
    if (ended.length) await Promise.all(ended); // what they had yielded is read as an input
    for (const dependency of heard) {
      const hurried = node.constructor.typed && dependency.trigger_mode === "always_last";
      if (!hurried || (event !== "input" && event !== "change")) this.#trigger(dependency, node.id, data);
      else {
        clearTimeout(this.#pauses.get(dependency.id));
        const later = setTimeout(() => this.#trigger(dependency, node.id, data), PAUSE_MS);
        this.#pauses.set(dependency.id, later);
      }
    }
  }

  /** End the calls that a listener cancels; return promises of their ends. */
  #cancel({ cancels }) {
    return (cancels ?? []).flatMap((id) => [...(this.#calls.get(id) ?? [])].map((call) => call.cancel()));
  }

  async #trigger(dependency, source, told) {
    const ended = this.#cancel(dependency);
    if (ended.length) await Promise.all(ended);
    const busy = this.#calls.get(dependency.id).size > 0;
    if (busy && dependency.trigger_mode === "always_last") this.#again.set(dependency.id, [source, told]);
    if (busy && dependency.trigger_mode !== "multiple") return;
    const asked = new Set(dependency.component_prop_inputs);
    const input = (node, index) => (asked.has(index) ? { ...node.props, value: node.value } : node.value);
    const inputs = dependency.inputs.map((id, index) => this.#nodes.has(id) ? input(this.#nodes.get(id), index) : null);
    const data = dependency.js ? await this.#script(dependency, inputs) : inputs;
    if (!dependency.backend_fn || !data) {
      if (data && dependency.js) this.#show(dependency, data);
      return this.#after(dependency, Boolean(data), source);
    }
    this.#run(dependency, {
      data,
      event_data: dependency.collects_event_data ? told : null,
      fn_index: dependency.id,
      trigger_id: source,
      call_id: randomName(), // "Try again" sends it too: what arrived the first time is not applied twice
    });
  }

  /** Return what a listener's script makes of `inputs`; null if it failed. */
  async #script(dependency, inputs) {
    try {
      return await (await import("./scripts.js")).run(dependency, inputs, this.#notify);
    } catch (error) {
      this.#report(error, dependency);
      return null;
    }
  }

  async #run(dependency, payload) {
    const shown = (dependency.show_progress_on ?? dependency.outputs).map((id) => this.#nodes.get(id)).filter(Boolean);
    for (const id of [...dependency.inputs, ...dependency.outputs]) this.#nodes.get(id)?.failed(null);
    const call = new Call(dependency, shown, dependency.trigger_mode === "multiple" ? [] : this.#buttons(dependency));
    this.#calls.get(dependency.id).add(call);
    this.#showStops();
    call.begin(() => this.#announce(text.working));
    const takeBack = this.#echo(dependency, payload);
    let error = null;
    try {
      const output = await this.#send(dependency, payload, call);
      if (output) await this.#finish(dependency, output);
    } catch (caught) {
      error = caught;
    }
    takeBack();
    call.end();
    this.#calls.get(dependency.id).delete(call);
    this.#showStops();
    if (error) this.#report(error, dependency, () => this.#run(dependency, payload));
    else this.#announce(text.done);
    this.#after(dependency, !error && !call.abort.signal.aborted, payload.trigger_id);
    call.over();
    const waiting = this.#again.get(dependency.id);
    this.#again.delete(dependency.id);
    if (waiting) this.#trigger(dependency, ...waiting);
  }

  /** In a chat, show at once what the visitor says, and empty the field; return what takes that back if no answer has come. */
  #echo(dependency, { data, trigger_id: source }) {
    const of = (id) => this.#nodes.get(id);
    const at = dependency.inputs.findIndex((id) => /^(multimodal)?textbox$/.test(of(id)?.type));
    const chat = dependency.outputs.map(of).find((node) => node?.said);
    const message = data[at];
    if (!this.#chat || !chat || !said(message) || source === chat.id) return () => {};
    const field = of(dependency.inputs[at]);
    if (same(field.value, message)) field.update({ value: "" });
    const { length } = chat.value;
    chat.said(message);
    return () => {
      if (!chat.expected || said(field.value)) return;
      field.update({ value: message });
      chat.came = (messages) => messages.length > length && same(field.value, message) && field.update({ value: "" }); // it was kept after all
    };
  }

  #send(dependency, payload, call) {
    // A plain function cannot be ended: what it returns after it was cancelled is not shown.
    if (!dependency.types?.generator) return Promise.race([this.#api.run(dependency, payload), call.aborted]);
    const on = {
      queued: (...estimate) => call.queued(...estimate),
      started: (expected) => call.started(expected),
      progress: (levels) => call.progress(levels),
      log: (message) => this.#notify(message.level, message.log, message),
      data: (output) => this.#show(dependency, output.data),
    };
    return this.#api.submit(payload, on, call.abort.signal);
  }

  async #finish(dependency, output) {
    for (const message of output.logs ?? []) this.#notify(message.level, message.log, message);
    if (output.render_config) await this.#redraw(output.render_config);
    else this.#show(dependency, output.data);
    if (dependency.scroll_to_output) this.#nodes.get(dependency.outputs[0])?.element.scrollIntoView?.({ block: "nearest" });
    for (const id of output.changed_state_ids ?? []) {
      for (const listener of this.#byEvent.get(`${id}:change`) ?? []) {
        // A live function that takes and returns a State would otherwise call itself for ever.
        if (listener.id !== dependency.id) this.#trigger(listener, id, null);
      }
    }
  }

  /** Hand out the values and updates of a call, then tell who has changed by it. */
  #show(dependency, data) {
    const changed = [];
    const focused = document.activeElement;
    dependency.outputs.forEach((id, index) => {
      const node = this.#nodes.get(id);
      const value = data[index];
      if (!node || node.type === "state" || value === undefined) return;
      const before = structuredClone(node.value);
      if (value?.__type__ === "update") {
        const { __type__, ...props } = value;
        node.update(props);
      } else node.update({ value });
      if (!same(before, node.value)) changed.push(node);
    });
    keepFocus(focused);
    for (const node of changed) node.emit("change");
  }

  #report(error, dependency, retry) {
    const again = error.retry ? retry : null;
    const outputs = dependency.outputs.map((id) => this.#nodes.get(id)).filter((node) => node?.element.offsetParent);
    // A field that was asked from, and would have been emptied, does not repeat what the result says.
    const results = outputs.filter((node) => !(node.constructor.typed && dependency.inputs.includes(node.id)));
    if (error.visible === false) return;
    const message = error.message || text.failed;
    if (error.fields?.length === dependency.inputs.length) {
      dependency.inputs.forEach((id, index) => this.#nodes.get(id)?.failed(error.fields[index]?.message));
    } else (results.length ? results : outputs).forEach((node) => node.failed?.(message, again));
    this.#notify("error", message, { ...error, retry: again });
  }

  /** Trigger what follows a listener: the target of its event is theirs too, the event's data is the first one's alone. */
  #after(dependency, succeeded, source) {
    for (const next of this.#dependencies) {
      if (next.trigger_after !== dependency.id) continue;
      if (next.trigger_only_on_success && !succeeded) continue;
      if (next.trigger_only_on_failure && succeeded) continue;
      this.#trigger(next, source, null);
    }
  }

  #buttons(dependency) {
    return (dependency.targets ?? []).map(([id]) => this.#nodes.made(id)).filter((node) => node?.block);
  }
}

/** Whether a text field's value says something: it is a text, or has one, or files. */
const said = (value) => Boolean(value?.files?.length || (value?.text ?? value));

/** Where an update hid the element that had the focus (Submit becomes Stop), pass it to what stands beside it. */
function keepFocus(focused) {
  const hidden = focused?.closest("[hidden]");
  hidden?.parentElement?.querySelector(":scope > :not([hidden])")?.focus();
}
