"""Files attached to a PDF, by name."""

import pypdfium2 as pdfium

from touchstone.read.pdf import ONE_AT_A_TIME


def attached(data: bytes, name: str, largest: int) -> bytes:
    """The bytes of a file attached to a PDF; none where there is no such file, or the PDF is broken: its reader says so.

    Args:
        data: the PDF.
        name: of the attached file.
        largest: bytes beyond which it is left alone.
    """
    with ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError:
            return b""
        try:
            each = map(document.get_attachment, range(document.count_attachments()))
            found = next((bytes(one.get_data()) for one in each if one.get_name() == name), b"")
        except pdfium.PdfiumError:
            return b""
        finally:
            document.close()
    return found if len(found) <= largest else b""
