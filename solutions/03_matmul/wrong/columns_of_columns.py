# variant: wrong
# fails: lecture_product
# mistake: result_transposed
# who: the outer loop runs over the columns
def multiply_matrices(a, b):
    result = []
    for j in range(b.shape[1]):
        column = []
        for i in range(a.shape[0]):
            column.append(sum(a[i, n] * b[n, j] for n in range(a.shape[1])))
        result.append(column)
    return result

def dense_forward(x, w, b):
    return x @ w + b

def product_shape(m, n, k):
    return (m, k)
