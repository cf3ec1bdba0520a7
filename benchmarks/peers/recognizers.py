"""Recognizers-Text (Chinese) on the text of standard input; runs in the rivals' environment.

Prints one JSON object: seconds for each model over all paragraphs, after a first run over the same
text that compiles its patterns, and how many things each model found.
"""

import json
import sys
import time

from recognizers_date_time import DateTimeRecognizer
from recognizers_number import NumberRecognizer
from recognizers_number_with_unit import NumberWithUnitRecognizer
from recognizers_text import Culture

NUMBERS = NumberRecognizer(Culture.Chinese)
UNITS = NumberWithUnitRecognizer(Culture.Chinese)
MODELS = {
    "number": NUMBERS.get_number_model(),
    "percentage": NUMBERS.get_percentage_model(),
    "currency": UNITS.get_currency_model(),
    "dimension": UNITS.get_dimension_model(),
    "date": DateTimeRecognizer(Culture.Chinese).get_datetime_model(),
}

paragraphs = [line for line in sys.stdin.read().splitlines() if line.strip()]
measured = {}
for name, model in MODELS.items():
    for _ in range(2):
        began = time.perf_counter()
        found = sum(len(model.parse(paragraph)) for paragraph in paragraphs)
        measured[name] = {"seconds": time.perf_counter() - began, "found": found}
print(json.dumps(measured))
