// What the visitor uses: buttons, fields to write in, things to tick, choose and drag.

import { Button } from "./controls/button.js";
import { Checkbox, CheckboxGroup, Radio } from "./controls/choices.js";
import { NumberField } from "./controls/field.js";
import { Slider } from "./controls/slider.js";
import { Textbox } from "./controls/textbox.js";

export const components = {
  button: Button,
  textbox: Textbox,
  number: NumberField,
  checkbox: Checkbox,
  checkboxgroup: CheckboxGroup,
  radio: Radio,
  slider: Slider,
};
