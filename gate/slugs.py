"""What each problem means, and what to do: the text of `gate explain SLUG` and of docs/problems.md."""

from collections.abc import Mapping
from typing import NamedTuple

from gate.model.problem import Slug


class Entry(NamedTuple):
    """`means` in one sentence, `do` in one or two."""

    means: str
    do: str


EVIDENCE: Mapping[Slug, Entry] = {
    Slug.NO_EVIDENCE: Entry(
        "State `missing`: no file matches the patterns of the source, or the matches are plainly no reports.",
        "Run the tool before the gate, download its artifact into the workspace, or correct the patterns.",
    ),
    Slug.MISSING_TOOL: Entry(
        "State `missing`: a tool that the policy expects has written no report.",
        "Run the tool, or take it out of `tools`. The name is what the tool calls itself in its report.",
    ),
    Slug.TOO_FEW_FILES: Entry(
        "State `missing`: fewer files match than `min_files` demands.",
        "Find the step or the matrix leg that wrote nothing; a download with `merge-multiple` keeps one of two files "
        "of the same name.",
    ),
    Slug.NO_REPORT_OF_KIND: Entry(
        "State `missing`: the source holds reports, and none of the kind that the criterion judges.",
        "Point the criterion to the right source, or let the tool write a format that carries these facts.",
    ),
    Slug.BROKEN_REPORT: Entry(
        "State `unreadable`: the file is cut off, not well-formed, ambiguous, or has values of the wrong type.",
        "Look at the named line. A killed step leaves half a file; two steps that write the same file mix them.",
    ),
    Slug.UNKNOWN_FORMAT: Entry(
        "State `unreadable`: the content is no report format that the gate knows.",
        "`gate formats` lists them. Narrow the pattern, list the file in `exclude`, or let the tool write SARIF or "
        "JUnit XML.",
    ),
    Slug.UNSUPPORTED_VERSION: Entry(
        "State `unreadable`: the format is known, this version of it is not read.",
        "Let the tool write the version that the message names.",
    ),
    Slug.OVER_LIMIT: Entry(
        "State `unreadable`, or a policy that is refused: larger, deeper or more numerous than a limit allows.",
        "Narrow the patterns, or raise the limit that the message names.",
    ),
    Slug.OUTSIDE_WORKSPACE: Entry(
        "State `unreadable`: a path or a link leads out of the workspace.",
        "Copy the file into the workspace; inside the container nothing else exists.",
    ),
    Slug.NOT_A_FILE: Entry(
        "State `unreadable`: a folder, a pipe, a socket or a device has the name of a report.",
        "Let the tool write a regular file.",
    ),
    Slug.EMPTY_REPORT: Entry(
        "State `empty`: well-formed and hollow; no run, no executed test, no measured line, no component.",
        "Find out why the tool had nothing to look at: a wrong folder, a filter that selects nothing. Where emptiness "
        "is right, say `accept: [empty]` at the source.",
    ),
    Slug.FAILED_RUN: Entry(
        "State `incomplete`: the tool itself says that its run failed or that it could not look at everything.",
        "Read the tool's log, mend the cause and run it again; or say `accept: [incomplete]` at the source.",
    ),
    Slug.CONTRADICTION: Entry(
        "State `incomplete`: the report disagrees with itself, such as a suite that names more tests than it lists.",
        "Find the crashed worker or the cut file; what is listed counts all the same.",
    ),
    Slug.STALE_REPORT: Entry(
        "State `stale`: older than `max_age`, by the time that the report states.",
        "Run the tool again. The date of the file does not count: a checkout resets it.",
    ),
    Slug.UNDATED_REPORT: Entry(
        "State `stale`: the source demands `max_age`, and the report states no time.",
        "Let the tool write its time (SARIF: `invocations[].endTimeUtc`), or remove `max_age`.",
    ),
    Slug.FUTURE_REPORT: Entry(
        "State `stale`: the report states a time more than ten minutes ahead.",
        "Set the clock of the machine that wrote it. A time without a zone is read as UTC.",
    ),
    Slug.FOREIGN_COMMIT: Entry(
        "State `foreign`: the report states a commit that is not the one being judged.",
        "Make the report in the same workflow run, and do not reuse caches or artifacts of other runs.",
    ),
    Slug.FOREIGN_REPOSITORY: Entry(
        "State `foreign`: the report states another repository.",
        "Make the report from this repository.",
    ),
    Slug.UNBOUND_REPORT: Entry(
        "State `foreign`: the source says `commit: required`, and the report states none.",
        "Let the tool write it (SARIF: `versionControlProvenance`), or remove `commit: required`.",
    ),
    Slug.COMMITTED_EVIDENCE: Entry(
        "State `foreign`: the source says `committed: refuse`, and git tracks the file.",
        "Make the report in the workflow, and remove it from the repository.",
    ),
    Slug.UNMAPPED_REPORT: Entry(
        "State `unmapped`: not one path of the report is a file of the workspace.",
        "Run the tool in the checked-out workspace, or let it write paths relative to it.",
    ),
    Slug.RECOVERED: Entry(
        "A remark: the report breaks its own format slightly, and was read all the same, without a loss.",
        "Nothing, or an update of the tool that wrote it.",
    ),
    Slug.NOTHING_MATCHED: Entry(
        "A filter, a pattern or a section of the criterion chooses nothing that was read.",
        "Correct the pattern. What chooses nothing proves nothing, so the criterion is unknown.",
    ),
    Slug.NOT_STATED: Entry(
        "The report does not carry the number that the criterion asks for.",
        "Let the tool write it, or remove the demand.",
    ),
    Slug.MEMBER_UNKNOWN: Entry(
        "The outcome of a quorum depends on members that are unknown.",
        "Mend the evidence of these members first.",
    ),
    Slug.JOB_MISSING: Entry(
        "A job that should have produced evidence is not among the `needs`, did not run, or was not handed over.",
        "Give the gate's job `needs`, its step `needs: ${{ toJSON(needs) }}`, and list what may be skipped.",
    ),
    Slug.SKIPPABLE_GATE: Entry(
        "A warning: the gate's own job can be skipped, and GitHub counts a skipped job as passed.",
        "Write `if: always()` at the job.",
    ),
}

POLICY: Mapping[Slug, Entry] = {
    Slug.NO_POLICY: Entry(
        "The policy is not there, or is no file inside the workspace.",
        "Check out the repository before the gate, and name the policy relative to its root.",
    ),
    Slug.YAML_SYNTAX: Entry("The policy is not YAML.", "Look at the named line and column."),
    Slug.YAML_REFUSED: Entry(
        "The policy uses a feature of YAML that is refused: tags, merge keys, many aliases, several documents.",
        "Write it plainly.",
    ),
    Slug.DUPLICATE_KEY: Entry(
        "A key stands twice in the same mapping; which one counts would be a guess.", "Remove one of them."
    ),
    Slug.UNKNOWN_KEY: Entry("The policy language has no such key here.", "Correct it; the message names the nearest."),
    Slug.MISSING_KEY: Entry("A key that must be there is not.", "Add it."),
    Slug.BAD_VALUE: Entry("A value is not what its key takes.", "The message says what is expected."),
    Slug.UNKNOWN_SCHEMA: Entry(
        "The policy is written for another version of the policy language.", "Write `schema: gate/v1`."
    ),
    Slug.UNKNOWN_KIND: Entry("There is no such kind of criterion.", "`gate explain KIND` explains those that exist."),
    Slug.UNKNOWN_NAME: Entry(
        "A name leads nowhere: a source, a criterion, a category, a format or a policy that does not exist.",
        "Correct it; the message names the nearest.",
    ),
    Slug.NOT_YET: Entry(
        "The policy language knows this, and this release of the gate does not judge it yet.",
        "Remove it, or use a later release. It is refused so that nobody believes it is judged.",
    ),
    Slug.NO_CRITERIA: Entry("A policy without criteria would judge nothing.", "Add at least one criterion."),
    Slug.NO_DEMAND: Entry("A criterion demands nothing, so it could never fail.", "State what must hold."),
    Slug.IMPOSSIBLE_DEMAND: Entry("A criterion demands what can never be, such as 7 of 6.", "Correct the number."),
    Slug.CYCLE: Entry("Policies extend, or criteria judge by, each other in a circle.", "Cut the circle."),
    Slug.KIND_CHANGED: Entry(
        "A policy gives an inherited criterion another kind.", "Disable the inherited one, and add one of your own."
    ),
    Slug.LOCKED: Entry("A criterion is locked by a policy above.", "Tighten it, or talk to its owner."),
    Slug.WRONG_GATE_VERSION: Entry(
        "The policy asks for another version of the gate.", "Use that version, or change `gate_version`."
    ),
    Slug.NO_MUST: Entry(
        "A warning: the policy has no `must` criterion, so this gate can never be shut.",
        "Give at least one criterion `level: must`.",
    ),
    Slug.NOTHING_APPLIED: Entry(
        "A warning: not one criterion applied, so nothing was judged.", "Look at `when` and `disabled`."
    ),
    Slug.UNUSED_SOURCE: Entry("A warning: no criterion uses this source.", "Use it in `from`, or remove it."),
}

USAGE: Mapping[Slug, Entry] = {
    Slug.UNKNOWN_INPUT: Entry("The action has no such input.", "Correct it; the message names the nearest."),
    Slug.BAD_INPUT: Entry(
        "An input or an option has a value that it does not take.", "The message says what it takes."
    ),
    Slug.BAD_REPORT_DIR: Entry(
        "The report directory leads out of the workspace, passes a link, or holds a foreign file in the way.",
        "Name another folder inside the workspace, or remove what is in the way.",
    ),
    Slug.BAD_EVENT: Entry(
        "A warning: the event file of the runner cannot be understood, so commit and branch come from the environment.",
        "Run the gate as a step of a job; if it is, report what the runner handed over.",
    ),
    Slug.NOT_PUBLISHED: Entry(
        "A warning: the outputs or the summary could not be handed to GitHub. The verdict stays.",
        "Look for what the message names; the reports are complete in the report directory.",
    ),
    Slug.INTERNAL: Entry(
        "A defect of the gate itself (exit code 3). Nothing passed.",
        "Run again with RUNNER_DEBUG=1, and report what it prints.",
    ),
}

SLUGS: Mapping[Slug, Entry] = {**EVIDENCE, **POLICY, **USAGE}
