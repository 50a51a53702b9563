"""Silent bugs of deep learning: programs that run, train and are wrong. Each is explained where it is seen."""

from grader.silent.models import of_history, of_model
from grader.silent.sources import of_source, suspicions

__all__ = ["of_history", "of_model", "of_source", "suspicions"]
