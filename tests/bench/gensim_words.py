# Words a second of processor time of gensim's skip-gram with negative sampling, one worker.
# usage: gensim_words.py FILE DIM EPOCHS
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
from gensim.models import Word2Vec  # noqa: E402  (after the number of threads is set)

with open(sys.argv[1], encoding="utf-8") as f:
    sentences = [line.split() for line in f]
dim, epochs = int(sys.argv[2]), int(sys.argv[3])
m = Word2Vec(vector_size=dim, window=5, negative=5, sg=1, sample=0.001, min_count=1, workers=1, seed=1)
m.build_vocab(sentences)
began = time.process_time()
_, words = m.train(sentences, total_examples=len(sentences), epochs=epochs)
print(words / (time.process_time() - began))
