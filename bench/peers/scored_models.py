"""The models of bench/scored-models.ts in scikit-learn, by the same names."""
from sklearn.calibration import CalibratedClassifierCV
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.decomposition import NMF, PCA, LatentDirichletAllocation, TruncatedSVD
from sklearn.ensemble import (AdaBoostClassifier, AdaBoostRegressor, BaggingClassifier, BaggingRegressor, ExtraTreesClassifier, ExtraTreesRegressor,
                              HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor, StackingClassifier,
                              StackingRegressor, VotingClassifier, VotingRegressor)
from sklearn.linear_model import (ElasticNet, ElasticNetCV, HuberRegressor, Lasso, LassoCV, LinearRegression, LogisticRegression, LogisticRegressionCV, Perceptron,
                                  PoissonRegressor, Ridge, RidgeClassifier, RidgeCV, SGDClassifier, SGDRegressor, TweedieRegressor)
from sklearn.model_selection import GridSearchCV, TunedThresholdClassifierCV
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier, OutputCodeClassifier
from sklearn.multioutput import ClassifierChain, MultiOutputClassifier, MultiOutputRegressor, RegressorChain
from sklearn.naive_bayes import BernoulliNB, ComplementNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor, NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import SVC, SVR, LinearSVC, LinearSVR, NuSVC, NuSVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


class Scored:
    """`stages(seed, components)` after the data set's front; see ScoredModel in bench/scored-models.ts."""

    def __init__(self, *makes, front="scaled", target="y"):
        self.front, self.target = front, target
        self.stages = lambda seed, components: [make(seed, components) for make in makes]


def logistic(*_):
    return LogisticRegression(max_iter=1000)


def scaled_logistic(*_):
    return make_pipeline(StandardScaler(), logistic())


def ridge(*_):
    return Ridge()


def sorted_columns(*_):
    """Manhattan distances of sparse rows come out wrong where column numbers do not ascend, as after TfidfVectorizer's fit."""
    return FunctionTransformer(lambda X: X.sorted_indices() if hasattr(X, "sorted_indices") else X)


def trio():
    return [("bayes", BernoulliNB()), ("logistic", logistic()), ("knn", KNeighborsClassifier())]


def pair():
    return [("ridge", Ridge()), ("knn", KNeighborsRegressor())]


def per_kernel(name, make):
    return {f"{name}, {kernel}": Scored(lambda s, c, kernel=kernel: make(kernel)) for kernel in ("linear", "poly", "rbf", "sigmoid")}


COUNTS, DENSE, COLUMNS = dict(front="nonNegative"), dict(front="dense"), dict(target="columns")

CLASSIFIERS = {
    "LogisticRegression": Scored(logistic),
    "LogisticRegression, lasso": Scored(lambda s, c: LogisticRegression(l1_ratio=1, solver="saga", max_iter=5000, tol=1e-4, random_state=0)),
    "LogisticRegressionCV": Scored(lambda s, c: LogisticRegressionCV(Cs=5, l1_ratios=(0,), max_iter=1000, scoring="neg_log_loss", use_legacy_attributes=False)),
    "RidgeClassifier": Scored(lambda s, c: RidgeClassifier()),
    "RidgeClassifier, balanced": Scored(lambda s, c: RidgeClassifier(10, class_weight="balanced"), **DENSE),
    "Perceptron": Scored(lambda s, c: Perceptron(random_state=s)),
    "SGDClassifier, hinge": Scored(lambda s, c: SGDClassifier(random_state=s)),
    "SGDClassifier, logLoss": Scored(lambda s, c: SGDClassifier(loss="log_loss", random_state=s)),
    "LinearSVC, squaredHinge": Scored(lambda s, c: LinearSVC(max_iter=10000, random_state=0)),
    "LinearSVC, hinge": Scored(lambda s, c: LinearSVC(loss="hinge", max_iter=100000, random_state=0)),
    **per_kernel("SVC", lambda kernel: SVC(kernel=kernel)),
    "SVC, probability": Scored(lambda s, c: SVC(probability=True, random_state=0)),
    **per_kernel("NuSVC", lambda kernel: NuSVC(kernel=kernel, nu=0.2)),
    "KNeighborsClassifier, uniform": Scored(lambda s, c: KNeighborsClassifier()),
    "KNeighborsClassifier, distance": Scored(lambda s, c: KNeighborsClassifier(9, weights="distance")),
    "KNeighborsClassifier, manhattan": Scored(sorted_columns, lambda s, c: KNeighborsClassifier(metric="manhattan")),
    "KNeighborsClassifier, cosine": Scored(lambda s, c: KNeighborsClassifier(metric="cosine")),
    "NearestCentroid": Scored(lambda s, c: NearestCentroid()),
    "MultinomialNB": Scored(lambda s, c: MultinomialNB(), **COUNTS),
    "ComplementNB": Scored(lambda s, c: ComplementNB(), **COUNTS),
    "BernoulliNB": Scored(lambda s, c: BernoulliNB(), **COUNTS),
    "GaussianNB": Scored(lambda s, c: GaussianNB(), **DENSE),
    "DecisionTreeClassifier": Scored(lambda s, c: DecisionTreeClassifier(random_state=s), **COUNTS),
    "RandomForestClassifier": Scored(lambda s, c: RandomForestClassifier(50, random_state=s), **COUNTS),
    "ExtraTreesClassifier": Scored(lambda s, c: ExtraTreesClassifier(50, random_state=s), **COUNTS),
    "HistGradientBoostingClassifier": Scored(lambda s, c: HistGradientBoostingClassifier(max_iter=30), **DENSE),
    "PCA, full": Scored(lambda s, c: PCA(c, svd_solver="full"), logistic, **DENSE),
    "PCA, auto": Scored(lambda s, c: PCA(c, random_state=s), logistic),
    "PCA, whiten": Scored(lambda s, c: PCA(c, whiten=True, svd_solver="arpack", random_state=s), logistic),
    "TruncatedSVD": Scored(lambda s, c: TruncatedSVD(c, random_state=s), logistic),
    "NMF": Scored(lambda s, c: NMF(c, max_iter=400, random_state=0), logistic, **COUNTS),
    "LatentDirichletAllocation": Scored(lambda s, c: LatentDirichletAllocation(c, random_state=s), logistic, **COUNTS),
    "KMeans": Scored(lambda s, c: KMeans(random_state=s), scaled_logistic),
    "MiniBatchKMeans": Scored(lambda s, c: MiniBatchKMeans(random_state=s), scaled_logistic),
    "CalibratedClassifier, sigmoid": Scored(lambda s, c: CalibratedClassifierCV(LinearSVC(max_iter=10000, random_state=0))),
    "CalibratedClassifier, isotonic": Scored(lambda s, c: CalibratedClassifierCV(MultinomialNB(), method="isotonic"), **COUNTS),
    "CalibratedClassifier, temperature": Scored(lambda s, c: CalibratedClassifierCV(logistic(), method="temperature")),
    "ThresholdTuner": Scored(lambda s, c: TunedThresholdClassifierCV(logistic(), scoring="balanced_accuracy"), target="two"),
    "VotingClassifier, hard": Scored(lambda s, c: VotingClassifier(trio())),
    "VotingClassifier, soft": Scored(lambda s, c: VotingClassifier(trio(), voting="soft", weights=[1, 2, 1])),
    "StackingClassifier": Scored(lambda s, c: StackingClassifier(trio(), final_estimator=logistic())),
    "BaggingClassifier, trees": Scored(lambda s, c: BaggingClassifier(DecisionTreeClassifier(max_depth=5), random_state=s), **COUNTS),
    "BaggingClassifier, columns": Scored(lambda s, c: BaggingClassifier(logistic(), max_samples=0.7, max_features=0.6, random_state=s)),
    "AdaBoostClassifier": Scored(lambda s, c: AdaBoostClassifier(random_state=s), **COUNTS),
    "OneVsRestClassifier": Scored(lambda s, c: OneVsRestClassifier(logistic())),
    "OneVsOneClassifier": Scored(lambda s, c: OneVsOneClassifier(LinearSVC(max_iter=10000, random_state=0))),
    "OutputCodeClassifier": Scored(lambda s, c: OutputCodeClassifier(logistic(), code_size=3, random_state=s)),
    "MultiOutputClassifier": Scored(lambda s, c: MultiOutputClassifier(logistic()), **COLUMNS),
    "ClassifierChain": Scored(lambda s, c: ClassifierChain(logistic(), cv=3), **COLUMNS),
    "GridSearch": Scored(lambda s, c: GridSearchCV(logistic(), {"C": [0.1, 1, 10]})),
}

REGRESSORS = {
    "LinearRegression": Scored(lambda s, c: LinearRegression(), **DENSE),
    "Ridge": Scored(ridge),
    "RidgeCV": Scored(lambda s, c: RidgeCV()),
    "Lasso": Scored(lambda s, c: Lasso(0.001)),
    "LassoCV": Scored(lambda s, c: LassoCV(), **DENSE),
    "ElasticNet": Scored(lambda s, c: ElasticNet(0.001)),
    "ElasticNetCV": Scored(lambda s, c: ElasticNetCV(), **DENSE),
    "HuberRegressor": Scored(lambda s, c: HuberRegressor(max_iter=1000), **DENSE),
    "PoissonRegressor": Scored(lambda s, c: PoissonRegressor(), **DENSE),
    "TweedieRegressor": Scored(lambda s, c: TweedieRegressor(power=1.5), **DENSE),
    "SGDRegressor": Scored(lambda s, c: SGDRegressor(random_state=s)),
    "LinearSVR, squared": Scored(lambda s, c: LinearSVR(loss="squared_epsilon_insensitive", max_iter=10000, dual="auto", random_state=0)),
    "LinearSVR": Scored(lambda s, c: LinearSVR(max_iter=100000, random_state=0)),
    **per_kernel("SVR", lambda kernel: SVR(kernel=kernel)),
    **per_kernel("NuSVR", lambda kernel: NuSVR(kernel=kernel)),
    "KNeighborsRegressor, uniform": Scored(lambda s, c: KNeighborsRegressor()),
    "KNeighborsRegressor, distance": Scored(lambda s, c: KNeighborsRegressor(9, weights="distance")),
    "DecisionTreeRegressor": Scored(lambda s, c: DecisionTreeRegressor(random_state=s), **COUNTS),
    "RandomForestRegressor": Scored(lambda s, c: RandomForestRegressor(30, random_state=s), **DENSE),
    "ExtraTreesRegressor": Scored(lambda s, c: ExtraTreesRegressor(30, random_state=s), **DENSE),
    "HistGradientBoostingRegressor": Scored(lambda s, c: HistGradientBoostingRegressor(max_iter=30), **DENSE),
    "PCA": Scored(lambda s, c: PCA(c, random_state=s), ridge),
    "TruncatedSVD": Scored(lambda s, c: TruncatedSVD(c, random_state=s), ridge),
    "NMF": Scored(lambda s, c: NMF(c, max_iter=400, random_state=0), ridge, **COUNTS),
    "KMeans": Scored(lambda s, c: KMeans(random_state=s), ridge),
    "VotingRegressor": Scored(lambda s, c: VotingRegressor(pair(), weights=[2, 1])),
    "StackingRegressor": Scored(lambda s, c: StackingRegressor(pair())),
    "BaggingRegressor": Scored(lambda s, c: BaggingRegressor(DecisionTreeRegressor(max_depth=5), random_state=s), **DENSE),
    "AdaBoostRegressor": Scored(lambda s, c: AdaBoostRegressor(random_state=s, n_estimators=30), **DENSE),
    "MultiOutputRegressor": Scored(lambda s, c: MultiOutputRegressor(Ridge()), **COLUMNS),
    "RegressorChain": Scored(lambda s, c: RegressorChain(Ridge()), **COLUMNS),
}
