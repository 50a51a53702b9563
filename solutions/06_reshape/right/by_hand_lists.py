# variant: right
# who: Korean comments, everything by hand with lists and recursion, no library call that reshapes
import numpy as np


def flatten(t):
    # 재귀로 한 줄로 펴기
    결과 = []
    for 원소 in t:
        if len(원소.shape) == 0:
            결과.append(float(원소))
        else:
            결과.extend(flatten(원소))
    return 결과


def 곱(길이들):
    p = 1
    for x in 길이들:
        p = p * x
    return p


def to_shape(t, shape):
    값 = flatten(t)
    shape = list(shape)
    if -1 in shape:
        나머지 = 곱(x for x in shape if x != -1)
        shape[shape.index(-1)] = len(값) // 나머지

    def 쌓기(값, 길이들):
        if len(길이들) == 1:
            return 값
        한칸 = len(값) // 길이들[0]
        return [쌓기(값[i * 한칸:(i + 1) * 한칸], 길이들[1:]) for i in range(길이들[0])]

    return 쌓기(값, shape)


def infer_rows(t, columns):
    값 = flatten(t)
    return [값[i:i + columns] for i in range(0, len(값), columns)]


def is_possible(size, shape):
    모름 = [x for x in shape if x == -1]
    아는것 = 곱(x for x in shape if x != -1)
    if len(모름) == 0:
        return 아는것 == size
    elif len(모름) == 1:
        if 아는것 == 0:
            return False
        return size % 아는것 == 0
    else:
        return False
