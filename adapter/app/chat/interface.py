"""A ready-made chat around one function: its conversation is kept for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Literal

from adapter import context
from adapter.app.arguments import as_list
from adapter.app.blocks import Blocks
from adapter.app.chat.history import SavedConversations
from adapter.app.chat.options import IGNORED_OPTIONS, cards, field, refuse, rows
from adapter.app.chat.turns import ChatFunction, conversation, history_form
from adapter.app.examples import Examples
from adapter.app.listener import Visibility, name_of
from adapter.calls.docstring import docstring_summary
from adapter.calls.endpoint import Concurrency
from adapter.calls.event_data import EditData, SelectData
from adapter.compat.earlier_arguments import takes_earlier
from adapter.compat.modules import names_of
from adapter.components.base import Component
from adapter.components.chatbot import Chatbot, checked_form
from adapter.components.data import JSON
from adapter.components.layout import Accordion, Column, Group, Row
from adapter.components.multimodal_textbox import MultimodalTextbox
from adapter.components.pairs import Form
from adapter.components.shortcuts import component
from adapter.components.state import State
from adapter.components.text import Markdown, Textbox
from adapter.components.updates import skip
from adapter.components.values import jsonable
from adapter.components.wire_files import incoming
from adapter.errors import InvalidInput


class ChatInterface(Blocks):
    """A chat around one function, which gets a message and the conversation so far and returns the answer.

    The conversation is a State of the session: each turn is one call, and a turn that fails leaves
    it as it was. The function gets the earlier messages as dicts of ``role`` and ``content``; from
    the page the content is a list of dicts (``{"type": "text", "text": …}``), from the API it is
    what the messages were given as. It returns or yields a text, a dict or ``ChatMessage``, a
    component, or a list of these.

    Args:
        fn: ``fn(message, history, *additional inputs)``: plain, ``async``, or a generator that
            yields the answer as it grows.
        multimodal: whether a message is a dict of ``text`` and ``files`` (a list of paths).
        type: "tuples" or "messages": how the function gets the conversation, as in Gradio 5.
        chatbot: shows the conversation; its value is what a conversation starts from.
        textbox: takes the message.
        additional_inputs: components or their names; those that stand nowhere yet go into an
            accordion below.
        additional_inputs_accordion: its label, or the Accordion.
        additional_outputs: components that show what the function returns beside the answer.
        editable: whether the visitor can edit earlier messages, and so go on from there.
        examples: messages to start with; with additional inputs, rows of a message and their values.
        examples_label: above examples that have values for additional inputs.
        example_labels: shown instead of the examples.
        example_icons: paths or addresses of pictures beside them.
        run_examples_on_click: whether a chosen example is sent, or only put into the textbox.
        title: heading above, and of the browser's tab.
        description: Markdown below the title.
        flagging_mode: ``"never"`` is the default here; ``"manual"`` is noted only: the page has no Flag button.
        autofocus: whether the page starts in the textbox.
        autoscroll: whether the page follows the conversation.
        submit_btn: whether there is a button that sends; a text is its label.
        stop_btn: whether a generator can be stopped; a text is the button's label.
        show_progress: how a running call is shown.
        fill_height, fill_width: whether the page fills the window.
        api_name: in the API; the function's name if left out, ``False`` hides it.
        api_description: in the API's documentation; the docstring if left out.
        api_visibility: whether the API documents and takes calls of it.
        save_history: whether the visitor's browser keeps the conversations, to go back to. (``persist_session=True``
            keeps the one that is shown over a reload, on the server.)
        validator: gets each message that the page sends before the function does; see ``validate``.
        concurrency: see ``Endpoint``.
        options: further options of ``Blocks`` and of Gradio's; those that the adapter does not have raise.

    Attributes:
        chatbot: shows the conversation.
        textbox: takes the message.
        chatbot_state: the session's conversation.
        chatbot_value: an output for other listeners of the app: what is put there becomes the conversation.

    Raises:
        NotAvailable: an option of Gradio's that the adapter does not have.
    """

    @takes_earlier("ChatInterface")
    def __init__(
        self,
        fn: Any,
        *,
        multimodal: bool = False,
        type: Form | None = None,
        chatbot: Chatbot | None = None,
        textbox: Textbox | MultimodalTextbox | None = None,
        additional_inputs: str | Component | Sequence[str | Component] | None = None,
        additional_inputs_accordion: str | Accordion | None = None,
        additional_outputs: Component | Sequence[Component] | None = None,
        editable: bool = False,
        examples: Sequence[Any] | None = None,
        examples_label: str | None = "Examples",
        example_labels: Sequence[str] | None = None,
        example_icons: Sequence[str] | None = None,
        run_examples_on_click: bool = True,
        title: str | None = None,
        description: str | None = None,
        flagging_mode: Literal["never", "manual"] | None = None,
        autofocus: bool = True,
        autoscroll: bool = True,
        submit_btn: str | bool | None = True,
        stop_btn: str | bool | None = True,
        show_progress: Literal["full", "minimal", "hidden"] = "minimal",
        fill_height: bool = True,
        fill_width: bool = False,
        api_name: str | Literal[False] | None = None,
        api_description: str | Literal[False] | None = None,
        api_visibility: Visibility = "public",
        save_history: bool = False,
        validator: Callable[..., Any] | None = None,
        concurrency: Concurrency | None = None,
        **options: Any,
    ) -> None:
        refuse(flagging_mode=flagging_mode)
        options = {name: value for name, value in options.items() if name not in IGNORED_OPTIONS}
        super().__init__(
            mode="chat_interface", title=title or "Gradio", fill_height=fill_height, fill_width=fill_width, **options
        )
        self.fn: Any = fn.fn if isinstance(fn, ChatInterface) else fn
        self.editable = editable
        self.run_examples_on_click = run_examples_on_click
        self.additional_inputs = [component(one) for one in as_list(additional_inputs)]
        self.additional_outputs: list[Component] = as_list(additional_outputs)
        self.multimodal = multimodal or isinstance(textbox, MultimodalTextbox)
        self.validator = validator
        self.examples = rows(examples, multimodal=self.multimodal)
        values = [value for row in self.examples for value in row[1:] if self.additional_inputs]
        self._with_values = any(value is not None for value in values)
        self._shared: dict[str, Any] = {"show_progress": show_progress, "concurrency": concurrency}
        stands_in_another = context.root.get() is not None
        unplaced = [one for one in self.additional_inputs if not _stands(one)]
        for one in (chatbot, textbox):
            if one is not None:
                one.unrender()
        form = checked_form(type) or history_form(self.fn)
        with self:
            self.saved = SavedConversations(self.id) if save_history else None
            with Column(), self.saved.beside() if self.saved else nullcontext():
                if title:
                    Markdown(f"<h1 style='text-align: center; margin-bottom: 1rem'>{title}</h1>")
                if description:
                    Markdown(description)
                self.chatbot = self._shown(chatbot, autoscroll, cards(examples, example_labels, example_icons))
                with Group(), Row():
                    self.textbox = field(
                        textbox, multimodal=self.multimodal, autofocus=autofocus, submit_btn=submit_btn
                    )
                if form == "tuples":
                    self.chatbot.type = form
                self.response = _Reply(label="Response", visible=False)
                first = [*self.chatbot.value]
                self.chatbot_state = State(first)
                self.chatbot_value = State(first)
                if self._with_values:
                    fields = [self.textbox, *self.additional_inputs]
                    Examples([row[: len(fields)] for row in self.examples], fields, label=examples_label)
                self._place(unplaced, additional_inputs_accordion)
            self.turns = ChatFunction(
                self.fn,
                self.chatbot,
                extras=len(self.additional_inputs),
                more_outputs=len(self.additional_outputs),
                streams=stands_in_another,
                multimodal=self.multimodal,
                form=form,
            )
            self._listen_to_api(api_name, api_description, api_visibility)
            self._listen_to_page(stop_btn)

    # -- what it is made of -------------------------------------------------------------------

    def _shown(self, given: Chatbot | None, autoscroll: bool, shown: list[dict[str, Any]]) -> Chatbot:
        shown = [] if self._with_values else shown
        if given is None:
            return Chatbot(label="Chatbot", scale=1, autoscroll=autoscroll, examples=shown, editable=self._editors)
        if shown:
            given.examples = Chatbot(examples=shown, render=False).examples
        given.editable = given.editable or self._editors
        return given.render()

    @property
    def _editors(self) -> Literal["user"] | None:
        return "user" if self.editable else None

    def _place(self, unplaced: list[Component], accordion: str | Accordion | None) -> None:
        if not unplaced:
            return
        if isinstance(accordion, Accordion):
            accordion.unrender().render()
        else:
            accordion = Accordion(accordion or "Additional Inputs", open=accordion is not None)
        with accordion:
            for one in unplaced:
                one.render()

    # -- what happens on its events -------------------------------------------------------------

    def _listen_to_api(self, name: Any, description: Any, visibility: Visibility) -> None:
        # Gradio's chat has lambdas of its own on both sides of the function, which the app's are numbered after.
        self.reserve("lambda", "lambda")
        self.listen(
            [],
            self.turns.for_api(),
            [self.textbox, self.chatbot_state, *self.additional_inputs],
            [self.response, self.chatbot_state, *self.additional_outputs],
            api_name=name if name is not None else name_of(self.fn, None),
            api_description=description if description is not None else docstring_summary(self.fn) or False,
            api_visibility=visibility,
            concurrency=self._shared["concurrency"],
        )
        clickable = bool(self.examples) and not self._with_values
        more = 3 * clickable + 3 * bool(self.editable) + 4 * (self.saved is not None)
        self.reserve(*["lambda"] * (12 + more))

    def _listen_to_page(self, stop_btn: str | bool | None) -> None:
        """Add what visitors can do: each is one call."""
        chat, state, turns = self.chatbot, self.chatbot_state, self.turns
        kept = [state, *self.additional_inputs]
        hidden: dict[str, Any] = {"api_visibility": "undocumented"}
        turn: dict[str, Any] = {
            "outputs": [self.textbox, chat, state, *self.additional_outputs],
            "api_name": "_submit_fn",
            **self._shared,
            **hidden,
        }
        submitted = turns.for_page(lambda said, before: (said, before), takes_message=True, field=self._emptied)
        running = [self.textbox.submit(submitted, [self.textbox, *kept], validator=self._validator(), **turn)]
        running.append(chat.retry(turns.for_page(lambda _, before: turns.last(before)), kept, **turn))
        chosen = turns.for_page(lambda event, before: (turns.said(str(event.value)), before), event=SelectData)
        running.append(chat.option_select(chosen, kept, **turn))
        if self.editable:
            edited = turns.for_page(
                lambda event, before: turns.instead(event.value, before, _place(event)), event=EditData
            )
            running.append(chat.edit(edited, kept, **turn))
        if self.examples and not self._with_values and self.run_examples_on_click:
            begun = turns.for_page(lambda event, before: (self._example(event), []), event=SelectData)
            running.append(chat.example_select(begun, kept, **turn))
        elif self.examples and not self._with_values:

            def put(event: SelectData) -> Any:
                return self._example(event)

            chat.example_select(put, None, self.textbox, queue=False, **hidden)
        if turns.is_generator and stop_btn:
            # What the stopped turn has said is kept; the lease waits until that stands in the session.
            shown: dict[str, Any] = {"api_name": "_stopped", "concurrency": "lease", "show_progress": "hidden"}
            stopped = self.textbox.stop(None, None, None, cancels=running)
            running.append(stopped.then(_same, state, chat, queue=False, **shown, **hidden))

        def undo(before: list[Any]) -> tuple[Any, list[Any], list[Any]]:
            said, rest = turns.last(conversation(chat, before))
            return said, rest, rest

        running.append(chat.undo(undo, state, [self.textbox, chat, state], api_name="_undo", queue=False, **hidden))
        cleared = chat.clear(_nothing, None, state, api_name="_clear", queue=False, **hidden)
        if self.saved is not None:
            self.saved.listen(self, changed=running, cleared=cleared)
        given = self.chatbot_value
        given.change(_both, given, [chat, state], api_name="_set", queue=False, show_progress="hidden", **hidden)
        if self.persist_session:
            self.load(_same, state, chat, api_name="_load", queue=False, show_progress="hidden", **hidden)

    def _validator(self) -> Callable[..., Any] | None:
        """Return the validator as the listener calls it, which has more inputs than the message."""
        check = self.validator
        if check is None:
            return None

        def validator(message: Any, *_: Any) -> Any:
            return check(message)

        return validator

    def _example(self, event: SelectData) -> Any:
        """Return the chosen example as a message."""
        chosen = event.value if isinstance(event.value, dict) else {"text": event.value}
        files = [str(incoming(self.chatbot, file)) for file in chosen.get("files") or ()]
        return self.turns.said(str(chosen.get("text", "")), files)

    def _emptied(self) -> Any:
        """Return what a turn gives the textbox: the page of a chat has emptied it before, other pages do not."""
        return skip() if self._host is None else ""


class _Reply(JSON):
    """What the function answered, as it is: a text is not parsed."""

    def postprocess(self, value: Any) -> Any:
        return jsonable(value)


def _stands(one: Component) -> bool:
    root = context.root.get()
    return isinstance(root, Blocks) and one.id in root.blocks


def _place(event: EditData) -> tuple[int, ...]:
    """Return the number of the edited message, or of its pair, and perhaps of its part or side."""
    place: tuple[Any, ...] = tuple(event.index) if isinstance(event.index, list | tuple) else (event.index,)
    if not place or not all(isinstance(one, int) and one >= 0 for one in place):
        raise InvalidInput(
            f"event_data has the index {str(event.index)[:80]!r}; give the number of the edited message."
        )
    return place


def _nothing() -> list[Any]:
    return []


def _same(value: Any) -> Any:
    return value


def _both(value: Any) -> tuple[Any, Any]:
    return value, value


if not TYPE_CHECKING:  # type checkers are to know what is missing
    __getattr__ = names_of("chat_interface")
