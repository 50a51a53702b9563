"""The words of the page on similarity: what each kind of evidence is, what it is worth, and how honest learners share it."""

from __future__ import annotations

from grader.alike.model import Kind, Worth
from grader.text import Text, say
from reports.words import Words, in_language, shared_words


def kind_title(kind: Kind) -> Text:
    """What both have, in a few words."""
    return {
        Kind.CLOCK: say("The same moments of running"),
        Kind.TIMING: say("The same printed times"),
        Kind.CELL_ID: say("The same ids of cells"),
        Kind.FILE: say("The same file, byte for byte"),
        Kind.ACCOUNT: say("Run by the same account"),
        Kind.CURVE: say("The same printed losses"),
        Kind.IMAGE: say("The same saved picture"),
        Kind.NUMBER: say("The same printed numbers"),
        Kind.COMMENT: say("The same comments"),
        Kind.FIXED: say("The same weights, whatever the seed"),
        Kind.TRAINED: say("The same weights or loss curves when we graded"),
        Kind.ANSWER: say("The same wrong answers"),
        Kind.COUNTS: say("Cells run in the same order"),
    }[kind]


def kind_meaning(kind: Kind) -> Text:
    """What it shows, and how honest learners come to share it."""
    return {
        Kind.CLOCK: say(
            "An editor notes when each cell ran, to the millisecond. Two runs never share it: these outputs come from one "
            "and the same run. Honest reasons: a notebook handed in by mistake, or one file that two worked on together."
        ),
        Kind.TIMING: say(
            "How long steps took differs from run to run, also on one machine. Several in a row that agree come from one "
            "run. Honest reasons: outputs of a notebook that both were given and did not run again."
        ),
        Kind.CELL_ID: say(
            "Editors give new cells random ids. Equal ones mean that one file began as a copy of the other, or both as copies "
            "of a third. It says nothing on who wrote what is in the cells now. Honest reasons: a template from a friend or a lab."
        ),
        Kind.FILE: say(
            "Not one blank differs. Honest reasons: pair work handed in twice, or a file uploaded to the wrong account."
        ),
        Kind.ACCOUNT: say(
            "The notebook service noted the same account for cells of both. Honest reasons: a shared computer, one account for "
            "a lab, a friend who helped to get it running. The account itself is not shown here."
        ),
        Kind.CURVE: say(
            "Five losses in a row agree to every digit. Without a seed, training gives everybody another curve; with the same "
            "seed and the same network, everybody has the same."
        ),
        Kind.IMAGE: say(
            "The pictures agree in every byte. That is rare for what chance has drawn, and usual for the graph of a function."
        ),
        Kind.NUMBER: say(
            "Numbers of six and more decimals agree. That is rare where chance makes them, and certain where everybody computes "
            "the same from the same input."
        ),
        Kind.COMMENT: say(
            "Comments that neither the exercise nor most of the class has. Honest reasons: both took them over from lecture "
            "notes, a book, a forum or an AI assistant."
        ),
        Kind.FIXED: say(
            "Another seed did not change these weights, so they were written down, loaded, or never trained. Honest reasons: "
            "a file of weights from the lecture, weights found by hand, or a layer that starts from zeros or ones."
        ),
        Kind.TRAINED: say(
            "We start every program from the same seed, so that the same network, trained in the same way, has the same "
            "weights for everybody. It only says that few others chose this network and these settings."
        ),
        Kind.ANSWER: say(
            "The class had the same inputs, so that the same slip gives the same wrong answer. It only says that few others made it."
        ),
        Kind.COUNTS: say(
            "The numbers beside the cells agree, gaps and all. In short notebooks that happens by chance."
        ),
    }[kind]


def worth_word(worth: Worth) -> Text:
    """How much it is worth."""
    return {
        Worth.STRONG: say("hardly ever by chance"),
        Worth.FAIR: say("seldom by chance"),
        Worth.WEAK: say("often by chance"),
    }[worth]


def similarity_words(lang: str, least_tokens: int, least_percent: int) -> Words:
    """What the page says."""
    return shared_words(lang) | in_language(
        {
            "skip": say("Skip to the pairs"),
            "similarity": say("Similar submissions"),
            "confidential": say(
                "For instructors only: this page shows learners' names and code side by side. No learner's page leads here."
            ),
            "how": say("How to read this"),
            "how_1": say(
                "Alike does not mean copied. This page lists what is worth a conversation, and decides nothing: no points were changed. "
                "It cannot see who wrote first, nor why two are alike."
            ),
            "how_2": say(
                "Honest learners are alike too: they were allowed to work together, share a tutor, follow the same lecture, book, "
                "forum or AI assistant, or there are few ways to solve a short exercise."
            ),
            "how_3": say(
                "Code is compared without the released stub, the course's own solutions, comments and layout; names that learners "
                "choose do not count. What many of the class share is left out, so that what is marked is rare."
            ),
            "how_4": say(
                "A pair is listed where at least {percent} % of the rare code of one of the two, and {tokens} tokens or more, is in "
                "the other too, or where the other evidence is strong. Learners who are not listed may still have copied.",
                percent=least_percent,
                tokens=least_tokens,
            ),
            "pairs": say("Pairs worth a conversation"),
            "no_pairs": say("No two submissions share more than is usual."),
            "left_out": say("Not listed, as the list would be too long"),
            "both_sides": say("Both sides"),
            "shared_code": say("Rare code in both"),
            "code_not_alike": say("The two share too little rare code to say anything about it."),
            "code_meaning": say(
                "Marked passages are in both files; the same number marks the same passage. The table says in which lines, and how "
                "many of the class have the whole of it at most."
            ),
            "whole_file": say("More lines are not shown"),
            "passage": say("Passage"),
            "what": say("What"),
            "cells": say("Cells"),
            "class": say("In the class"),
            "more": say("and more of this kind"),
            "seeded": say("A seed is set in at least one of the two, which makes this usual."),
            "groups": say("Shared by several, and little by itself"),
            "groups_help": say(
                "The same result or the same code in a group of learners. It says little of any two of them: a common source, or a "
                "common idea, is the likelier reason."
            ),
            "compared": say("What was compared"),
            "submissions": say("Submissions"),
            "short": say("Too little code of their own"),
            "common": say("Left out when more have it"),
            "cut": say("Only the beginning compared"),
            "learners": say("Learners"),
            "up": say("Back to the list"),
            "data": say("The same as data"),
            "exercise": say("Exercise"),
        },
        lang,
    )


def group_title(kind: str) -> Text:
    """What a group shares."""
    return {
        "same_code": say("The same code but for names and comments"),
        "trained": kind_title(Kind.TRAINED),
        "answer": kind_title(Kind.ANSWER),
    }[kind]


def shared_tokens(n: int, left: int, right: int) -> Text:
    """How much rare code is shared."""
    return say("{n} tokens: {left} % and {right} % of their rare code", n=n, left=left, right=right)


def of_class(n: int, total: int) -> Text:
    """How many have it."""
    return say("{n} of {total}", n=n, total=total)


def at_most(n: int, total: int) -> Text:
    """How many have a passage."""
    return say("at most {n} of {total}", n=n, total=total)


def tokens_of_file(n: int, rare: int) -> Text:
    """How much code a file holds, and how much of it counts."""
    return say("{n} tokens, {rare} of them rare", n=n, rare=rare)


def line_numbers(first: int, last: int) -> Text:
    """Where a passage stands."""
    return say("line {n}", n=first) if first == last else say("lines {first} to {last}", first=first, last=last)


def in_group(n: int) -> Text:
    """That a pair belongs to a larger group."""
    return say("one of a group of {n}", n=n)


def cell(n: int) -> Text:
    """Where something stands in a notebook."""
    return say("cell {n}", n=n)


def lines(n: int) -> Text:
    """Lines that are folded away."""
    return say("{n} lines", n=n)


def and_others(n: int) -> Text:
    """More people than are named."""
    return say("and {count} more", count=n)
