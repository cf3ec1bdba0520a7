"""The centre: from a folder of documents to audited figures, prices and papers, one short method a step, in order.

records     files become documents and facts, and what is known of them
prices      facts become quotes, surveys of linkage, bulletins; the desk
workspace   facts become findings; what people decide
"""

from touchstone.flow.prices import Bulletin, InputsReport
from touchstone.flow.records import Entry, Progress, ReadReport
from touchstone.flow.workspace import Workspace

__all__ = ["Bulletin", "Entry", "InputsReport", "Progress", "ReadReport", "Workspace"]
