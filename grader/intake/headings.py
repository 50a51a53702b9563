"""The headings of rosters: which column is whose id, name and mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.naming import plain

WORDS = {
    "name": "student|student name|name|full name|fullname|display name|이름|성명|성함|학생 이름|학생명|학생이름|vollständiger name|"
    "nom complet|nombre completo|フルネーム|氏名|姓名",
    "first": "first name|firstname|first|given name|given names|vorname|prénom|prenom|nombre|名",
    "last": "last name|lastname|last|surname|family name|nachname|nom|nom de famille|apellido(s)|apellidos|apellido|姓|성",
    "email": "email|e mail|mail|email address|e mail address|e mail adresse|이메일|이메일 주소|메일|메일 주소|전자우편|전자 우편|"
    "adresse de courriel|adresse e mail|dirección de correo|correo electrónico|メールアドレス|电子邮件地址|邮箱",
    "student": "sis user id|id number|idnumber|sid|student id|studentid|student number|student no|matriculation number|학번|"
    "학생번호|학생 번호|고유번호|고유 번호|id 번호|matrikelnummer|id nummer|numéro d'identification|número de id|número de identificación|"
    "学籍番号|学号|idナンバー",
    "login": "sis login id|username|user name|login|login id|아이디|로그인|로그인 id|사용자 이름|사용자명|사용자 아이디|benutzername|anmeldename|"
    "nom d'utilisateur|nombre de usuario|ユーザ名|ユーザー名|用户名",
    "github": "github username|github|github login|깃허브|깃허브 아이디",
    "canvas": "canvas id|canvas user id",
    "role": "role|역할",
    "identifier": "identifier|roster identifier|식별자|kennung|identifiant|identificador|id",
}
ROLES = {word: role for role, words in WORDS.items() for word in words.split("|")}
CANVAS = frozenset({"student", "sis login id", "sis user id", "section", "lastname"})  # beside them "ID" is Canvas' own
WHO = frozenset({"name", "last", "email", "student", "canvas", "github", "login", "identifier"})
PARTICIPANT = re.compile(r"[^\d@]+ (?P<id>\d+)")  # "Participant 123" in the worksheet of Moodle


@dataclass(frozen=True)
class Columns:
    """Where each thing stands: name, first, last, email, student, login, canvas, github, role, identifier."""

    places: dict[str, int]


def columns_of(row: Sequence[str]) -> Columns | None:
    """The columns that the headings in ``row`` name, or None where it holds no headings."""
    words = [_word(cell) for cell in row]
    places: dict[str, int] = {}
    for place, word in enumerate(words):
        role = ROLES.get(word, "")
        if word == "id":
            role = "canvas" if CANVAS & set(words) else "student"
        elif word == "이름" and "성" in words:
            role = "first"
        if role:
            places.setdefault(role, place)
    return Columns(places) if WHO & set(places) else None


def _word(cell: str) -> str:
    return re.sub(r"[\s_\-.:*]+", " ", plain(cell.strip("\ufeff"))).strip()
