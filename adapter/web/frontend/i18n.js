// Words that a server of Gradio's names, and leaves to the page's language.

const MARK = "__i18n__";
const WORDS = {
  "chat_interface.additional_inputs": "Additional Inputs",
  "chat_interface.chatbot": "Chatbot",
  "chat_interface.conversation": "Conversation",
  "chat_interface.message_placeholder": "Type a message...",
  "chat_interface.new_chat": "New chat",
};

/** Return the text that `value` names, as JSON.parse asks for each. */
export function worded(_, value) {
  if (!value?.startsWith?.(MARK)) return value;
  const { key } = JSON.parse(value.slice(MARK.length));
  return WORDS[key] ?? key;
}
