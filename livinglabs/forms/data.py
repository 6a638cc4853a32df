"""Data of a lab for the catalogue."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from datahub.models import Dataset, Frequency, Licence, Theme
from livinglabs.models import Lab
from portal.uploads import check_upload

TABLES = ("csv", "txt", "xlsx")


class DataForm(forms.ModelForm):
    """A table of the lab for the catalogue."""

    file = forms.FileField(label=_("File"), help_text=_("CSV or XLSX, one table."))
    licence = forms.ModelChoiceField(Licence.objects, label=_("Licence"))
    theme = forms.ModelChoiceField(Theme.objects, label=_("Theme"), required=False)
    frequency = forms.ChoiceField(
        label=_("Renewed"), choices=Frequency.choices, initial=Frequency.IRREGULAR
    )

    class Meta:
        model = Dataset
        fields = ["file", "name", "title_ko", "title_en", "notes_ko", "theme", "frequency"]
        fields += ["licence"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        check_upload(file, kinds=TABLES)
        return file


class LinkForm(forms.Form):
    """A dataset of the lab's department that is public and not linked yet."""

    dataset = forms.ModelChoiceField(
        Dataset.objects.none(), label=_("Dataset"), to_field_name="name"
    )

    def __init__(self, *args: Any, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = Dataset.objects.published().exclude(lab_links__lab=lab)
        choice = cast("forms.ModelChoiceField[Dataset]", self.fields["dataset"])
        choice.queryset = published.order_by("title_ko")
