"""Help and usage errors of learners' commands in their language: what click says of itself is English only."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

import click

from grader.cli.options import default_language
from grader.text import LANGUAGES, Text, catalogue, say

LEARNERS = ("check", "hint", "init", "list", "modernize", "progress", "reset", "watch")


def asked_language(words: Sequence[str]) -> str:
    """``--lang ko`` as it was typed, else as the machine speaks: help and errors come before options are read."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        named = word.partition("=")[2] if word.startswith("--lang=") else following if word == "--lang" else ""
        if named in LANGUAGES:
            return named
    return default_language()


_SHORT = 60  # characters that say in the list what a command does
_CLICKS_OWN = (
    say("Usage:"),
    say("Options:"),
    say("Show this message and exit."),
    say("Show the version and exit."),
    say("[default: (from LANG)]"),
)


class Spoken(click.Command):
    """A command whose help is not English."""

    def get_help(self, ctx: click.Context) -> str:
        """As click makes it, with the words in it that are click's own."""
        shown = super().get_help(ctx)
        for own in _CLICKS_OWN:
            shown = shown.replace(own.en, own.ko)
        return shown


class SpokenGroup(Spoken, click.Group):
    """The list of commands: learners' own first, in their language; the others explain themselves in English."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click does, in two parts."""
        learners, others = [], []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and name in LEARNERS:
                learners.append((name, spoken(command, "ko").get_short_help_str(_SHORT)))
            elif command is not None:
                others.append((name, command.get_short_help_str(_SHORT)))
        with formatter.section(say("Commands for students").ko):
            formatter.write_dl(learners)
        with formatter.section(say("Other commands (in English)").ko):
            formatter.write_dl(others)


def spoken(command: click.Command, lang: str) -> click.Command:
    """The command as it explains itself in ``lang``."""
    if lang == "en":
        return command
    told = copy.copy(command)
    told.__class__ = type("Told", (SpokenGroup if isinstance(command, click.Group) else Spoken, type(command)), {})
    told.help = translated(command.help, lang)
    told.params = [copy.copy(param) for param in command.params]
    for param in told.params:
        if isinstance(param, click.Option):
            param.help = translated(param.help, lang)
    return told


def translated(words: str | None, lang: str) -> str | None:
    """Each paragraph as the catalogue has it."""
    if words is None:
        return None
    return "\n\n".join(catalogue(lang).get(part, part) for part in paragraphs(words))


def paragraphs(words: str) -> Iterator[str]:
    """The paragraphs of a help text, each in one line."""
    return (" ".join(part.split()) for part in words.split("\n\n"))


def show_wrong(wrong: click.ClickException, lang: str) -> None:
    """What was mistyped, and how it is meant."""
    if lang == "en" or not isinstance(wrong, click.UsageError) or isinstance(wrong, click.exceptions.NoArgsIsHelpError):
        wrong.show()
        return
    if wrong.ctx is not None:
        usage = f"{say('Usage:').in_language(lang)} {wrong.ctx.command_path} "
        click.echo(usage + " ".join(wrong.ctx.command.collect_usage_pieces(wrong.ctx)), err=True)
        more = say("“{command} --help” explains it.", command=wrong.ctx.command_path)
        click.echo(f"{more.in_language(lang)}\n", err=True)
    click.echo(say("Error: {error}", error=_why(wrong)).in_language(lang), err=True)


def _why(wrong: click.UsageError) -> Text:
    if isinstance(wrong, click.exceptions.NoSuchCommand):
        return say("There is no command {name}.", name=wrong.command_name)
    if isinstance(wrong, click.NoSuchOption):
        return say("There is no option {name}.", name=wrong.option_name)
    if isinstance(wrong, click.MissingParameter) and wrong.param is not None:
        return say(
            "{name} is missing.", name=wrong.param.make_metavar(wrong.ctx or click.Context(click.Command("grader")))
        )
    if isinstance(wrong, click.BadParameter) and wrong.param is not None:
        if isinstance(wrong.param.type, click.Choice):
            return say(
                "{name} can be one of these: {choices}",
                name=wrong.param.opts[0],
                choices=", ".join(map(str, wrong.param.type.choices)),
            )
        if isinstance(wrong.param.type, click.Path):
            return say("{name}: there is no such file or folder.", name=wrong.param.human_readable_name)
    return Text.same(wrong.format_message())
