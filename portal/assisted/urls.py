"""Addresses of the counter, and of the page where a receipt is looked up."""

from django.urls import path

from portal.assisted import views

app_name = "assisted"

urlpatterns = [
    # /counter/
    path("counter/", views.counter, name="counter"),
    path("counter/proposals/new/", views.enter_proposal, name="proposal"),
    path("counter/supports/<int:pk>/", views.enter_support, name="support"),
    path("counter/verifications/new/", views.verify, name="verify"),
    path("counter/codes/new/", views.issue_code, name="issue_code"),
    path("counter/entries/<int:pk>/", views.receipt, name="receipt"),
    path("counter/entries/<int:pk>/pdf/", views.receipt_pdf, name="receipt_pdf"),
    path("counter/proposals/<int:pk>/sheets/new/", views.begin_sheet, name="begin_sheet"),
    path("counter/sheets/<int:pk>/", views.sheet, name="sheet"),
    path("counter/sheets/<int:pk>/scan/", views.scan, name="scan"),
    # /receipts/
    path("receipts/", views.look_up, name="look_up"),
]
