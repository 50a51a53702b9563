"""The exercises of the sample class: titles, checks and hints as a real course words them."""

from __future__ import annotations

from dataclasses import dataclass

from grader.grades import Mistake
from grader.text import Text


@dataclass(frozen=True)
class Item:
    """One check of the sample course."""

    id: str
    title: Text
    points: int
    public: bool = True
    hints: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Topic:
    """One exercise of the sample course."""

    slug: str
    title: Text
    items: tuple[Item, ...]


def both(en: str, ko: str) -> Text:
    """A text in both languages."""
    return Text(en, ko)


def item(name: str, points: int, en: str, ko: str, *hints: Text, public: bool = True) -> Item:
    """One check."""
    return Item(name, Text(en, ko), points, public, hints)


COURSE = both("First steps in deep learning with TensorFlow", "텐서플로우로 시작하는 딥러닝")

TOPICS = (
    Topic(
        "rank",
        both("The rank of a tensor", "텐서의 랭크"),
        (
            item("lecture_examples", 1, "Gives the ranks of the lecture's examples", "강의 예제의 랭크를 맞힙니다"),
            item(
                "counts_axes", 2, "Counts axes, not elements", "원소가 아니라 축의 수를 셉니다",
                both("How many indices do you need to reach one number?", "숫자 하나를 꺼내려면 인덱스가 몇 개 필요한가요?"),
                both("tf.rank gives a tensor; the task asks for an int.", "tf.rank는 텐서를 돌려줍니다. 과제는 int를 요구합니다."),
                both("len(tensor.shape) is already a plain int.", "len(tensor.shape)는 이미 보통의 int입니다."),
            ),
            item("makes_rank_n", 2, "Makes a tensor of any rank", "어떤 랭크의 텐서든 만듭니다"),
            item("names_kinds", 1, "Names scalar, vector, matrix and n-D tensor", "스칼라, 벡터, 행렬, n차원 텐서를 구별합니다"),
            item(
                "unseen_ranks", 2, "Holds for tensors that you have not seen", "보지 못한 텐서에도 맞습니다",
                both("Think of tensors that hold no element at all.", "원소가 하나도 없는 텐서도 생각해 보세요."), public=False,
            ),
        ),
    ),
    Topic(
        "matmul",
        both("Matrix multiplication", "행렬 곱셈"),
        (
            item(
                "lecture_product", 1, "Multiplies the matrices of the lecture", "강의의 두 행렬을 곱합니다",
                both("Which operator multiplies matrices: * or @ ?", "행렬을 곱하는 연산자는 *와 @ 중 어느 것인가요?"),
                both("Row times column: 3·1 + 4·3 = 15.", "행과 열을 곱해 더합니다: 3·1 + 4·3 = 15."),
            ),
            item("any_conformable_shapes", 2, "Multiplies matrices of any conformable shapes", "곱할 수 있는 모든 모양의 행렬을 곱합니다"),
            item(
                "dense_forward", 3, "Computes a dense layer with its bias", "편향을 더한 밀집층의 출력을 계산합니다",
                both("A dense layer computes x · w + b.", "밀집층은 x · w + b를 계산합니다."),
            ),
            item("product_shape", 1, "Gives the shape of a product", "곱의 모양을 맞힙니다"),
            item("unseen_products", 3, "Multiplies matrices that you have not seen", "보지 못한 행렬도 곱합니다", public=False),
        ),
    ),
    Topic(
        "reshape",
        both("Changing the shape of a tensor", "텐서 모양 바꾸기"),
        (
            item("flattens", 1, "Flattens in row-major order", "행 우선 순서로 펼칩니다"),
            item(
                "keeps_order", 2, "Keeps the order of the elements", "원소의 순서를 지킵니다",
                both("tf.transpose turns rows into columns; tf.reshape does not.", "tf.transpose는 행과 열을 바꾸지만 tf.reshape는 그렇지 않습니다."),
            ),
            item("infers_rows", 2, "Finds the number of rows with −1", "−1로 행의 수를 찾습니다"),
            item("refuses_impossible", 2, "Knows which shapes are impossible", "불가능한 모양을 구별합니다"),
            item("unseen_shapes", 3, "Holds for shapes that you have not seen", "보지 못한 모양에도 맞습니다", public=False),
        ),
    ),
    Topic(
        "gates",
        both("Logic gates with one neuron", "뉴런 하나로 만드는 논리 게이트"),
        (
            item("builds_one_unit", 1, "Builds a network of one unit", "유닛이 하나인 신경망을 만듭니다"),
            item("learns_or", 2, "Learns OR", "OR를 배웁니다"),
            item("learns_and", 2, "Learns AND", "AND를 배웁니다"),
            item(
                "xor_is_out_of_reach", 2, "Says how far one layer gets with XOR", "층 하나로 XOR를 어디까지 맞힐 수 있는지 압니다",
                both("Try to part the four points with one straight line.", "네 점을 직선 하나로 나누어 보세요."),
            ),
            item("learns_from_any_start", 3, "Learns NAND from most starts", "대부분의 시작점에서 NAND를 배웁니다", public=False),
        ),
    ),
    Topic(
        "xor_mlp",
        both("XOR with a hidden layer", "은닉층으로 푸는 XOR"),
        (
            item("builds_the_network", 2, "Builds the network of the lecture", "강의의 신경망을 만듭니다"),
            item(
                "learns_xor", 4, "Learns XOR", "XOR를 배웁니다",
                both("Without an activation two layers are one.", "활성화 함수가 없으면 두 층은 한 층과 같습니다."),
                both("Give the hidden layer activation='relu'.", "은닉층에 activation='relu'를 지정하세요."),
            ),
            item("hidden_points", 2, "Shows where the hidden layer puts the points", "은닉층이 점을 어디로 옮기는지 보입니다"),
            item("learns_xor_again", 2, "Learns XOR with other data of the same kind", "같은 종류의 다른 데이터로도 XOR를 배웁니다", public=False),
        ),
    ),
    Topic(
        "activations",
        both("Activation functions by hand", "직접 만드는 활성화 함수"),
        (
            item("sigmoid", 1, "Computes the sigmoid", "시그모이드를 계산합니다"),
            item("relu", 1, "Computes relu", "relu를 계산합니다", both("Negative numbers become 0; they are not left out.", "음수는 0이 됩니다. 빼 버리지 않습니다.")),
            item("softmax_rows", 2, "Makes every row of a softmax sum to 1", "소프트맥스의 각 행을 더하면 1이 됩니다"),
            item(
                "stays_finite", 2, "Stays finite for ±1000", "±1000에서도 유한합니다",
                both("Subtract the largest value before exp.", "exp를 쓰기 전에 가장 큰 값을 빼세요."),
            ),
            item("any_rank", 2, "Takes arrays of any rank", "어떤 랭크의 배열이든 받습니다", public=False),
        ),
    ),
    Topic(
        "lr_sweep",
        both("Sweeping the learning rate", "학습률 바꾸어 보기"),
        (
            item("descends", 2, "Walks down y = x²", "y = x²을 따라 내려갑니다"),
            item("keeps_the_start", 1, "Keeps the start point in the list", "시작점을 목록에 남깁니다"),
            item("classifies", 2, "Tells slow, good, oscillating and diverging rates apart", "느림, 적당함, 진동, 발산을 구별합니다"),
            item("plots_four_panels", 2, "Plots four panels with titles", "제목이 있는 네 개의 그래프를 그립니다"),
            item("unseen_rates", 2, "Holds for rates that you have not seen", "보지 못한 학습률에도 맞습니다", public=False),
        ),
    ),
    Topic(
        "batchnorm",
        both("Batch normalisation", "배치 정규화"),
        (
            item("normalises", 2, "Normalises each feature over the batch", "배치를 따라 각 특성을 정규화합니다"),
            item("uses_moving_statistics", 2, "Uses the moving statistics at inference", "추론할 때 이동 통계를 씁니다"),
            item("counts_trainables", 1, "Counts the trainable weights", "학습되는 가중치의 수를 셉니다"),
            item("unseen_batches", 2, "Holds for batches that you have not seen", "보지 못한 배치에도 맞습니다", public=False),
        ),
    ),
    Topic(
        "dropout",
        both("Dropout", "드롭아웃"),
        (
            item("drops_at_the_rate", 2, "Drops about the given share", "주어진 비율만큼 끕니다"),
            item("keeps_the_mean", 2, "Keeps the mean by scaling", "값을 키워 평균을 지킵니다", both("Kept values grow by 1 / (1 − rate).", "남은 값은 1 / (1 − rate)배가 됩니다.")),
            item("off_at_inference", 1, "Does nothing at inference", "추론할 때는 아무것도 하지 않습니다"),
            item("narrows_the_gap", 3, "Narrows the gap between training and validation", "훈련과 검증의 차이를 줄입니다", public=False),
        ),
    ),
    Topic(
        "save_load",
        both("Saving and loading a model", "모델 저장하고 불러오기"),
        (
            item("saves_a_file", 1, "Saves a file that Keras can load", "케라스가 불러올 수 있는 파일을 저장합니다"),
            item("same_predictions", 3, "Predicts the same after the round trip", "저장하고 불러와도 예측이 같습니다"),
            item("copies_weights", 2, "Copies weights into a new model", "가중치를 새 모델로 옮깁니다"),
            item("unseen_models", 2, "Holds for models that you have not seen", "보지 못한 모델에도 맞습니다", public=False),
        ),
    ),
)  # fmt: skip

MISTAKES = {
    "elementwise": Mistake("elementwise", both("That is the element-wise product: * multiplies number by number, @ multiplies matrices.", "원소별 곱입니다. *는 숫자끼리, @는 행렬끼리 곱합니다.")),
    "swapped": Mistake("swapped", both("That is the product in the other order: b @ a is not a @ b.", "순서를 바꾼 곱입니다. b @ a는 a @ b와 다릅니다.")),
    "no_bias": Mistake("no_bias", both("The bias is missing: that is x · w without + b.", "편향이 빠졌습니다. + b가 없는 x · w입니다.")),
    "transposed": Mistake("transposed", both("That is the transpose: rows became columns.", "전치한 결과입니다. 행이 열로 바뀌었습니다.")),
    "size_for_rank": Mistake("size_for_rank", both("That is the number of elements, not the rank.", "랭크가 아니라 원소의 개수입니다.")),
    "linear": Mistake("linear", both("Both layers are linear, so together they are one linear layer; XOR cannot be parted by a line.", "두 층이 모두 선형이므로 합쳐도 선형층 하나입니다. XOR는 직선으로 나눌 수 없습니다.")),
    "all_axes": Mistake("all_axes", both("The whole array sums to 1; each row should.", "배열 전체의 합이 1입니다. 각 행의 합이 1이어야 합니다.")),
    "drops_negatives": Mistake("drops_negatives", both("Negative numbers were left out instead of set to 0.", "음수를 0으로 바꾸지 않고 빼 버렸습니다.")),
    "no_start": Mistake("no_start", both("The list begins after the first step; the start point is missing.", "목록이 첫걸음 뒤부터 시작합니다. 시작점이 빠졌습니다.")),
    "not_scaled": Mistake("not_scaled", both("The kept values were not scaled by 1 / (1 − rate).", "남은 값에 1 / (1 − rate)를 곱하지 않았습니다.")),
    "retrained": Mistake("retrained", both("The loaded model was trained anew instead of loaded.", "불러오지 않고 새로 학습한 모델입니다.")),
}  # fmt: skip
