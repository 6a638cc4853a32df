"""No form shows the name of a rule of the database: each rule has a sentence, or is met before."""

from django import forms
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import get_resolver

STOREYS = ("portal", "governance", "datahub", "livinglabs", "evaluation")
# The forms that refuse the same in words of their own, before the row is checked.
MET_BEFORE = {
    ("ProposalForm", "points_lie_on_the_globe"),
    ("CallProposalForm", "points_lie_on_the_globe"),
    ("WrittenForm", "points_lie_on_the_globe"),
    ("AnswerForm", "answer_periods_end_after_they_begin"),
    ("MilestoneForm", "weight_is_a_share"),
    ("MoneyForm", "amounts_are_not_negative"),
    ("MoneyForm", "source_of_the_money_known"),
    ("CallForm", "dates_of_a_call_follow_each_other"),
    ("CallForm", "events_last_two_days_at_most"),
    ("CallForm", "calls_on_a_topic_name_it"),
    ("CallForm", "weights_sum_to_one_hundred"),
    ("CallForm", "teams_have_a_size"),
    ("RedateForm", "dates_of_a_call_follow_each_other"),
    ("ProblemForm", "problems_are_somewhere"),
    ("ProblemForm", "problem_points_lie_on_the_globe"),
    ("ProblemForm", "photos_say_what_they_show"),
    ("SolutionForm", "solutions_name_their_company"),
    ("PreferenceForm", "rhythm_known"),
}


def model_forms(base=forms.ModelForm):
    """Every form of a row, save those that leave the row to the domain."""
    for form in base.__subclasses__():
        ours = form.__module__.startswith(STOREYS) and form._meta.model
        if ours and form._post_clean is forms.ModelForm._post_clean:
            yield form
        yield from model_forms(form)


def columns(expression):
    """The columns that a condition names, on either side of its comparisons."""
    if isinstance(expression, F):
        return {expression.name}
    if isinstance(expression, Q):
        return set().union(*map(of_child, expression.children))
    parts = getattr(expression, "get_source_expressions", list)()
    return set().union(*map(columns, parts))


def of_child(child):
    """The columns in one part of a condition: another condition, or a lookup and its value."""
    if isinstance(child, tuple):
        lookup, value = child
        return {lookup.partition("__")[0]} | columns(value)
    return columns(child)


def is_checked_by(form, constraint):
    """Whether a form's row is held against it: all that it names stands in the form.

    Where some columns are the same as another row's, Django says so in words.
    """
    if isinstance(constraint, UniqueConstraint):
        named = columns(constraint.condition).union(*map(columns, constraint.expressions))
        return bool(named) and named | set(constraint.fields) <= set(form.base_fields)
    return (
        isinstance(constraint, CheckConstraint)
        and columns(constraint.condition) <= form.base_fields.keys()
    )


def test_a_form_says_in_words_what_a_rule_of_the_database_refuses():
    get_resolver().reverse_dict  # noqa: B018  loads every form

    wordless = {
        (form.__name__, constraint.name)
        for form in model_forms()
        for constraint in form._meta.model._meta.constraints
        if is_checked_by(form, constraint)
        and constraint.violation_error_message == constraint.default_violation_error_message
    }

    assert wordless == MET_BEFORE
