# variant: right
# who: three nested loops by hand, answers with nested lists
# %%
def multiply_matrices(a, b):
    rows = len(a)
    inner = len(b)
    columns = len(b[0])
    result = []
    for i in range(rows):
        row = []
        for j in range(columns):
            total = 0
            for l in range(inner):
                total += a[i][l] * b[l][j]
            row.append(total)
        result.append(row)
    return result

# %%
def dense_forward(x, w, b):
    z = multiply_matrices(x, w)
    for i in range(len(z)):
        for j in range(len(b)):
            z[i][j] = float(z[i][j] + b[j])
    return z

# %%
def product_shape(m, n, k):
    return [m, k]

# %%
print(multiply_matrices([[3, 4], [2, 1]], [[1, 5], [3, 7]]))
