"""The graded sets as plain dictionaries: 48 to train on (data/), three to develop on (testdata of pkg/match, never trained on).

A set holds `name`, `ids` and `docs` of its stories, `tags` (their competencies, strongest first) and `parts`: first its
questions, then its posting lines, each with `texts`, `g` (grades 0 to 3, [texts, stories]) and, for questions, `tags`.
A development set holds `texts` and `g` of its questions itself.
"""
import glob
import os
import re

import numpy as np
import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "data")
DEVELOPMENT = os.path.join(os.path.dirname(HERE), "pkg", "match", "testdata")
# The fields of a story file that tell what happened, in the order in which they are read.
FIELDS = ("problem", "task", "investigation", "root_cause", "resolution", "impact", "lessons")


def read_yaml(*path):
    with open(os.path.join(*path), encoding="utf-8") as f:
        return yaml.safe_load(f)


def read_columns(*path):
    with open(os.path.join(*path), encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if "\t" in line]


# In the order of the rows of the encoder's heads.
COMPETENCIES = [c["id"] for c in read_yaml(DATA, "competencies.yaml")]
PROBES = [c["probes"] for c in read_yaml(DATA, "competencies.yaml")]
SHOWS = [c["shows"] for c in read_yaml(DATA, "competencies.yaml")]


def sentences(text):
    """Where the sentences of a text begin and end."""
    cuts = [0] + [m.end() for m in re.finditer(r"[.!?]\s+", text)] + [len(text)]
    return list(zip(cuts, cuts[1:]))


def read_grades(path, queries, stories):
    """The grade matrix of a judgments file: a line a query, `q-01: story=3 other=2`; what is not listed is 0."""
    row, col = ({name: i for i, name in enumerate(names)} for names in (queries, stories))
    grades = np.zeros((len(queries), len(stories)), np.float32)
    with open(path, encoding="utf-8") as f:
        for line in f:
            query, _, rest = line.strip().partition(":")
            for pair in rest.split() if query in row else ():
                story, _, grade = pair.rpartition("=")
                grades[row[query], col[story]] = float(grade)
    return grades


def training_set(folder):
    stories, questions, jobs = (read_yaml(folder, f + ".yaml") for f in ("stories", "questions", "jobs"))
    ids, lines = [s["id"] for s in stories], [l for j in jobs for l in j["lines"]]

    def part(file, asked):
        return dict(texts=[a["text"] for a in asked], tags=[a.get("tags") or [] for a in asked],
                    g=read_grades(os.path.join(folder, file), [a["id"] for a in asked], ids))

    return dict(name=os.path.basename(folder), ids=ids, tags=[s["tags"] for s in stories],
                docs=[s["title"].rstrip(".") + ". " + s["text"] for s in stories],
                parts=[part("judgments.txt", questions), part("job-judgments.txt", lines)])


def training_sets(without=()):
    """The training sets in the order of their names, but for some."""
    return [training_set(d) for d in sorted(glob.glob(os.path.join(DATA, "??"))) if os.path.basename(d) not in without]


def flat(value):
    return ". ".join(map(str, value)) if isinstance(value, list) else str(value)


def dev_set(folder):
    files = sorted(glob.glob(os.path.join(folder, "library", "*.yaml")))
    ids, read = [os.path.basename(f)[:-5] for f in files], [read_yaml(f) for f in files]
    questions = read_yaml(folder, "questions.yaml")
    row, col = {q["id"]: i for i, q in enumerate(questions)}, {name: i for i, name in enumerate(ids)}
    g = np.zeros((len(questions), len(ids)), np.float32)
    for query, story, grade in read_columns(folder, "judgments.tsv"):
        if query in row:
            g[row[query], col[story]] = float(grade)
    tags = {story: claimed.split(",") for story, claimed in read_columns(folder, "tags.tsv")}
    return dict(name=os.path.basename(folder), ids=ids, tags=[tags.get(i, []) for i in ids],
                docs=[". ".join([s["title"]] + [flat(s[k]) for k in FIELDS if k in s]) for s in read],
                texts=[q["text"] for q in questions], g=g)


def dev_sets(folder=DEVELOPMENT):
    return [dev_set(os.path.join(folder, name)) for name in ("eval", "eval-2", "eval-3")]
