"""What people may write about a dataset, and the files that they hand in."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from datahub.domain.catalogue import FACETS, ORDERS, Choice
from datahub.domain.versions import KINDS
from datahub.models import RESERVED_NAMES, Column, Dataset, Licence
from portal.accounts.models import Department, User
from portal.uploads import check_upload
from portal.written import file_size

MAX_KEYWORDS = 20
ORDER_WORDS = {
    "new": _lazy("Newest first"),
    "changed": _lazy("Changed most recently"),
    "used": _lazy("Downloaded most"),
}


class CatalogueForm(forms.Form):
    """Words and choices above the catalogue; whatever makes no sense is passed over."""

    q = forms.CharField(label=_lazy("Words"), max_length=200, required=False)
    theme = forms.CharField(label=_lazy("Theme"), max_length=60, required=False)
    publisher = forms.CharField(label=_lazy("Department"), max_length=60, required=False)
    licence = forms.CharField(label=_lazy("Licence"), max_length=60, required=False)
    format = forms.CharField(label=_lazy("Format"), max_length=10, required=False)
    order = forms.ChoiceField(
        label=_lazy("Order"), choices=list(ORDER_WORDS.items()), required=False
    )

    @property
    def wishes(self) -> dict[str, str]:
        """What was asked for, each value empty where it was not understood."""
        self.full_clean()
        known = {name: self.cleaned_data.get(name, "") for name in self.fields}
        return known | {"order": known["order"] if known["order"] in ORDERS else "new"}

    def offer(self, choices: dict[str, list[Choice]]) -> None:
        """Show the facets with the number of datasets that each choice would leave."""
        for facet in FACETS:
            found = [(one.code, f"{one.name} ({one.count})") for one in choices[facet]]
            self.fields[facet].widget = forms.Select(choices=[("", _("All")), *found])


class DatasetForm(forms.ModelForm):
    """What is said about a dataset. The name in addresses is given once."""

    keywords = forms.CharField(
        label=_lazy("Keywords"),
        required=False,
        max_length=600,
        help_text=_lazy("Separated by commas, for example: parking, sharing."),
    )

    class Meta:
        model = Dataset
        fields = (
            "title_ko", "title_en", "name", "notes_ko", "notes_en", "publisher", "contact",
            "contact_email", "licence", "theme", "keywords", "frequency", "next_due", "place",
            "covers_from", "covers_until", "basis", "cautions",
        )  # fmt: skip
        widgets = dict.fromkeys(
            ("next_due", "covers_from", "covers_until"),
            forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Q(pk__in=user.departments) | Q(pk=self.instance.publisher_id)
        publisher: Any = self.fields["publisher"]
        publisher.queryset = Department.objects.filter(own)
        if self.instance.pk:
            del self.fields["name"]
            self.initial["keywords"] = ", ".join(self.instance.keywords)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if name in RESERVED_NAMES:
            raise forms.ValidationError(
                _("This name is kept for the catalogue. Choose another one.")
            )
        return name

    def clean_keywords(self) -> list[str]:
        words = [word.strip() for word in self.cleaned_data["keywords"].split(",")]
        words = list(dict.fromkeys(filter(None, words)))
        if len(words) > MAX_KEYWORDS:
            raise forms.ValidationError(_("At most %(n)s keywords.") % {"n": MAX_KEYWORDS})
        for word in words:
            if not 1 < len(word) <= 60 or "/" in word:  # noqa: PLR2004  the limits of the catalogue's exchange format
                raise forms.ValidationError(
                    _("“%(word)s”: a keyword has 2 to 60 letters and no slash.")
                    % {"word": word[:80]}
                )
        return words

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        start, end = found.get("covers_from"), found.get("covers_until")
        if start and end and end < start:
            self.add_error("covers_until", _("The end lies before the beginning."))
        return found

    def _post_clean(self) -> None:
        """Check the values against the model without writing them into it; the domain does that."""
        before = {name: getattr(self.instance, name) for name in self.fields if self.instance.pk}
        super()._post_clean()  # type: ignore[misc]
        for name, value in before.items():
            setattr(self.instance, name, value)


class VersionForm(forms.Form):
    """A file with a table in it."""

    file = forms.FileField(label=_lazy("File"))
    note = forms.CharField(
        label=_lazy("What is new"),
        max_length=300,
        required=False,
        help_text=_lazy("One sentence for the people who use the data."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "CSV or XLSX, at most %(size)s. Korean text in UTF-8 or EUC-KR (CP949) is recognised."
        ) % {"size": file_size(settings.DATASET_MAX_BYTES)}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        check_upload(file, kinds=KINDS, max_bytes=settings.DATASET_MAX_BYTES)
        return file


class PublishForm(forms.Form):
    licence = forms.ModelChoiceField(
        Licence.objects.all(),
        label=_lazy("Licence"),
        help_text=_lazy("What others may do with the data. Type 1 suits most public data."),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_lazy("Everyone can read it on the page that stays."),
    )


class ConfirmForm(forms.Form):
    reason = forms.CharField(
        label=_lazy("Why these data may be public"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_lazy("For example: the numbers are those of public counters."),
    )


class RowsForm(forms.Form):
    """Words and a place in a table."""

    q = forms.CharField(label=_lazy("Words in the table"), max_length=100, required=False)
    after = forms.IntegerField(
        min_value=0, max_value=10**12, required=False, widget=forms.HiddenInput
    )


class ColumnsForm(forms.Form):
    """Unit and meaning of each column."""

    def __init__(self, *args: Any, columns: list[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for column in columns:
            self.fields[f"description_{column.order}"] = forms.CharField(
                label=_("%(column)s: meaning") % {"column": column.name},
                max_length=300,
                required=False,
                initial=column.description,
            )
            self.fields[f"unit_{column.order}"] = forms.CharField(
                label=_("%(column)s: unit") % {"column": column.name},
                max_length=40,
                required=False,
                initial=column.unit,
            )

    @property
    def texts(self) -> dict[int, dict[str, str]]:
        """What was written, by the column's place."""
        return {
            column.order: {
                "description": self.cleaned_data[f"description_{column.order}"],
                "unit": self.cleaned_data[f"unit_{column.order}"],
            }
            for column in self.columns
        }
