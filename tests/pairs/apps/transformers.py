"""Stands in for transformers: tokens are letters, and the model says what it was told, louder."""

END = "<|endoftext|>"


class AutoTokenizer:
    eos_token = END
    eos_token_id = 50256

    @classmethod
    def from_pretrained(cls, name):
        assert name == "microsoft/DialoGPT-medium"
        return cls()

    def encode(self, text, return_tensors):
        assert return_tensors == "pt"
        return [[self.eos_token_id if one == "\0" else ord(one) for one in text.replace(END, "\0")]]

    def decode(self, tokens):
        return "".join(END if one == self.eos_token_id else chr(one) for one in tokens)


class AutoModelForCausalLM:
    @classmethod
    def from_pretrained(cls, name):
        return cls()

    def generate(self, ids, max_length, pad_token_id):
        [row] = ids
        said = [ord(chr(one).upper()) for one in row if one != pad_token_id]
        return [[*row, *said, ord("!"), pad_token_id][:max_length]]
