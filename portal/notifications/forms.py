"""How a person wants to be told."""

from django import forms

from portal.notifications.models import Preference


class PreferenceForm(forms.ModelForm):
    class Meta:
        model = Preference
        fields = ["rhythm"]
        widgets = {"rhythm": forms.RadioSelect}
