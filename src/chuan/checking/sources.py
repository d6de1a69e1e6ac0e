"""From the PROCEDURE argument of a check to what is checked: a file, one of several in a file, or a whole folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chuan.checking.subjects import Subject, from_procedure, from_tree
from chuan.rules.procedure.structure import Doubt, Procedure
from chuan.text.messages import BadInput
from chuan.text.vietnamese import fold_words

PROCEDURE_FILES = (".docx", ".xlsx", ".json")
MODEL_FILES = (".bpmn", ".ptree")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The subjects of a check, the doubts of reading them, and files of a folder that could not be read.

    `by_service`: dossiers go to the subjects by service code, as in a folder, even when it holds only one.
    """

    subjects: tuple[Subject, ...]
    doubts: tuple[Doubt, ...] = ()
    unread: tuple[tuple[str, BadInput], ...] = ()
    by_service: bool = False


def load(argument: str) -> Loaded:
    """Return what `argument` names. `FILE#id` picks one procedure of a file by its id or code.

    Raises BadInput when the file is missing, cannot be read, holds no steps, or holds several and none was picked.
    """
    path, pick = _split(argument)
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise BadInput("checking.no_such_file", name=str(path))
    return _file(path, pick)


def refuse_unknown_steps(subjects: Sequence[Subject], steps: Mapping[str, str | None]) -> None:
    """Raise BadInput when the mapping ties words to a step that none of `subjects` has."""
    models = [model for subject in subjects for model in subject.models]
    unknown = frozenset.intersection(*(model.matcher(steps).unknown_steps() for model in models))
    for words, step in steps.items():
        if fold_words(words) in unknown:
            known = ", ".join(dict.fromkeys(key for model in models for key in model.keys))
            raise BadInput("checking.mapping_names_no_step", words=words, step=step, known=known)


def _split(argument: str) -> tuple[Path, str]:
    path = Path(argument)
    if path.exists() or "#" not in argument:
        return path, ""
    name, _, pick = argument.rpartition("#")
    return Path(name), pick


def _file(path: Path, pick: str) -> Loaded:
    suffix = path.suffix.lower()
    if suffix in MODEL_FILES:
        return Loaded((_model(path),))
    if suffix not in PROCEDURE_FILES:
        raise BadInput("checking.unknown_procedure_kind", name=path.name, kind=suffix or "—")
    chosen = _pick(_procedures(path), pick, path.name)
    if not any(variant.steps for variant in chosen.variants):
        raise BadInput("checking.no_steps", name=chosen.name or path.name)
    return Loaded((from_procedure(chosen),), _doubts(chosen))


def _folder(path: Path) -> Loaded:
    subjects: list[Subject] = []
    doubts: list[Doubt] = []
    unread: list[tuple[str, BadInput]] = []
    for file in sorted(path.rglob("*")):
        if not file.is_file() or file.name.startswith(("~", ".")):
            continue
        try:
            if file.suffix.lower() in PROCEDURE_FILES:
                procedures = [one for one in _procedures(file) if any(variant.steps for variant in one.variants)]
                subjects += [replace(from_procedure(one), file=str(file.relative_to(path))) for one in procedures]
                doubts += [doubt for one in procedures for doubt in _doubts(one)]
            elif file.suffix.lower() in MODEL_FILES:
                subjects.append(replace(_model(file), file=str(file.relative_to(path))))
        except BadInput as problem:
            unread.append((file.name, problem))
    if not subjects:
        raise BadInput("checking.empty_folder", name=str(path))
    return Loaded(_together(subjects), tuple(doubts), tuple(unread), by_service=True)


def _together(subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """Put the diagrams of the variants of one procedure together: a diagram of ours shows one variant."""
    found: list[Subject] = []
    for subject in subjects:
        at = next((place for place, one in enumerate(found) if _are_variants(one, subject)), None)
        if at is None:
            found.append(subject)
        else:
            found[at] = replace(found[at], models=(*found[at].models, *subject.models))
    return tuple(found)


def _are_variants(one: Subject, other: Subject) -> bool:
    """Whether both are diagrams with the same codes and name, of variants with different names."""
    if one.clock_words or other.clock_words or not one.procedure or not other.procedure or not one.service_code:
        return False
    ours, theirs = ((p.service_code, p.procedure_code, p.name) for p in (one.procedure, other.procedure))
    return ours == theirs and not {model.name for model in one.models} & {model.name for model in other.models}


def _procedures(path: Path) -> Sequence[Procedure]:
    if path.suffix.lower() == ".json":
        from chuan.reading.procedure_json import read_json

        return read_json(path.read_bytes(), path.name)
    from chuan.reading.procedures import read_procedures

    return read_procedures(path.read_bytes(), path.name).procedures


def _pick(procedures: Sequence[Procedure], pick: str, name: str) -> Procedure:
    if pick:
        wanted = [one for one in procedures if pick in (one.id, one.procedure_code, one.service_code)]
        if len(wanted) == 1:
            return wanted[0]
        raise BadInput("checking.no_such_id", id=pick, name=name, known=_listed(procedures))
    if len(procedures) > 1:
        raise BadInput("checking.several_procedures", name=name, count=len(procedures), known=_listed(procedures))
    return procedures[0]


def _listed(procedures: Sequence[Procedure]) -> str:
    return "\n".join(f"  #{one.id or one.procedure_code or one.service_code}  {one.name}" for one in procedures)


def _doubts(procedure: Procedure) -> tuple[Doubt, ...]:
    steps = (doubt for variant in procedure.variants for step in variant.steps for doubt in step.doubts)
    return (*procedure.doubts, *steps)


def _model(path: Path) -> Subject:
    from chuan.reading import models

    data = path.read_bytes()
    if path.suffix.lower() == ".ptree":
        return from_tree(models.read_ptree(data), path.stem)
    try:
        return from_procedure(models.read_bpmn_procedure(data, path.name), clock_words=False)
    except BadInput:  # blocks that no table of steps can say, or no diagram at all: then the tree says why
        tree = models.read_bpmn_tree(data, path.name)
        return from_tree(tree, path.stem, models.read_bpmn_identity(data, path.name))
