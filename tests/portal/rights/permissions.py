"""Who may do what with requests about personal data and with downloads."""

from portal.rights.models import DataRequest, Download, RequestState
from tests.permission_tables import ALWAYS, AUTHOR, OPERATOR, Table


def a_request(people):
    return DataRequest(person=people["author"]), {}


def a_download(people):
    return Download(person=people["author"]), {}


TABLES = [
    Table(
        DataRequest,
        a_request,
        {
            "rights.see_datarequest": {AUTHOR | OPERATOR: ALWAYS},
            "rights.withdraw_datarequest": {AUTHOR: [RequestState.RECEIVED]},
            "rights.answer_datarequest": {OPERATOR: [RequestState.RECEIVED]},
        },
    ),
    # Whether there is a file yet, or still, is told by the page.
    Table(Download, a_download, {"rights.fetch_download": {AUTHOR: ALWAYS}}),
]
