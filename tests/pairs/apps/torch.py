"""Stands in for PyTorch: a tensor is a list of rows."""


def LongTensor(values):  # noqa: N802 - PyTorch's name
    return [list(values)]


def cat(tensors, dim):
    assert dim == -1
    return [[one for tensor in tensors for row in tensor for one in row]]
