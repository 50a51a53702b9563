# variant: right
# who: Korean comments, nested lists instead of tensors, many prints
# %%
import tensorflow as tf
import numpy as np

a = tf.constant(2)
b = tf.constant([1, 2])
c = tf.constant([[1, 2], [3, 4]])
print(tf.rank(a), tf.rank(b), tf.rank(c))   # 강의 예제 그대로

# %%
# 랭크 = shape의 길이
def rank_of(value):
    형태 = value.shape
    개수 = len(형태)
    return 개수

print("c의 랭크:", rank_of(c))

# %%
def make_scalar():
    return 10          # 그냥 숫자도 랭크 0

def make_vector():
    return [1, 2, 3, 4, 5]

def make_matrix():
    return [[1, 2, 3, 4, 5],
            [1, 2, 3, 4, 5]]

# %%
def make_tensor(rank):
    결과 = 1
    for _ in range(rank):   # 대괄호를 한 겹씩 씌운다
        결과 = [결과, 결과]
    return 결과

# %%
def kind_of(value):
    이름 = ["scalar", "vector", "matrix"]
    try:
        return 이름[rank_of(value)]
    except IndexError:
        return "n-D tensor"

print(kind_of(a), kind_of(b), kind_of(c))
