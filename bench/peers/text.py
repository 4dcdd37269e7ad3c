"""Records scikit-learn's answers for the step `text` of src/recipe.

Run with scikit-learn 1.9.1:
    python bench/peers/text.py > test/reference/recorded/text.json

TfidfVectorizer (words and pairs of words, sublinear_tf, smoothed idf, rows of length 1) and Ridge (alpha = 3, solved directly). The words are cut by
scikit-learn's own pattern with words of one letter added; the texts are ASCII in small letters, where both cut alike.
"""

import json
import sys

import numpy as np
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge

SEED = 20261127
rng = np.random.default_rng(SEED)
WORDS = "good bad tea coffee taste never again very the a of box late fast i love hate it not".split()
TRAIN, NEW = 80, 10
made = []
while len(made) < TRAIN + NEW:
    text = ", ".join(" ".join(rng.choice(WORDS, rng.integers(1, 8))) for _ in range(rng.integers(1, 4)))
    if text not in made:
        made.append(text)
made[TRAIN] = "nothing known here"
made[TRAIN + 1] = "tea tea tea tea, tea"
train, new = made[:TRAIN], made[TRAIN:]
tell = {"good": 2.0, "love": 3.0, "bad": -2.0, "hate": -3.0, "late": -1.0}
value = np.round([sum(tell.get(word.strip(","), 0) for word in text.split()) + rng.normal() for text in train], 3)

vectorizer = TfidfVectorizer(token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), min_df=5, sublinear_tf=True)
weighed = vectorizer.fit_transform(train)
ridge = Ridge(alpha=3.0, solver="cholesky").fit(weighed.toarray(), value)
terms = vectorizer.get_feature_names_out().tolist()

json.dump(
    {
        "seed": SEED,
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scikit-learn": sklearn.__version__},
        "train": train,
        "value": value.tolist(),
        "new": new,
        "idf": dict(zip(terms, vectorizer.idf_.tolist())),
        "scores": ridge.predict(vectorizer.transform(new).toarray()).tolist(),
    },
    sys.stdout,
    indent=1,
)
