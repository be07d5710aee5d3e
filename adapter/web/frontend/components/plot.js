// A figure: a picture as Matplotlib draws it, or a chart from what Plotly and Altair describe.

import { text } from "../strings.js";
import { h } from "../dom.js";
import { Component } from "../nodes.js";
import { picture } from "./addresses.js";
import { enlarge, tool } from "./image.js";
import { viewTexts } from "./image/texts.js";
import { texts } from "./upload/texts.js";

class Plot extends Component {
  static single = false;

  body() {
    this.frame = h("div", { class: "sf-frame" });
    this.slot.append(this.frame);
    this.save = tool(text.download, () => this.download(), `${text.download} ${this.called}`);
    this.whole = tool(viewTexts.fullscreen, () => enlarge(this.frame), `${viewTexts.fullscreen} ${this.called}`);
    this.tools.append(this.save, this.whole);
  }

  refresh(changes) {
    super.refresh(changes);
    if (!("value" in changes)) this.show();
  }

  show() {
    const { type, plot } = this.props.value ?? {};
    this.save.hidden = this.whole.hidden = !plot;
    if (!plot) return this.frame.replaceChildren(h("p", { class: "sf-soft" }, viewTexts.plot.none));
    if (type === "matplotlib") return this.frame.replaceChildren(picture({ url: plot }, this.page, this.called));
    this.drawChart(type, plot);
  }

  async drawChart(type, plot) {
    const { figure } = await import("./figure.js");
    if (this.props.value?.plot === plot) this.frame.replaceChildren(figure(type, plot, this.called));
  }

  download() {
    const { type, plot } = this.props.value;
    const drawn = type === "matplotlib";
    const address = drawn ? plot : URL.createObjectURL(new Blob([plot], { type: "application/json" }));
    const ending = drawn ? (/^data:image\/(\w+)/.exec(plot)?.[1] ?? "png") : "json";
    h("a", { href: address, download: `plot.${ending}` }).click();
    if (!drawn) setTimeout(() => URL.revokeObjectURL(address), 1000);
  }
}

export const components = { plot: Plot };
